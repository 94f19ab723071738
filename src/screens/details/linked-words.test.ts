import type { Condition, DiagnosticReport, Observation, Resource } from 'fhir/r4';
import { expect, test } from 'vitest';
import type { MapContext } from '../../timeline/context.ts';
import { conclusionWords, linkedLine, newestFirst, resultLine } from './linked-words.ts';

const context: MapContext = { now: Date.UTC(2026, 10, 22), included: new Map(), patientId: 'p' };
const subject = { reference: 'Patient/p' };
const problem = (status?: string): Condition => ({
  resourceType: 'Condition',
  id: 'c',
  subject,
  code: { text: 'Stroke' },
  ...(status === undefined ? {} : { verificationStatus: { coding: [{ code: status }] } }),
});

test.each([
  ['confirmed', 'Diagnosis'],
  ['provisional', 'Suspected'],
  ['differential', 'Suspected'],
  ['refuted', 'Ruled out'],
  [undefined, 'Listed'],
])('a problem that is %s is labelled %s (misreading 7)', (status, label) => {
  expect(linkedLine(problem(status), context)?.words).toEqual([label]);
});

test('what was entered in error is not told at all', () => {
  expect(linkedLine(problem('entered-in-error'), context)).toBeUndefined();
  const given = { resourceType: 'Immunization', id: 'i', status: 'entered-in-error' } as Resource;
  expect(linkedLine(given, context)).toBeUndefined();
});

test('a vaccine that was not given says so', () => {
  const notDone = {
    resourceType: 'Immunization',
    id: 'i',
    status: 'not-done',
    patient: subject,
    vaccineCode: { text: 'Influenza' },
    occurrenceDateTime: '2026-10-01',
    statusReason: { text: 'Declined' },
  } as Resource;
  expect(linkedLine(notDone, context)).toMatchObject({
    name: 'Influenza',
    words: ['Not given', 'Declined', '01-Oct-2026'],
  });
});

test('a thing without a name is not left blank', () => {
  expect(linkedLine({ resourceType: 'Procedure', id: 'x', status: 'completed' } as Resource, context)?.name).toBe(
    'Name not recorded',
  );
});

const haemoglobin = (more: object): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Haemoglobin' },
  ...more,
});

test.each([
  [{ effectiveDateTime: '2026-11-16T07:45:00Z' }, '16-Nov-2026 07:45'],
  [{ effectiveDateTime: '2026-11' }, 'Nov-2026'],
  [{ effectivePeriod: { start: '2026-11-16' } }, '16-Nov-2026'],
  [{ effectiveInstant: '2026-11-16T07:45:00Z' }, '16-Nov-2026 07:45'],
  [{ issued: '2026-11-17T09:00:00Z' }, 'reported 17-Nov-2026 09:00'],
  [{}, 'Date not recorded'],
])('a result says when it was taken, so that no old value reads as the present one: %j', (when, words) => {
  expect(resultLine(haemoglobin(when), context)?.day).toBe(words);
});

test('the same test done three times stands newest first, the undated last, reports before single results', () => {
  const taken = (id: string, at: string | undefined) =>
    haemoglobin({ id, ...(at === undefined ? {} : { effectiveDateTime: at }) });
  const report = { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: {} } as Resource;
  const list: Resource[] = [taken('none', undefined), taken('old', '2026-11-14'), report, taken('new', '2026-11-18')];
  expect(list.sort(newestFirst).map(({ id }) => id)).toEqual(['r', 'new', 'old', 'none']);
});

test('what was sent as a code alone says so, and so does what a prescription holds within itself', () => {
  const coded = { code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] } };
  expect(resultLine(haemoglobin(coded), context)?.name).toBe('Not named: LOINC 4548-4');
  const prescription = (medicine: object) =>
    ({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'on-hold',
      intent: 'order',
      subject,
      contained: [{ resourceType: 'Medication', id: 'inside', ...medicine }],
      medicationReference: { reference: '#inside' },
    }) as Resource;
  expect(linkedLine(prescription({ code: { text: 'Furosemide 40 mg tablets' } }), context)).toMatchObject({
    name: 'Furosemide 40 mg tablets',
    words: ['On hold'],
  });
  const byCode = { code: { coding: [{ system: 'http://snomed.info/sct', code: '317971007' }] } };
  expect(linkedLine(prescription(byCode), context)?.name).toBe('Not named: SNOMED CT 317971007');
});

test('a procedure that was not done says so in words', () => {
  const procedure = { resourceType: 'Procedure', id: 'x', status: 'not-done', code: { text: 'MRI' } } as Resource;
  expect(linkedLine(procedure, context)?.words).toEqual(['Not done']);
});

test('what was noted beside a result is shown whole, in the lines it was written in, with who wrote it and when', () => {
  const note = [
    {
      text: 'Sample haemolysed.\r\nPotassium not\nreliable.',
      authorString: 'Dr R Iqbal',
      time: '2026-11-16T09:00:00Z',
    },
    { text: '  ' },
  ];
  expect(resultLine(haemoglobin({ note }), context)?.notes).toEqual([
    'Sample haemolysed.\nPotassium not\nreliable. (Dr R Iqbal, 16-Nov-2026 09:00)',
  ]);
  const refused = { resourceType: 'Immunization', id: 'i', status: 'not-done', vaccineCode: { text: 'Influenza' } };
  expect(linkedLine({ ...refused, note: [{ text: 'Declined: egg allergy' }] } as Resource, context)?.notes).toEqual([
    'Declined: egg allergy',
  ]);
});

test('a report in words keeps its lines: what there is no evidence of stands in the next one', () => {
  const culture = { valueString: 'No evidence of\n\n  Pseudomonas  aeruginosa\r\nor MRSA' };
  expect(resultLine(haemoglobin(culture), context)?.value).toBe('No evidence of\nPseudomonas aeruginosa\nor MRSA');
  const report = { resourceType: 'DiagnosticReport', id: 'r', status: 'final', code: {}, conclusion: 'No\ngrowth' };
  expect(conclusionWords(report as DiagnosticReport)).toEqual(['No\ngrowth']);
});
