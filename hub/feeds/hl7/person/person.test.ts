import type { AllergyIntolerance, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../../fhir/validate.ts';
import { adtMessage } from '../adt/testing.ts';
import { tellMessages } from '../testing.ts';

async function patientOf(...messages: string[]): Promise<{ patient: Patient; doubts: string[] }> {
  const { resources, doubts } = await tellMessages(messages);
  for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
  const patients = resources.filter((each) => each.resourceType === 'Patient');
  expect(patients).toHaveLength(1);
  return { patient: patients[0]!, doubts };
}

const full = adtMessage('A28', {
  at: '202610010900',
  pid: {
    5: 'OKAFOR^GRACE^ADA MAY^^MRS^^L~OKORO^GRACE^^^^^M',
    7: '194803120000',
    9: 'GRACIE',
    11: '12 MULBERRY WALK^^LONDON^^N1 2AB^GBR^H',
    13: '02079460001^PRN~07700900123^PRS~^NET^^grace@example.org',
    15: 'IG',
    16: 'W',
    22: 'N',
  },
  more: [
    'PD1|||THE GOODINGE GROUP PRACTICE^^F83008|G9990001^Nowak^Priya^^^Dr^^^GMP',
    'NK1|1|OKAFOR^JOSEPH^^^MR|CHD^Son|14 MULBERRY WALK^^LONDON^^N1 2AB|07700900456',
  ],
});

/** A message that says no more than whom it is about. */
const silent = { 5: '', 7: '', 8: '' };

describe('who the person is, as the hospital holds them', () => {
  it('numbers, names, dates, ways to reach them, their GP and their next of kin', async () => {
    const { patient, doubts } = await patientOf(full);
    expect(patient).toMatchObject({
      id: '44120',
      name: [
        { use: 'official', family: 'OKAFOR', given: ['GRACE', 'ADA', 'MAY'], prefix: ['MRS'] },
        { use: 'maiden', family: 'OKORO' },
        { use: 'nickname', family: 'GRACIE' },
      ],
      gender: 'female',
      birthDate: '1948-03-12',
      address: [{ use: 'home', line: ['12 MULBERRY WALK'], city: 'LONDON', postalCode: 'N1 2AB' }],
      telecom: [
        { system: 'phone', value: '02079460001', use: 'home' },
        { system: 'phone', value: '07700900123', use: 'mobile' },
        { system: 'email', value: 'grace@example.org' },
      ],
      communication: [{ language: { coding: [{ code: 'ig' }] } }],
      maritalStatus: { text: 'Widowed' },
      extension: [{ valueCodeableConcept: { coding: [{ code: 'N' }] } }],
      generalPractitioner: [
        { identifier: { value: 'F83008' }, display: 'THE GOODINGE GROUP PRACTICE' },
        { display: 'Dr Priya Nowak' },
      ],
      contact: [{ relationship: [{ text: 'Son' }], name: { family: 'OKAFOR' }, telecom: [{ value: '07700900456' }] }],
      managingOrganization: { display: 'Whittington Health NHS Trust' },
    });
    expect([patient._birthDate, patient.deceasedDateTime, doubts]).toEqual([undefined, undefined, []]);
  });

  it('an update with empty fields erases nothing; null takes back; the last word counts, whenever it comes', async () => {
    const sparse = adtMessage('A08', { at: '202610020900', pid: silent });
    expect(await patientOf(full, sparse)).toEqual(await patientOf(full));
    const moved = adtMessage('A31', {
      at: '202610030900',
      pid: { ...silent, 11: '3 ELM COURT^^LONDON^^N7 6XY', 13: '""' },
    });
    const { patient } = await patientOf(moved, full, sparse);
    expect([patient.address?.[0]?.line, patient.telecom]).toEqual([['3 ELM COURT'], undefined]);
  });

  it('a birth date that no calendar has is not taken, and said', async () => {
    const { patient, doubts } = await patientOf(adtMessage('A28', { at: '202610010900', pid: { 7: '19481312' } }));
    expect([patient.birthDate, doubts]).toEqual([undefined, ['A birth date that cannot be read: not taken']]);
  });

  it('a newborn’s time of birth is kept', async () => {
    const { patient } = await patientOf(adtMessage('A28', { at: '202611020900', pid: { 7: '202611020312' } }));
    expect([patient.birthDate, patient._birthDate?.extension?.[0]?.valueDateTime]).toEqual([
      '2026-11-02',
      '2026-11-02T03:12:00+00:00',
    ]);
  });

  it('a death is told as the hospital heard of it, and taken back by a later N', async () => {
    const died = adtMessage('A31', { at: '202611050900', pid: { ...silent, 29: '202611050840', 30: 'Y' } });
    const { patient } = await patientOf(full, died);
    expect(patient.deceasedDateTime).toBe('2026-11-05T08:40:00+00:00');
    expect(JSON.stringify(patient.extension)).toContain('Informal');
    const sparse = adtMessage('A31', { at: '202611050930', pid: { 30: 'Y' } });
    expect((await patientOf(full, died, sparse)).patient.deceasedDateTime).toBe('2026-11-05T08:40:00+00:00');
    const lives = adtMessage('A31', { at: '202611051000', pid: { ...silent, 30: 'N' } });
    expect((await patientOf(lives, died, full)).patient).toEqual((await patientOf(full)).patient);
    const undated = adtMessage('A31', { at: '202611050900', pid: { 30: 'Y' } });
    expect((await patientOf(full, undated)).patient.deceasedBoolean).toBe(true);
  });

  it('a record that its system protects is labelled', async () => {
    const { patient } = await patientOf(adtMessage('A31', { at: '202610010900', more: [`PD1${'|'.repeat(12)}Y`] }));
    expect(patient.meta?.security?.map(({ code }) => code)).toEqual(['R']);
  });
});

describe('allergies that the patient system lists', () => {
  const listed = adtMessage('A31', {
    at: '202610010900',
    more: ['AL1|1|DA|91936005^Allergy to penicillin^SCT|SV|Anaphylaxis|201203', 'AL1|2|DA|LATEX'],
  });

  it('tells each, a code of nobody’s in its own words', async () => {
    const { resources } = await tellMessages([listed]);
    for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
    expect(
      resources.filter((each): each is AllergyIntolerance => each.resourceType === 'AllergyIntolerance'),
    ).toMatchObject([
      {
        id: '44120-allergy-91936005',
        criticality: 'high',
        code: { text: 'Allergy to penicillin' },
        onsetDateTime: '2012-03',
        reaction: [{ manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' }],
      },
      { code: { text: 'LATEX' } },
    ]);
  });

  it('a message without a list takes none away; the last list counts', async () => {
    const codes = async (...messages: string[]) =>
      (await tellMessages(messages)).resources.flatMap((each) =>
        each.resourceType === 'AllergyIntolerance' ? [each.code?.text] : [],
      );
    expect(await codes(listed, adtMessage('A08', { at: '202610020900' }))).toHaveLength(2);
    const shorter = adtMessage('A31', { at: '202610030900', more: ['AL1|1|DA|LATEX'] });
    expect(await codes(shorter, listed)).toEqual(['LATEX']);
  });
});
