import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// FHIR as real systems send it, written here and nowhere else: everything in it is legal or common, and nothing of it is
// as this project would write it. The people are made up.

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const wilma = 'urn:uuid:0b5c1f7e-5f0e-4c5f-9a55-6e1d0c7a1a01';
const firstVisit = 'urn:uuid:0b5c1f7e-5f0e-4c5f-9a55-6e1d0c7a1a02';
const subject = { reference: wilma };
const snomed = 'http://snomed.info/sct';
const ambulatory = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' };

/** What the note of the first visit says, as it must be read on the page. */
export const noteText = 'Rückmeldung: temperature 38.5 °C.\nNo evidence of pneumonia.';

const visit = (id: string, more: object): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: ambulatory,
  subject,
  type: [{ text: 'Encounter for problem (procedure)' }],
  ...more,
});

const people = [
  {
    fullUrl: wilma,
    resource: {
      resourceType: 'Patient',
      id: '0b5c1f7e-5f0e-4c5f-9a55-6e1d0c7a1a01',
      name: [{ use: 'official', family: 'Oddley', given: ['Wilma'] }],
      gender: 'female',
      birthDate: '1950-05',
    },
  },
  {
    resource: {
      resourceType: 'Patient',
      id: 'otto',
      name: [{ family: 'Elsewhere', given: ['Otto'] }],
      birthDate: '1961-01-01',
    },
  },
];

const staff = [
  {
    fullUrl: 'urn:uuid:0b5c1f7e-5f0e-4c5f-9a55-6e1d0c7a1a03',
    resource: {
      resourceType: 'Practitioner',
      id: 'd1',
      identifier: [{ system: 'https://staff.example', value: '9 9' }],
      name: [{ prefix: ['Dr'], given: ['Ida'], family: 'Quill' }],
    },
  },
  {
    resource: {
      resourceType: 'Organization',
      id: 'o1',
      identifier: [{ system: 'https://places.example', value: '77' }],
      name: 'Riverbend Clinic',
    },
  },
];

const encounters = [
  {
    fullUrl: firstVisit,
    resource: visit('e-conditional', {
      type: [{ coding: [{ system: snomed, code: '185345009', display: 'Encounter for symptom (procedure)' }] }],
      reasonCode: [{ coding: [{ system: snomed, code: '49727002', display: 'Cough (finding)' }] }],
      participant: [
        {
          type: [{ text: 'primary performer' }],
          individual: { reference: 'Practitioner?identifier=https://staff.example|9%209' },
        },
      ],
      serviceProvider: { reference: 'Organization?identifier=https://places.example|77' },
      period: { start: '2025-11-12T22:58:16-05:00', end: '2025-11-12T23:20:00-05:00' },
    }),
  },
  { resource: { resourceType: 'Encounter', id: 'e-bare', status: 'finished', subject } },
  {
    resource: visit('e-backwards', {
      reasonCode: [{ text: 'Sprained ankle' }],
      period: { start: '2024-03-02T10:00:00Z', end: '2024-03-01T10:00:00Z' },
    }),
  },
  {
    resource: visit('e-self', {
      reasonCode: [{ text: 'Blood pressure check' }],
      period: { start: '2023-06-01T09:00:00+01:00', end: '2023-06-01T09:10:00+01:00' },
      partOf: { reference: 'Encounter/e-self' },
    }),
  },
  {
    resource: visit('e-ring-a', {
      reasonCode: [{ text: 'Ring, first half' }],
      period: { start: '2022-01-01' },
      partOf: { reference: 'Encounter/e-ring-b' },
    }),
  },
  {
    resource: visit('e-ring-b', {
      reasonCode: [{ text: 'Ring, second half' }],
      period: { start: '2022-01' },
      partOf: { reference: 'Encounter/e-ring-a' },
    }),
  },
  {
    resource: visit('e-contained', {
      class: { code: 'IMP' },
      type: [{ text: 'Inpatient stay' }],
      reasonCode: [{ text: 'Hip fracture' }],
      contained: [
        { resourceType: 'Location', id: 'ward', name: 'Maple Ward' },
        { resourceType: 'Practitioner', id: 'who', name: [{ text: 'Sister Joan Hale' }] },
      ],
      location: [{ location: { reference: '#ward' } }],
      participant: [{ individual: { reference: '#who' } }],
      period: { start: '2021-02-01T08:00:00Z', end: '2021-02-06T12:00:00Z' },
    }),
  },
  {
    resource: visit('e-dangling', {
      reasonCode: [{ text: 'Headache' }],
      participant: [{ individual: { reference: 'Practitioner/nowhere', display: 'Dr Gone Away' } }],
      period: { start: '2020-07-01T10:00:00' },
    }),
  },
  { resource: visit('e-mistake', { status: 'entered-in-error', period: { start: '2020-01-01' } }) },
  { resource: visit('e-unreadable', { period: { start: '14/11/2019' } }) },
];

