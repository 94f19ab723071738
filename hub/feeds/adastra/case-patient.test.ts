import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { demographicsOf } from '../../people/demographics.ts';
import { decideByNumber } from '../../people/match-rules.ts';
import { caseXml, exported, only, patientXml, reported, reportXml, type Sent, toldOf } from './testing.ts';

const patientOf = async (...messages: Sent[]): Promise<Patient> => {
  const [patient] = only(await toldOf(...messages), 'Patient');
  if (patient === undefined) throw new Error('No patient told');
  return patient;
};
const withPatient = (change: (text: string) => string) => exported(caseXml({ patient: patientXml(change) }));

describe('who a case says it is about', () => {
  it('has a confirmed number as verified, an unconfirmed one as not traced: never without a status', async () => {
    expect(demographicsOf(await patientOf(exported(caseXml())))).toEqual({
      nhsNumber: '9990000018',
      verification: '01',
      birthDate: '1948-03-12',
      families: ['example'],
      givens: ['rosa'],
    });
    for (const status of ['Unconfirmed', 'Perhaps', ''])
      expect(
        demographicsOf(await patientOf(withPatient((text) => text.replace('Confirmed', status)))).verification,
      ).toBe('02');
    const untraced = reportXml({ ids: '<id root="2.16.840.1.113883.2.1.3.2.4.18.23" extension="9990000018"/>' });
    expect(demographicsOf(await patientOf(reported(untraced))).verification).toBe('02');
    expect(demographicsOf(await patientOf(reported(reportXml()))).verification).toBe('01');
  });

  it('with an unconfirmed number alone is never anybody known (wrong patient)', async () => {
    const known = demographicsOf(await patientOf(exported(caseXml())));
    const vague = withPatient((text) =>
      text.replace('Confirmed', 'Unconfirmed').replace('<lastName>Example', '<lastName>').replace('Rosa', ''),
    );
    const decision = decideByNumber(demographicsOf(await patientOf(vague)), [{ person: 'p', statements: [known] }]);
    expect(decision.person).toBeUndefined();
  });

  it('has no birth date where only an age was known, and the case keeps what was reckoned', async () => {
    const told = await toldOf(withPatient((text) => text.replace('Exact', 'AgeOnly')));
    expect(only(told, 'Patient')[0]).not.toHaveProperty('birthDate');
    expect(told.doubts).toContain('A birth date reckoned from an age: not taken as one');
    expect(
      Buffer.from(only(told, 'DocumentReference')[0]?.content[0]?.attachment.data ?? '', 'base64').toString(),
    ).toContain('Birth date reckoned from an age, not stated: 1948-03-12');
  });

  it('whose tellings state two numbers or two birth dates is joined to nobody by either', async () => {
    const other = reportXml({ ids: '<id root="2.16.840.1.113883.2.1.4.1" extension="9990000026"/>', born: '19500101' });
    const told = await toldOf(exported(caseXml()), reported(other));
    const patient = only(told, 'Patient')[0];
    expect(patient).not.toHaveProperty('birthDate');
    expect(
      patient?.identifier?.map(({ extension }) => extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code),
    ).toEqual(['05', '05', undefined]);
    expect(told.doubts).toContain('Two NHS numbers for one case: neither is believed alone');
    expect(told.doubts).toContain('Two birth dates for one case: neither is taken');
  });

  it('keeps a number that was never issued as words: all nines and noughts pass the check and name nobody', async () => {
    for (const number of ['0000000000', '1111111111', '999000001', '9990000019', 'unknown']) {
      const patient = await patientOf(withPatient((text) => text.replace('999 000 0018', number)));
      expect(demographicsOf(patient).nhsNumber).toBeUndefined();
      expect(patient.identifier).toContainEqual({
        type: { text: 'NHS number as stated, never issued' },
        value: number,
      });
    }
  });

  it('was at an address during the case: that is no address of theirs any more', async () => {
    const away = '<address addressType="CurrentLocation"><line1>A Hotel</line1><postcode>N1 1ZZ</postcode></address>';
    const patient = await patientOf(withPatient((text) => text.replace('<phone', `${away}<phone`)));
    expect(patient.address).toMatchObject([
      { use: 'home', line: ['1 Invented Row'], city: 'London', postalCode: 'N1 2ZZ' },
      { use: 'temp', line: ['A Hotel'], period: { end: '2026-11-20T21:55:00+00:00' } },
    ]);
    expect(patient.telecom).toEqual([{ system: 'phone', value: '07700 900001', use: 'mobile' }]);
  });

  it('whatever the number and its status are, only a confirmed one is told as verified', async () => {
    expect.hasAssertions();
    await fc.assert(
      fc.asyncProperty(
        fc.stringMatching(/^[\d -]{0,14}$/),
        fc.constantFrom('Confirmed', 'Unconfirmed', 'confirmed', ''),
        async (number, status) => {
          const patient = await patientOf(
            withPatient((text) => text.replace('999 000 0018', number).replace('Confirmed', status)),
          );
          const { nhsNumber, verification } = demographicsOf(patient);
          expect(verification).toBe(nhsNumber === undefined ? undefined : status === 'Confirmed' ? '01' : '02');
          // Nothing that was stated is lost, whatever it is worth.
          const stated = number.trim().replaceAll(/\s+/g, ' ');
          expect(JSON.stringify(patient.identifier)).toContain(nhsNumber ?? stated);
        },
      ),
    );
  });
});
