import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Entry, lanes } from './entry.ts';
import { facetsOf } from './facets.ts';
import { type Choice, choiceGroups, type Filter, passes, valuesOf } from './filter.ts';
import { kinds } from './kinds.ts';
import { entryOf, when } from './testing.ts';

const sources = ['emis', 'system-c', undefined];
const organisations = ['F83063', 'RKE', undefined];
const statement = fc.record({ source: fc.constantFrom(...sources), organisation: fc.constantFrom(...organisations) });
const entries = fc
  .array(
    fc.record({
      lane: fc.constantFrom(...lanes.slice(0, 3)),
      kind: fc.constantFrom(...kinds.slice(0, 3)),
      day: fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }),
      told: fc.array(statement, { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 25 },
  )
  .map((list) =>
    list.map(({ lane, kind, day, told }, place): Entry => {
      const key = `Encounter/${place}`;
      return entryOf({
        key,
        lane,
        kind,
        start: day === undefined ? undefined : when(`2026-02-${String(day).padStart(2, '0')}`),
        statements: told.map((said) => ({ ...said, reference: key, resource: { resourceType: 'Encounter' } })),
      });
    }),
  );
const choiceOf = <T extends string>(values: readonly T[]) =>
  fc.record({ how: fc.constantFrom<Choice['how']>('only', 'hide'), values: fc.subarray([...values]) });
const filter: fc.Arbitrary<Filter> = fc.record(
  {
    lanes: choiceOf(lanes.slice(0, 3)),
    kinds: choiceOf(kinds.slice(0, 3)),
    sources: choiceOf(['emis', 'system-c', '']),
    organisations: choiceOf(['F83063', 'RKE', '']),
    outside: fc.constant('RKE'),
    from: fc.constant(when('2026-02-08').start),
    to: fc.constant(when('2026-02-20').start),
    matches: fc.constant((entry: Entry) => !entry.key.endsWith('3')),
  },
  { requiredKeys: [] },
);

it('each count is what that value alone would leave, given every other filter, counted the slow way', () => {
  fc.assert(
    fc.property(entries, filter, (given, set) => {
      const facets = facetsOf(given, set, 'RKE');
      for (const group of choiceGroups) {
        const loaded = new Set(given.flatMap((entry) => valuesOf(entry, group)));
        const slow = [...loaded].map((value) => {
          const alone: Filter = { ...set, [group]: { how: 'only', values: [value] } };
          return [value, given.filter((entry) => passes(entry, alone)).length];
        });
        expect(Object.fromEntries(facets[group])).toEqual(Object.fromEntries(slow));
      }
      expect(facets.outside).toBe(given.filter((entry) => passes(entry, { ...set, outside: 'RKE' })).length);
    }),
    { numRuns: 300 },
  );
});

it('the counts of a setting add up to what is shown when that group is not filtered', () => {
  fc.assert(
    fc.property(entries, filter, (given, { lanes: _lanes, ...set }) => {
      const sum = [...facetsOf(given, set, undefined).lanes.values()].reduce((total, count) => total + count, 0);
      expect(sum).toBe(given.filter((entry) => passes(entry, set)).length);
    }),
  );
});
