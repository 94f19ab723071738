import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanes } from '../../timeline/entry.ts';
import type { Choice } from '../../timeline/filter.ts';
import { kinds } from '../../timeline/kinds.ts';
import { type Filters, filterOf, fromQuery, outsideAddress, toQuery } from './find-address.ts';

const how = fc.constantFrom<Choice['how']>('only', 'hide');
const choiceOf = <T extends string>(values: readonly T[]) =>
  fc
    .record({ how, values: fc.subarray([...values]) })
    // Hiding nothing is no filter, and is never made.
    .filter((choice) => choice.how === 'only' || choice.values.length > 0);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const named = ['F83063', 'RKE', '', 'The Clinic for One Illness', 'none'];
const filters: fc.Arbitrary<Filters> = fc.record(
  {
    lanes: choiceOf(lanes),
    kinds: choiceOf(kinds),
    sources: choiceOf(['emis', 'system-c', '', 'Another system, by name']),
    organisations: choiceOf(named),
    from: day,
    to: day,
    outside: fc.constant(true as const),
  },
  { requiredKeys: [] },
);

describe('the address of a find (T6)', () => {
  it('brings back what was switched on, with what must not stand in it kept beside it', () => {
    fc.assert(
      fc.property(filters, (set) => {
        expect({ ...fromQuery(`?${toQuery(set)}`), ...outsideAddress(set) }).toEqual(set);
      }),
    );
  });

  it('never holds the name of a place in words', () => {
    fc.assert(
      fc.property(filters, (set) => {
        expect(decodeURIComponent(toQuery(set))).not.toMatch(/clinic|illness|by name/i);
      }),
    );
  });

  it('is empty when nothing is switched on, and words that name nothing hide nothing', () => {
    expect(toQuery({})).toBe('');
    expect(fromQuery('')).toEqual({});
    expect(fromQuery('?setting=nonsense&kind=&from=0002-01-01&to=2026-13-01&outside=maybe')).toEqual({});
    expect(fromQuery('?setting=-gp,-nonsense,-social-care')).toEqual({
      lanes: { how: 'hide', values: ['gp', 'social-care'] },
    });
  });
});

it('a period takes in its last day whole, and without a known organisation nothing is outside it', () => {
  const filter = filterOf({ from: '2026-11-01', to: '2026-11-22', outside: true }, undefined);
  expect(filter).toEqual({ from: Date.parse('2026-11-01T00:00:00Z'), to: Date.parse('2026-11-23T00:00:00Z') });
  expect(filterOf({ outside: true }, 'RKE')).toEqual({ outside: 'RKE' });
});
