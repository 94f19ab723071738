import { expect, test } from 'vitest';
import type { Entry } from '../../timeline/entry.ts';
import type { Row } from '../../timeline/rows.ts';
import { groupRows } from './group-rows.ts';

const entry = {} as Entry;
const entryRow = (key: string, position: number): Row => ({ type: 'entry', key, band: 'past', entry, position });
const month: Row = { type: 'month', key: 'm', label: 'November 2026', year: 2026, newYear: false, count: 2 };
const gap: Row = { type: 'gap', key: 'g', stream: 'Encounter', label: 'could not be read' };
const end: Row = { type: 'end', key: 'end', label: 'All', complete: true };
const upcoming: Row = {
  type: 'upcoming',
  key: 'upcoming',
  label: 'Next booked',
  count: 3,
  folded: 2,
  expanded: false,
  complete: true,
};

test('a heading and a gap stand in the article of the entry they precede, in their order', () => {
  const { items } = groupRows([month, gap, entryRow('a', 1), entryRow('b', 2)]);
  expect(items.map((item) => [item.key, item.lead])).toEqual([
    ['a', [month, gap]],
    ['b', []],
  ]);
});

test('a gap after the last entry is not lost: it stands below the feed', () => {
  expect(groupRows([entryRow('a', 1), gap, end]).tail).toEqual([gap, end]);
});

test('a record without entries still shows its gap', () => {
  expect(groupRows([gap, end])).toEqual({ upcoming: undefined, items: [], tail: [gap, end] });
});

test('the head of the future stands above the feed, so that its button keeps focus when it unfolds', () => {
  expect(groupRows([upcoming, entryRow('a', 1)]).upcoming).toBe(upcoming);
});
