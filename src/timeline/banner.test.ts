import type { Extension, HumanName, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { nhsNumberSystem, nhsNumberVerificationExtension, ukCoreExtension } from '../../fhir/systems.ts';
import { bannerOf } from './banner.ts';
import { from, now } from './testing.ts';

const verification = (code: string): Extension => ({
  url: nhsNumberVerificationExtension,
  valueCodeableConcept: { coding: [{ code }] },
});
const patient = (parts: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id: 'p1',
  name: [{ use: 'official', family: 'Adeyemi', given: ['Florence'], prefix: ['Mrs'] }],
  birthDate: '1948-03-12',
  gender: 'female',
  identifier: [{ system: nhsNumberSystem, value: '9990000018', extension: [verification('01')] }],
  address: [{ use: 'home', line: ['4 Any Road'], city: 'London', postalCode: 'N1 1AA' }],
  telecom: [{ system: 'phone', value: '020 7946 0000' }],
  generalPractitioner: [{ display: 'Killick Street Health Centre' }],
  ...parts,
});
const bannerFor = (parts: Partial<Patient>) => bannerOf(patient(parts), now);

describe('the patient banner (T9)', () => {
  it('says who it is in the words of the NHS Common User Interface', () => {
    expect(bannerFor({})).toEqual({
      name: 'ADEYEMI, Florence (Mrs)',
      transliteration: undefined,
      born: '12-Mar-1948',
      age: '78y',
      gender: 'Female',
      nhsNumber: '9990000018',
      nhsNumberStatus: undefined,
      deceased: { kind: 'no' },
      otherNames: [],
      address: '4 Any Road, London, N1 1AA',
      phone: '020 7946 0000',
      gp: 'Killick Street Health Centre',
    });
  });

  it('is "Not recorded" wherever nothing is, never blank', () => {
    expect(bannerOf({ resourceType: 'Patient' }, now)).toMatchObject({
      name: 'Name not recorded',
      born: 'Not recorded',
      age: undefined,
      gender: 'Not recorded',
      nhsNumber: undefined,
      address: 'Not recorded',
      phone: 'Not recorded',
      gp: 'Not recorded',
    });
  });

  it('survives a Patient of any shape', () => {
    const odd = { resourceType: 'Patient', name: 'Ann', identifier: {}, birthDate: 7, address: [null], telecom: 3 };
    expect(bannerOf(odd as unknown as Patient, now)).toMatchObject({ name: 'Name not recorded', born: 'Not recorded' });
  });
});

describe('names', () => {
  const latin: HumanName = { use: 'usual', family: 'Chen', given: ['Mei'] };
  const chinese: HumanName = { use: 'official', family: '陳', given: ['美'] };

  it('in another script stand first, as the official ones, with the Latin ones beside them', () => {
    expect(bannerFor({ name: [latin, chinese] })).toMatchObject({
      name: '陳, 美',
      transliteration: 'CHEN, Mei',
      otherNames: [],
    });
  });

  it('that are Latin with accents need no transliteration', () => {
    const name: HumanName[] = [{ use: 'official', family: 'Núñez-Ødegård', given: ['Zoë', 'Ann'] }, latin];
    expect(bannerFor({ name })).toMatchObject({ name: 'NÚÑEZ-ØDEGÅRD, Zoë Ann', transliteration: undefined });
  });

  it('of former times are never the banner’s name while a current one exists', () => {
    const name: HumanName[] = [
      { use: 'maiden', family: 'Okoro', given: ['Florence'] },
      { use: 'official', family: 'Adeyemi', given: ['Florence'] },
      { use: 'nickname', given: ['Flo'] },
    ];
    expect(bannerFor({ name })).toMatchObject({
      name: 'ADEYEMI, Florence',
      otherNames: ['OKORO, Florence, maiden name', 'Flo, known as'],
    });
    expect(bannerFor({ name: [{ use: 'old', family: 'Okoro' }] }).name).toBe('OKORO');
    expect(bannerFor({ name: [{ text: 'Baby of Ann' }] }).name).toBe('Baby of Ann');
  });
});

describe('the NHS number', () => {
  it.each([
    ['02', 'Not traced'],
    ['08', 'Trace postponed (baby under six weeks)'],
  ])('with status %s says: %s', (code, words) => {
    const identifier = [{ system: nhsNumberSystem, value: '999 000 0018', extension: [verification(code)] }];
    expect(bannerFor({ identifier })).toMatchObject({ nhsNumber: '9990000018', nhsNumberStatus: words });
  });

  it('that fails its check is not shown as one', () => {
    expect(bannerFor({ identifier: [{ system: nhsNumberSystem, value: '9990000019' }] })).toMatchObject({
      nhsNumber: undefined,
      nhsNumberStatus: 'The number sent is not a valid NHS number',
    });
    expect(bannerFor({ identifier: [{ system: 'urn:other', value: '9990000018' }] }).nhsNumber).toBeUndefined();
  });
});

describe('a newborn', () => {
  it('has an age in hours when the time of birth is known, and the banner still shows the day only', () => {
    const born = {
      birthDate: '2026-11-21',
      _birthDate: {
        extension: [
          { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '2026-11-21T20:42:00Z' },
        ],
      },
    };
    expect(bannerFor(born)).toMatchObject({ born: '21-Nov-2026', age: '14h' });
    expect(bannerFor({ birthDate: '2026-11-21' }).age).toBe('1d');
  });
});

describe('a death (misreading 19)', () => {
  const report = (confirmed: boolean, ...sources: string[]): Extension => ({
    url: 'https://care-timeline.example/fhir/StructureDefinition/death-report',
    extension: [
      ...sources.map((source) => ({ url: 'source', valueCode: source })),
      { url: 'confirmed', valueBoolean: confirmed },
    ],
  });
  const notified = (code: string): Extension => ({
    url: `${ukCoreExtension}DeathNotificationStatus`,
    extension: [{ url: 'deathNotificationStatus', valueCodeableConcept: { coding: [{ code }] } }],
  });
  const died = (...extension: Extension[]) => bannerFor({ deceasedDateTime: '2026-01-05T03:00:00Z', extension });

  it('that the hub calls confirmed is one, with its date and the age then', () => {
    expect(died(report(true, 'emis', 'system-c'))).toMatchObject({
      age: '77y',
      deceased: { kind: 'confirmed', date: '05-Jan-2026', age: '77y', by: 'GP, Whittington Hospital' },
    });
  });

  it('told by one source alone is a report that names it; the age stays that of the living', () => {
    expect(died(report(false, 'system-c'))).toMatchObject({
      age: '78y',
      deceased: { kind: 'reported', by: 'Whittington Hospital' },
    });
  });

  it('on a hub that says nothing of confirmation needs a formal notification', () => {
    expect(died().deceased.kind).toBe('reported');
    expect(died(notified('1')).deceased.kind).toBe('reported');
    expect(died(notified('2')).deceased.kind).toBe('confirmed');
    expect(bannerOf(patient({ meta: from('emis'), deceasedBoolean: true }), now).deceased).toEqual({
      kind: 'reported',
      date: undefined,
      age: undefined,
      by: 'GP',
    });
  });

  it('that was taken back is none', () => {
    expect(died(notified('U')).deceased).toEqual({ kind: 'no' });
    expect(bannerFor({ deceasedBoolean: false }).deceased).toEqual({ kind: 'no' });
  });
});
