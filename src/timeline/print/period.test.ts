import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { isoDay, londonClock } from '../dates.ts';
import { periodOf } from './period.ts';

const now = Date.UTC(2026, 10, 22, 14, 5);

function periodWith(...given: Parameters<typeof periodOf>) {
  const period = periodOf(...given);
  if (typeof period === 'string') throw new Error(period);
  return period;
}

test('the last 3 months, 12 months and two years begin with the same day of an earlier month, and have no end', () => {
  expect(isoDay(periodWith('3-months', now).from ?? 0)).toBe('2026-08-22');
  expect(isoDay(periodWith('12-months', now).from ?? 0)).toBe('2025-11-22');
  expect(periodWith('24-months', now)).toMatchObject({
    to: undefined,
    words: 'the last two years, from 22-Nov-2024, with what is booked',
  });
});

test('a month that lacks the day begins with its last', () => {
  expect(isoDay(periodWith('3-months', Date.UTC(2026, 4, 31, 12)).from ?? 0)).toBe('2026-02-28');
  expect(isoDay(periodWith('3-months', Date.UTC(2024, 4, 31, 12)).from ?? 0)).toBe('2024-02-29');
});

test('two chosen days both count in, across a change of clocks as well', () => {
  const period = periodWith('chosen', now, '2026-03-29', '2026-03-29');
  expect(period.words).toBe('29-Mar-2026 to 29-Mar-2026');
  expect((period.to ?? 0) - (period.from ?? 0)).toBe(23 * 3_600_000);
});

test('days that make no period are said in words', () => {
  expect(periodOf('chosen', now, '', '2026-01-01')).toBe('Enter the first day of the period.');
  expect(periodOf('chosen', now, '2026-01-01', '')).toBe('Enter the last day of the period.');
  expect(periodOf('chosen', now, '2026-01-02', '2026-01-01')).toBe('The last day lies before the first.');
});

test('everything has no bounds', () => {
  expect(periodWith('all', now)).toEqual({ from: undefined, to: undefined, words: 'everything that is loaded' });
});

test('whatever the day, the last months begin at a London midnight that many months before', () => {
  const instants = integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
  assert(
    property(instants, (instant) => {
      const from = periodWith('12-months', instant).from ?? 0;
      const [then, today] = [londonClock(from), londonClock(instant)];
      expect([then.hour, then.minute]).toEqual([0, 0]);
      expect([then.year, then.month]).toEqual([today.year - 1, today.month]);
      expect(then.day === today.day || (today.month === 2 && today.day === 29 && then.day === 28)).toBe(true);
    }),
  );
});
