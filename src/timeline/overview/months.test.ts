import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarDay, monthOf, spanOf, spanWords, startOfDay, startOfMonth } from './months.ts';

const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });

test('a month begins at midnight in London, in summer an hour before midnight UTC', () => {
  expect(new Date(startOfMonth(2026 * 12 + 5)).toISOString()).toBe('2026-05-31T23:00:00.000Z');
  expect(new Date(startOfMonth(2026 * 12 + 10)).toISOString()).toBe('2026-11-01T00:00:00.000Z');
});

test('every instant lies in exactly one month, and every month begins in itself', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const month = monthOf(instant);
      const { from, to } = spanOf({ first: month, months: 1 });
      expect(instant).toBeGreaterThanOrEqual(from);
      expect(instant).toBeLessThan(to);
      expect(monthOf(from)).toBe(month);
    }),
  );
});

test('a day in London holds the instant it was taken from', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const start = startOfDay(calendarDay(instant));
      expect(start).toBeLessThanOrEqual(instant);
      expect(instant - start).toBeLessThan(25 * 3_600_000);
    }),
  );
});

test('a span is named by its first and last month, both whole', () => {
  expect(spanWords({ first: 2024 * 12 + 10, months: 27 })).toBe('Nov-2024 to Jan-2027');
  expect(spanWords({ first: 2024 * 12 + 10, months: 1 })).toBe('Nov-2024');
});
