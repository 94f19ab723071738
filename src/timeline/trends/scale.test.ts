import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeAxis, valueAxis, place } from './scale.ts';

const at = (text: string) => Date.parse(text);

describe('the axis of values', () => {
  it('ends at round numbers on both sides of all values', () => {
    expect(valueAxis([47, 61, 88]).ticks.map(({ words }) => words)).toEqual(['40', '60', '80', '100']);
    expect(valueAxis([4.2, 5.9]).ticks.map(({ words }) => words)).toEqual(['4.0', '4.5', '5.0', '5.5', '6.0']);
  });

  it('takes a near bound of a range in, and leaves a far one out, so that values are not pressed flat', () => {
    expect(valueAxis([48, 55], [60]).to).toBeGreaterThanOrEqual(60);
    expect(valueAxis([6, 11], [60]).to).toBeLessThan(60);
  });

  it('holds one value, zero and negative ones alike', () => {
    for (const values of [[5], [0], [-3], [0.002, 0.0021], [1e6, 1e6 + 1]]) {
      const { from, to, ticks } = valueAxis(values);
      expect(from).toBeLessThan(to);
      expect(ticks.length).toBeGreaterThan(1);
      for (const value of values) expect(value >= from && value <= to).toBe(true);
    }
  });

  it('always holds every value within, with few marks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1000, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const { from, to, ticks } = valueAxis(values);
          expect(Math.min(...values)).toBeGreaterThanOrEqual(from - 1e-6);
          expect(Math.max(...values)).toBeLessThanOrEqual(to + 1e-6);
          expect(ticks.length).toBeLessThanOrEqual(8);
        },
      ),
    );
  });
});

describe('the axis of time', () => {
  it('is marked in years for a life, in months for a year, in days for a stay, in hours for a day', () => {
    const words = (from: string, to: string) => timeAxis(at(from), at(to), 6).ticks.map((tick) => tick.words);
    expect(words('2001-03-01', '2026-11-22')).toEqual(['2005', '2010', '2015', '2020', '2025']);
    expect(words('2025-11-20', '2026-11-22')).toEqual(['Jan-2026', 'Apr-2026', 'Jul-2026', 'Oct-2026']);
    expect(words('2026-11-14T08:00:00Z', '2026-11-19T08:00:00Z')).toContain('16-Nov-2026');
    expect(words('2026-11-14T08:00:00Z', '2026-11-14T20:00:00Z')).toContain('12:00');
  });

  it('marks London midnights across the change of clocks', () => {
    const ticks = timeAxis(at('2026-10-23T12:00:00Z'), at('2026-10-28T12:00:00Z'), 6).ticks;
    expect(ticks.map((tick) => tick.words)).toEqual([
      '24-Oct-2026',
      '25-Oct-2026',
      '26-Oct-2026',
      '27-Oct-2026',
      '28-Oct-2026',
    ]);
    expect(ticks.map((tick) => new Date(tick.at).toISOString())).toContain(
      '2026-10-25T23:00:00.000Z'.replace('25T23', '26T00'),
    );
  });

  it('marks the hour that the clocks skip in spring once', () => {
    const ticks = timeAxis(at('2026-03-29'), at('2026-03-29T03:00:00Z'), 6).ticks;
    expect(ticks.map((tick) => tick.words)).toEqual(['00:00', '02:00', '03:00', '04:00']);
  });

  it('keeps its marks within, rising, and no more than a chart can carry', () => {
    const start = at('1950-01-01');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 70 * 365 }), fc.integer({ min: 0, max: 70 * 365 * 24 }), (day, hours) => {
        const from = start + day * 86_400_000;
        const { to, ticks } = timeAxis(from, from + hours * 3_600_000, 6);
        const places = ticks.map((tick) => tick.at);
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
        expect(places.every((one) => one >= from && one <= to)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 2000 },
    );
  });
});

it('a place is linear, and the middle where there is no length', () => {
  expect(place(5, { from: 0, to: 10 }, 100, 200)).toBe(150);
  expect(place(5, { from: 5, to: 5 }, 0, 10)).toBe(5);
});
