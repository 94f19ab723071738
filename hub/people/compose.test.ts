import * as fc from 'fast-check';
import type { Organization, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { nhsNumberSystem, nhsNumberVerificationExtension } from '../../fhir/systems.ts';
import { validateStructure } from '../fhir/validate.ts';
import { demographicsOf } from './demographics.ts';
import { composePatient, inOrderOfTrust, type PatientStatement } from './compose.ts';
import { deathNotificationExtension, deathReportExtension } from './death.ts';

const says = (source: string, patient: Partial<Patient>, localId = '1'): PatientStatement => ({
  source,
  localId,
  patient: { resourceType: 'Patient', ...patient },
});
const notice = (code: string) => ({
  url: deathNotificationExtension,
  extension: [{ url: 'deathNotificationStatus', valueCodeableConcept: { coding: [{ code }] } }],
});
const reportOf = (patient: Patient) => patient.extension?.find(({ url }) => url === deathReportExtension)?.extension;

describe('one Patient from what every source says', () => {
  it('believes the GP, then the hospitals, social care, out of hours, and the rest by name', () => {
    const sources = ['zeta', 'patient', 'adastra', 'alpha', 'carecast', 'liquidlogic', 'emis', 'system-c'];
    expect(inOrderOfTrust(sources.map((source) => says(source, {}))).map(({ source }) => source)).toEqual([
      'emis',
      'system-c',
      'carecast',
      'liquidlogic',
      'adastra',
      'patient',
      'alpha',
      'zeta',
    ]);
  });

  it('leads with the official name and keeps the others', () => {
    const patient = composePatient('p', [
      says('emis', {
        name: [
          { use: 'usual', family: 'Okafor', given: ['Gracie'] },
          { use: 'old', family: 'Bello' },
        ],
      }),
      says('system-c', { name: [{ use: 'official', family: 'Okafor', given: ['Grace'] }] }),
    ]);
    expect(patient.name?.map(({ use }) => use)).toEqual(['official', 'usual', 'old']);
  });

  it('gives every identifier once, the verified NHS number first', () => {
    const number = (code: string) => ({
      system: nhsNumberSystem,
      value: '9990000018',
      extension: [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding: [{ code }] } }],
    });
    const patient = composePatient('p', [
      says('emis', { identifier: [{ system: 'urn:emis', value: '7' }, number('02')] }),
      says('adastra', { identifier: [number('01'), { system: 'urn:adastra', value: '7' }] }),
    ]);
    expect(patient.identifier?.map(({ system }) => system)).toEqual([nhsNumberSystem, 'urn:emis', 'urn:adastra']);
    expect(patient.identifier?.[0]).toEqual(number('01'));
  });

  it('a record that gave way speaks last: its name and its number are former ones, unless nobody else has any', () => {
    const nhs = (value: string, code: string) => ({
      system: nhsNumberSystem,
      value,
      extension: [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding: [{ code }] } }],
    });
    const unknown = {
      ...says('system-c', { name: [{ use: 'official', family: 'Unknown' }], birthDate: '1900-01-01' }, 'A-0'),
      gaveWay: true,
    };
    const withNumber = { ...unknown, patient: { ...unknown.patient, identifier: [nhs('9990000026', '01')] } };
    const known = says(
      'system-c',
      { name: [{ family: 'Osei' }], birthDate: '1961-05-04', identifier: [nhs('9990000018', '02')] },
      'B-1',
    );
    const patient = composePatient('p', [withNumber, known]);
    expect(patient.name?.map(({ family, use }) => [family, use])).toEqual([
      ['Osei', undefined],
      ['Unknown', 'old'],
    ]);
    expect(patient.birthDate).toBe('1961-05-04');
    expect(patient.identifier).toEqual([nhs('9990000018', '02'), { ...nhs('9990000026', '01'), use: 'old' }]);
    expect(demographicsOf(patient).nhsNumber).toBe('9990000018');
    // One number that both have stays theirs.
    const same = { ...unknown, patient: { ...unknown.patient, identifier: [nhs('9990000018', '01')] } };
    expect(composePatient('p', [same, known]).identifier).toEqual([nhs('9990000018', '02')]);
    // The number that came with it is the only one there is; and so is a name.
    const nameless = says('system-c', { birthDate: '1961-05-04' }, 'B-1');
    expect(composePatient('p', [withNumber, nameless])).toMatchObject({
      name: [{ use: 'official', family: 'Unknown' }],
      identifier: [nhs('9990000026', '01')],
    });
  });

  it('prefers an address still in use, keeps the need for an interpreter and every label', () => {
    const interpreter = {
      url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
      valueBoolean: true,
    };
    const patient = composePatient('p', [
      says('emis', { address: [{ use: 'old', city: 'Leeds' }] }),
      says('liquidlogic', {
        address: [{ use: 'home', city: 'London' }],
        extension: [interpreter],
        meta: { security: [{ code: 'R' }] },
      }),
    ]);
    expect(patient.address?.map(({ city }) => city)).toEqual(['London', 'Leeds']);
    expect(patient.extension).toContainEqual(interpreter);
    expect(patient.meta?.security).toEqual([{ code: 'R' }]);
  });

  it('keeps what two sources contain apart', () => {
    const practice = (name: string): Partial<Patient> => ({
      contained: [{ resourceType: 'Organization', id: 'gp', name } as Organization],
      generalPractitioner: [{ reference: '#gp' }],
    });
    const patient = composePatient('p', [
      says('emis', practice('Killick Street')),
      says('adastra', practice('Goodinge')),
    ]);
    expect(patient.contained?.map(({ id }) => id)).toEqual(['s0-gp', 's1-gp']);
    expect(patient.generalPractitioner?.map(({ reference }) => reference)).toEqual(['#s0-gp', '#s1-gp']);
  });

  it('is inactive only where every source has closed its record', () => {
    expect(composePatient('p', [says('emis', { active: false }), says('adastra', {})]).active).toBe(true);
    expect(composePatient('p', [says('emis', { active: false })]).active).toBe(false);
    expect(composePatient('p', [says('emis', {})]).active).toBeUndefined();
  });
});

