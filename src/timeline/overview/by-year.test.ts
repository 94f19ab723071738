import { expect, test } from 'vitest';
import { entryOf, when } from '../testing.ts';
import { yearTable } from './by-year.ts';

test('each entry is counted once, in the year it began in London, newest year first and undated last', () => {
  const rows = yearTable([
    entryOf({ key: 'a', lane: 'gp', start: when('2026-11-20') }),
    entryOf({ key: 'b', lane: 'hospital', start: when('2019') }),
    entryOf({ key: 'c', lane: 'hospital', start: when('2019-12-31T23:59:00Z') }),
    entryOf({ key: 'd', lane: 'gp' }),
    entryOf({ key: 'e', lane: 'gp', start: when('2027-01-04T09:00:00Z') }),
  ]);
  expect(rows).toEqual([
    { year: 2027, counts: { gp: 1 }, total: 1 },
    { year: 2026, counts: { gp: 1 }, total: 1 },
    { year: 2019, counts: { hospital: 2 }, total: 2 },
    { year: undefined, counts: { gp: 1 }, total: 1 },
  ]);
});
