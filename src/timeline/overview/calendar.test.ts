import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundariesOf, ticksOf } from './calendar.ts';
import { spanOf } from './months.ts';

const day = 86_400_000;
const spans = fc
  .record({ first: fc.integer({ min: 1950 * 12, max: 2030 * 12 }), months: fc.integer({ min: 1, max: 900 }) })
  .map(spanOf);

test('boundaries cover the span, ascend, and are as far apart as was asked', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 60 }), (span, parts) => {
      const least = (span.to - span.from) / parts;
      const boundaries = boundariesOf(span, least);
      expect(boundaries[0]).toBeLessThanOrEqual(span.from);
      expect(boundaries.at(-1)).toBeGreaterThanOrEqual(span.to);
      const gaps = boundaries.slice(1).map((at, index) => at - (boundaries[index] ?? at));
      // A February and the hour of a clock change are shorter than their like.
      expect(Math.min(...gaps)).toBeGreaterThan(Math.min(least, 18_000 * day) * 0.9);
    }),
  );
});

test('two years are ticked by quarters, the January of each by its year', () => {
  const labels = ticksOf(spanOf({ first: 2024 * 12 + 10, months: 27 }), 60 * day).map(({ label }) => label);
  expect(labels).toEqual(['2025', 'Apr', 'Jul', 'Oct', '2026', 'Apr', 'Jul', 'Oct', '2027']);
});

test('a whole life is ticked by years, a month by its weeks', () => {
  const years = ticksOf(spanOf({ first: 1948 * 12, months: 960 }), 3000 * day).map(({ label }) => label);
  expect(years).toEqual(['1950', '1960', '1970', '1980', '1990', '2000', '2010', '2020']);
  const weeks = ticksOf(spanOf({ first: 2026 * 12 + 10, months: 1 }), 3 * day).map(({ label }) => label);
  expect(weeks).toEqual(['01-Nov', '08-Nov', '15-Nov', '22-Nov', '29-Nov']);
});
