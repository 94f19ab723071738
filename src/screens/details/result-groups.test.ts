import * as fc from 'fast-check';
import type { DiagnosticReport, Observation } from 'fhir/r4';
import { expect, test } from 'vitest';
import { resultGroups } from './result-groups.ts';

const result = (id: string, day?: string): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: id },
  ...(day === undefined ? {} : { effectiveDateTime: day }),
});
const report = (id: string, day: string, ...results: string[]): DiagnosticReport => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: id },
  effectiveDateTime: day,
  result: results.map((each) => ({ reference: `Observation/${each}` })),
});
const told = (...given: (Observation | DiagnosticReport)[]) =>
  resultGroups(given).map(({ key, results }) => `${key}: ${results.map(({ id }) => id).join(' ')}`);

test('results stand under the report that names them, newest first; those of no report by their own day, the undated last', () => {
  expect(
    told(
      result('weight'),
      result('old', '2026-11-14'),
      report('first', '2026-11-14', 'old'),
      report('second', '2026-11-18', 'new', 'unread'),
      result('pulse', '2026-11-16'),
      result('new', '2026-11-18'),
    ),
  ).toEqual([
    'DiagnosticReport/second: new',
    'alone 16-Nov-2026: pulse',
    'DiagnosticReport/first: old',
    'alone Date not recorded: weight',
  ]);
});

test('what was entered in error is not told', () => {
  expect(told({ ...result('wrong', '2026-11-14'), status: 'entered-in-error' })).toEqual([]);
});

test('no result is ever left out, whatever reports name', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  const days = fc.option(fc.constantFrom('2026-11-14', '2026', '2019-04'), { nil: undefined });
  fc.assert(
    fc.property(ids, days, fc.array(ids, { maxLength: 3 }), (present, day, named) => {
      const reports = named.map((names, index) => report(`r${index}`, '2026-11-15', ...names));
      const groups = resultGroups([...present.map((id) => result(id, day)), ...reports]);
      const shown = new Set(groups.flatMap(({ results }) => results.map(({ id }) => id)));
      expect(shown).toEqual(new Set(present));
      expect(groups.filter((group) => group.report !== undefined)).toHaveLength(reports.length);
    }),
  );
});
