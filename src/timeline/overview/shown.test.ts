import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOut } from '../layout.ts';
import type { EntryRow } from '../rows.ts';
import { entryOf, now, when } from '../testing.ts';
import { placeAt, shownOf } from './shown.ts';

const record = [
  entryOf({ key: 'Appointment/far', kind: 'booking', state: 'planned', start: when('2027-03-01T09:00:00Z') }),
  entryOf({ key: 'Appointment/next', kind: 'booking', state: 'planned', start: when('2026-11-24T14:00:00Z') }),
  entryOf({ key: 'EpisodeOfCare/open', lasting: true, state: 'open', start: when('2005-02-01') }),
  entryOf({ key: 'Encounter/a', start: when('2026-11-20T10:00:00Z') }),
  entryOf({ key: 'Encounter/b', start: when('2019') }),
  entryOf({ key: 'Encounter/undated' }),
];

function itemsOf(upcomingExpanded: boolean): { row: EntryRow }[] {
  const { rows } = layOut({
    entries: record,
    now,
    watermark: -Infinity,
    status: 'all',
    filter: {},
    upcomingExpanded,
    gaps: [],
  });
  return rows.filter((row) => row.type === 'entry').map((row) => ({ row }));
}

const keyAt = (instant: string) => {
  const items = itemsOf(true);
  return items[placeAt(items, Date.parse(instant), now)]?.row.entry.key;
};

describe('where the list is', () => {
  test('is told by the highest and lowest dated row in view, with what lies above and below', () => {
    const shown = shownOf(itemsOf(true), { first: 1, last: 3 }, 0, now);
    expect(shown.band).toEqual({ top: Date.parse('2026-11-24T14:00:00Z'), bottom: Date.parse('2026-11-20T10:00:00Z') });
    expect(shown.above).toBe(1);
    expect(shown.below).toBe(2);
  });

  test('is now, where only what is pinned there is in view, however long ago it began', () => {
    expect(shownOf(itemsOf(false), { first: 1, last: 1 }, 1, now).band).toEqual({ top: now, bottom: now });
  });

  test('is nowhere in time among what has no date', () => {
    expect(shownOf(itemsOf(false), { first: 4, last: 4 }, 1, now).band).toBeUndefined();
  });

  test('in view, above and below add up to every row, folded bookings among those above', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(5), fc.nat(5), (expanded, a, b) => {
        const items = itemsOf(expanded);
        const folded = record.length - items.length;
        const [first, last] = [Math.min(a, b, items.length - 1), Math.min(Math.max(a, b), items.length - 1)];
        const { above, below } = shownOf(items, { first, last }, folded, now);
        expect(above + (last - first + 1) + below).toBe(record.length);
      }),
    );
  });
});

describe('going to an instant', () => {
  test('leads to the first row at or before it', () => {
    expect(keyAt('2028-01-01')).toBe('Appointment/far');
    expect(keyAt('2026-12-24')).toBe('Appointment/next');
    expect(keyAt('2026-11-22T10:42:00Z')).toBe('EpisodeOfCare/open');
    expect(keyAt('2026-11-21')).toBe('Encounter/a');
    expect(keyAt('2026-11-20T10:00:00Z')).toBe('Encounter/a');
    expect(keyAt('2026-11-20T09:59:00Z')).toBe('Encounter/b');
  });

  test('before everything leads to what stands last, and without rows nowhere', () => {
    expect(keyAt('1990-01-01')).toBe('Encounter/undated');
    expect(placeAt([], now, now)).toBe(-1);
  });
});