const linked = [
  {
    resource: {
      resourceType: 'Condition',
      id: 'c1',
      subject,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { coding: [{ system: snomed, code: '233604007' }] },
      encounter: { reference: firstVisit },
    },
  },
  {
    resource: {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'stopped',
      intent: 'order',
      subject,
      encounter: { reference: 'Encounter/e-conditional' },
      contained: [{ resourceType: 'Medication', id: 'inside', code: { text: 'Amoxicillin 500 mg capsules' } }],
      medicationReference: { reference: '#inside' },
    },
  },
  {
    resource: {
      resourceType: 'DocumentReference',
      id: 'n1',
      status: 'current',
      subject,
      type: { text: 'Progress note' },
      context: { encounter: [{ reference: firstVisit }] },
      content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: base64(noteText) } }],
    },
  },
  {
    resource: {
      resourceType: 'DocumentReference',
      id: 'n2',
      status: 'current',
      subject,
      description: 'Discharge letter',
      date: '2019-05-05T12:00:00Z',
      content: [{ attachment: { contentType: 'application/pdf', data: base64('%PDF-1.4') } }],
    },
  },
  {
    resource: {
      resourceType: 'DiagnosticReport',
      id: 'r1',
      status: 'final',
      subject,
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
      effectiveDateTime: '2018',
    },
  },
];

const notTaken = [
  { resource: { resourceType: 'MolecularSequence', id: 'x1', coordinateSystem: 0, patient: subject } },
  { resource: { resourceType: 'Telegram', id: 'x2', subject } },
  { resource: visit('e-unknown-person', { subject: { reference: 'Patient/nobody' } }) },
  {
    resource: {
      ...visit('e-otto', { partOf: { reference: 'Encounter/e-self' }, reasonCode: [{ text: 'Toothache' }] }),
      subject: { reference: 'Patient/otto' },
      period: { start: '2023-06-02' },
    },
  },
];

/** What the command makes of it: 2 people, 2 for the directory, 13 of Wilma's and 1 of Otto's events, 4 things linked. */
export const taken = 21;
/** A type the hub does not take, one nobody knows, an event of an unknown person, a broken line. */
export const refused = 4;
/** Wilma's events, letters and reports that belong to no other: a row each. What is linked to one is within it. */
export const wilmasRows = 12;

/** Writes the folder `odd-clinic` inside `folder`, as a bundle and as lines, and answers where it is. */
export function writeOddRecords(folder: string): string {
  const clinic = join(folder, 'odd-clinic');
  mkdirSync(clinic, { recursive: true });
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [...linked, ...encounters, ...people, ...staff],
  };
  writeFileSync(join(clinic, 'export.json.gz'), gzipSync(JSON.stringify(bundle)));
  const lines = notTaken.map(({ resource }) => JSON.stringify(resource));
  const late = visit('e-line', {
    subject: { reference: 'Patient/0b5c1f7e-5f0e-4c5f-9a55-6e1d0c7a1a01' },
    reasonCode: [{ text: 'Flu jab' }],
    period: { start: '2017-10-10T10:00:00+13:45' },
  });
  writeFileSync(
    join(clinic, 'more.ndjson'),
    `\ufeff${[...lines, '{"resourceType":"Encoun', JSON.stringify(late)].join('\r\n')}\r\n`,
  );
  return clinic;
}