describe('a death as the sources tell it (misreading 19)', () => {
  it.each<[string, PatientStatement[], string[], boolean]>([
    ['one source alone', [says('adastra', { deceasedBoolean: true })], ['adastra'], false],
    [
      'one source, against another',
      [says('emis', { deceasedBoolean: false }), says('adastra', { deceasedDateTime: '2026-01-02' })],
      ['adastra'],
      false,
    ],
    ['one informal notice', [says('emis', { extension: [notice('1')] })], ['emis'], false],
    ['the registrar', [says('emis', { deceasedDateTime: '2026-01-02', extension: [notice('2')] })], ['emis'], true],
    [
      'two sources',
      [says('emis', { deceasedBoolean: true }), says('carecast', { deceasedBoolean: true })],
      ['emis', 'carecast'],
      true,
    ],
  ])('%s: kept as told, with who tells it', (_what, statements, sources, confirmed) => {
    const patient = composePatient('p', statements);
    expect(patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined).toBe(true);
    const report = reportOf(patient);
    expect(report?.filter(({ url }) => url === 'source').map(({ valueCode }) => valueCode)).toEqual(sources);
    expect(report?.find(({ url }) => url === 'confirmed')?.valueBoolean).toBe(confirmed);
  });

  it('takes the registrar’s date before an earlier source’s', () => {
    const patient = composePatient('p', [
      says('emis', { deceasedDateTime: '2026-01-03' }),
      says('carecast', { deceasedDateTime: '2026-01-02', extension: [notice('2')] }),
    ]);
    expect(patient.deceasedDateTime).toBe('2026-01-02');
  });

  it('a notice that was removed tells no death', () => {
    const patient = composePatient('p', [says('emis', { deceasedDateTime: '2026-01-03', extension: [notice('U')] })]);
    expect(patient.deceasedDateTime).toBeUndefined();
    expect(reportOf(patient)).toBeUndefined();
  });
});

describe('for all statements', () => {
  const patients = fc.record(
    {
      active: fc.boolean(),
      gender: fc.constantFrom('female', 'male', 'unknown'),
      birthDate: fc.constantFrom('1948', '1948-03-12'),
      name: fc.array(
        fc.record({ use: fc.constantFrom('official', 'usual', 'old'), family: fc.constantFrom('A', 'B') }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      deceasedBoolean: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const statements = fc.uniqueArray(
    fc.tuple(fc.constantFrom('emis', 'carecast', 'adastra', 'other'), fc.constantFrom('1', '2'), patients),
    { selector: ([source, id]) => source + id, minLength: 1 },
  );

  it('the order they came in does not matter, and the answer is valid FHIR', () => {
    fc.assert(
      fc.property(statements, (told) => {
        const list = told.map(([source, id, patient]) => says(source, patient as Partial<Patient>, id));
        const composed = composePatient('p', list);
        expect(JSON.stringify(composePatient('p', list.toReversed()))).toBe(JSON.stringify(composed));
        expect(validateStructure(composed)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
