import * as fc from 'fast-check';
import type { Encounter } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { Gathered } from './gathered.ts';

const dayMs = 86_400_000;
const base = Date.UTC(2020, 0, 1);

/** A stay from one day to another; `to` undefined: still open. */
function stay(place: number, from: number, to: number | undefined): Encounter {
  const at = (day: number): string => new Date(base + day * dayMs).toISOString();
  const period = to === undefined ? { start: at(from) } : { start: at(from), end: at(to) };
  return { resourceType: 'Encounter', id: `e${place}`, status: 'unknown', class: { code: 'IMP' }, period };
}

function gather(stays: readonly Encounter[], pageSize: number): Gathered {
  const gathered = new Gathered();
  for (let from = 0; from < stays.length; from += pageSize) gathered.add(stays.slice(from, from + pageSize));
  return gathered;
}

const span = fc.record({
  from: fc.integer({ min: 0, max: 2000 }),
  length: fc.option(fc.integer({ min: -3, max: 400 }), { nil: undefined }),
  /** Where in its span a server takes it to lie: 0 its start, 1 its end. */
  place: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('whether a server sends the newest first', () => {
  it('by start, by end or anywhere between is an order that is kept, also where an end lies before its start', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (spans, pageSize) => {
        const sorted = spans
          .map((one) => ({ ...one, key: one.from + Math.max(0, one.length ?? 100) * one.place }))
          .toSorted((a, b) => b.key - a.key);
        const stays = sorted.map(({ from, length }, place) =>
          stay(place, from, length === undefined ? undefined : from + length),
        );
        expect(gather(stays, pageSize).isUnordered).toBe(false);
      }),
    );
  });

  it('oldest first, or anything that began a day after something before it had ended, is not', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 7 }), (all, pageSize) => {
        // Three days apart, each an hour long: in no other order than falling can they have been sorted.
        const stays = all.map((day, place) => stay(place, day * 3, day * 3 + 1 / 24));
        const falls = all.every((day, place) => place === 0 || day < (all[place - 1] ?? Infinity));
        const gathered = gather(stays, pageSize);
        expect(gathered.isUnordered).toBe(!falls);
        expect(gathered.readBackTo === undefined).toBe(!falls);
      }),
    );
  });

  it('what has no date says nothing of the order, wherever it stands', () => {
    const undated: Encounter = { resourceType: 'Encounter', id: 'u', status: 'unknown', class: { code: 'AMB' } };
    expect(gather([undated, stay(1, 9, 9), stay(2, 3, 3)], 2).isUnordered).toBe(false);
  });

  it('once seen not to be kept it is not trusted again, also when read anew from the first page', () => {
    const gathered = gather([stay(1, 3, 3), stay(2, 9, 9)], 2);
    gathered.startAgain();
    gathered.add([stay(2, 9, 9), stay(1, 3, 3)]);
    expect([gathered.isUnordered, gathered.readBackTo]).toEqual([true, undefined]);
  });
});
