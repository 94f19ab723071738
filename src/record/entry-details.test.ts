import type { DiagnosticReport, Encounter, Observation, Resource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { encounterReferences, missingResults } from './entry-details.ts';

const encounter = (id: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
});
const report = (...results: (string | undefined)[]): DiagnosticReport => ({
  resourceType: 'DiagnosticReport',
  id: 'r',
  status: 'final',
  code: { text: 'Blood' },
  result: results.map((reference) => ({ reference })),
});
const observation: Observation = { resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Sodium' } };

it('asks by every encounter an entry stands on, in an order that does not depend on the entry\u2019s', () => {
  const other: Resource = { resourceType: 'Appointment', id: 'x' };
  expect(encounterReferences([encounter('b'), other, encounter('a'), encounter('b')])).toEqual([
    'Encounter/a',
    'Encounter/b',
  ]);
  expect(encounterReferences([other])).toEqual([]);
});

it('asks for results that reports name and that are not at hand', () => {
  const reports = [
    report('Observation/o2', 'Observation/o1', undefined, '#contained'),
    report('https://x/fhir/Observation/o3/_history/2'),
  ];
  expect(missingResults([...reports, encounter('e')], [observation])).toEqual(['o2', 'o3']);
  expect(missingResults([], [])).toEqual([]);
});
