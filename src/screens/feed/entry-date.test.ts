import { expect, test } from 'vitest';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { entryOf } from '../testing/entries.ts';
import { entryDate } from './entry-date.ts';

test('a visit has its day and time', () => {
  expect(entryDate(entryOf('a', '2026-11-14T02:41:00Z'))).toEqual({
    day: '14-Nov-2026',
    time: '02:41',
    spoken: '14 November 2026, 02:41',
  });
});

test('a date without a time never gets one (misreading 21)', () => {
  expect(entryDate(entryOf('a', '2026-11-14')).time).toBeUndefined();
  expect(entryDate(entryOf('a', '2019')).day).toBe('2019');
});

test('a stay carries its end, an open one says it is open', () => {
  const stay = entryOf('a', '2026-11-14', { lasting: true, end: parsePartialDate('2026-11-19') });
  expect(entryDate(stay).time).toBe('to 19-Nov-2026');
  expect(entryDate({ ...stay, end: undefined, state: 'open' }).time).toBe('to date');
  expect(entryDate({ ...stay, end: undefined, state: 'closed' }).time).toBeUndefined();
});

test('what lies ahead carries its weekday', () => {
  expect(entryDate(entryOf('a', '2026-11-24', { state: 'planned' })).day).toBe('Tue 24-Nov-2026');
});

test('what has no date says so, with its end where only that is known', () => {
  expect(entryDate(entryOf('a', undefined)).day).toBe('Date not known');
  expect(entryDate(entryOf('a', undefined, { end: parsePartialDate('2026-11') })).time).toBe('until Nov-2026');
});
