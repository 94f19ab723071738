import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthOf, spanOf, spanWords, startOfMonth } from './months.ts';
import { following, lifeOf, moved, openingWindow, within, zoomed } from './window.ts';

const now = Date.parse('2026-11-22T10:42:00Z');
const november = 2026 * 12 + 10;
const life = { first: 1998 * 12, months: 349 };
const lives = fc.record({
  first: fc.integer({ min: november - 1440, max: november - 24 }),
  months: fc.integer({ min: 27, max: 1500 }),
});
const windows = fc.record({
  first: fc.integer({ min: 20_000, max: 30_000 }),
  months: fc.integer({ min: 1, max: 2000 }),
});

test('opens at the last two years and a little of what lies ahead', () => {
  expect(spanWords(openingWindow(now))).toBe('Nov-2024 to Jan-2027');
});

describe('a life', () => {
  const of = (starts: number[], recordsFrom?: number) =>
    lifeOf({ now, starts: Float64Array.from(starts), recordsFrom });

  test('reaches from the first entry to what is booked last', () => {
    const span = of([Date.UTC(1998, 4, 1), Date.UTC(2027, 7, 5)]);
    expect(spanWords(span)).toBe('May-1998 to Aug-2027');
  });

  test('reaches back to where the connected records start, so that the scale stands while older pages come', () => {
    expect(of([Date.UTC(2025, 4, 1)], Date.UTC(2003, 3, 1)).first).toBe(2003 * 12 + 3);
  });

  test('without entries is what the page opens with', () => {
    expect(of([])).toEqual(openingWindow(now));
  });

  test('is not stretched by a slip: the year 1066, or 2999', () => {
    const { first, months } = of([Date.UTC(1066, 0, 1), Date.UTC(2999, 0, 1)]);
    expect(first).toBe(november - 1440);
    expect(first + months - 1).toBe(november + 60);
  });
});

test('a window never leaves the life, however it is moved or zoomed', () => {
  fc.assert(
    fc.property(
      lives,
      windows,
      fc.array(fc.oneof(fc.integer({ min: -3000, max: 3000 }), fc.constantFrom('in' as const, 'out' as const))),
      fc.integer({ min: 20_000, max: 30_000 }),
      (its, start, steps, around) => {
        let window = within(start, its);
        for (const step of steps) {
          window = typeof step === 'number' ? moved(window, step, its) : zoomed(window, step, around, its);
          expect(window.months).toBeGreaterThanOrEqual(1);
          expect(window.first).toBeGreaterThanOrEqual(its.first);
          expect(window.first + window.months).toBeLessThanOrEqual(its.first + its.months);
        }
      },
    ),
  );
});

test('zooming out ends at the whole life, zooming in at one month, and the month that matters stays in view', () => {
  let window = openingWindow(now);
  for (let i = 0; i < 12; i += 1) window = zoomed(window, 'out', november, life);
  expect(window).toEqual(life);
  for (let i = 0; i < 12; i += 1) {
    window = zoomed(window, 'in', november, life);
    expect(november).toBeGreaterThanOrEqual(window.first);
    expect(november).toBeLessThan(window.first + window.months);
  }
  expect(window).toEqual({ first: november, months: 1 });
});

describe('following the list', () => {
  test('stays while the highest row in view lies in it', () => {
    const window = openingWindow(now);
    expect(following(window, { top: now, bottom: startOfMonth(november - 40) }, life)).toBe(window);
  });

  test('turns like a page when the reader scrolls on, either way', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: life.first, max: life.first + life.months - 1 }), (some, month) => {
        const window = within(some, life);
        const at = startOfMonth(month) + 1;
        const turned = following(window, { top: at, bottom: at }, life);
        const { from, to } = spanOf(turned);
        expect(turned.months).toBe(window.months);
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThan(to);
        expect(following(turned, { top: at, bottom: at }, life)).toBe(turned);
      }),
    );
  });
});

test('moving keeps whole months, whatever the clocks do', () => {
  expect(spanOf(moved(openingWindow(now), -19, life)).from).toBe(Date.parse('2023-04-01T00:00:00+01:00'));
  expect(monthOf(spanOf(moved(openingWindow(now), -19, life)).from)).toBe(2023 * 12 + 3);
});
