import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSummerTime, londonInstant, parsePartialDate } from './partial-date.ts';

const iso = (instant: number | undefined) => (instant === undefined ? undefined : new Date(instant).toISOString());
const spanOf = (text: string) => {
  const date = parsePartialDate(text);
  return [date?.precision, iso(date?.start), iso(date?.end)];
};

describe('a date as precise as its writer was', () => {
  test('spans the year, month, day, minute or second that was stated, in Europe/London', () => {
    expect(spanOf('2019')).toEqual(['year', '2019-01-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z']);
    expect(spanOf('2019-04')).toEqual(['month', '2019-03-31T23:00:00.000Z', '2019-04-30T23:00:00.000Z']);
    expect(spanOf('2019-04-30')).toEqual(['day', '2019-04-29T23:00:00.000Z', '2019-04-30T23:00:00.000Z']);
    expect(spanOf('2019-01-30T10:15')).toEqual(['time', '2019-01-30T10:15:00.000Z', '2019-01-30T10:16:00.000Z']);
    expect(spanOf('2019-01-30T10:15:20Z')).toEqual(['time', '2019-01-30T10:15:20.000Z', '2019-01-30T10:15:21.000Z']);
    expect(spanOf('2019-12')).toEqual(['month', '2019-12-01T00:00:00.000Z', '2020-01-01T00:00:00.000Z']);
  });

  test('keeps a stated zone, however odd', () => {
    expect(iso(parsePartialDate('2020-06-01T00:30:00+05:45')?.start)).toBe('2020-05-31T18:45:00.000Z');
    expect(iso(parsePartialDate('2020-06-01T00:30:00.250-11:00')?.start)).toBe('2020-06-01T11:30:00.250Z');
  });

  test('is none at all when it is not a date', () => {
    for (const text of [
      '',
      'yesterday',
      '2019-13',
      '2019-02-30',
      '2019-1-1',
      '2019-01-01T25:00',
      '2019-01-01T10',
      '0001-01-01',
      '19',
    ]) {
      expect(parsePartialDate(text), text).toBeUndefined();
    }
    expect(parsePartialDate(undefined)).toBeUndefined();
  });

  test('29 February is a day only in leap years', () => {
    expect(parsePartialDate('2024-02-29')).toBeDefined();
    expect(parsePartialDate('2023-02-29')).toBeUndefined();
  });
});

describe('clock changes', () => {
  test('the March day has 23 hours and the October day 25', () => {
    const hours = (text: string) => {
      const day = parsePartialDate(text);
      return day === undefined ? undefined : (day.end - day.start) / 3_600_000;
    };
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-06-01')).toBe(24);
  });

  test('a time the autumn repeats is its first occurrence unless its zone says otherwise', () => {
    expect(iso(parsePartialDate('2026-10-25T01:30:00')?.start)).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(parsePartialDate('2026-10-25T01:30:00+00:00')?.start)).toBe('2026-10-25T01:30:00.000Z');
  });

  test('wall-clock time and instant agree with the platform for every instant since 1996', () => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2037, 11, 31) }), (at) => {
        const second = Math.floor(at / 1000) * 1000;
        const [d, m, y, h, min, s] = (parts.format(second).match(/\d+/g) ?? []).map(Number);
        const back = londonInstant(y ?? 0, m ?? 0, d ?? 0, h, min, s);
        // The repeated hour has two instants; the first one is the answer.
        expect([second, second - 3_600_000]).toContain(back);
        expect(back === second || isSummerTime(back)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
