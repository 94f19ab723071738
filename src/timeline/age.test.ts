import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt } from './age.ts';
import { when } from './testing.ts';

const at = (text: string) => when(text).start;

describe('age, in the steps of the NHS Common User Interface', () => {
  it.each([
    ['2026-11-22T09:00:00Z', '2026-11-22T09:35:00Z', '35min'],
    ['2026-11-22T09:00:00Z', '2026-11-22T10:59:00Z', '119min'],
    ['2026-11-22T09:00:00Z', '2026-11-22T11:00:00Z', '2h'],
    ['2026-11-20T09:00:00Z', '2026-11-22T08:59:00Z', '47h'],
    ['2026-11-20T09:00:00Z', '2026-11-22T09:00:00Z', '2d'],
    ['2026-11-22', '2026-11-22T10:00:00Z', '0d'],
    ['2026-10-26', '2026-11-22', '27d'],
    ['2026-10-25', '2026-11-22', '4w 0d'],
    ['2025-11-23', '2026-11-22', '52w 0d'],
    ['2025-11-22', '2026-11-22', '12m 0d'],
    ['2025-08-12', '2026-11-22', '15m 10d'],
    ['2024-11-22', '2026-11-22', '2y 0m'],
    ['2022-10-01', '2026-11-22', '4y 1m'],
    ['2008-11-23', '2026-11-22', '17y 11m'],
    ['2008-11-22', '2026-11-22', '18y'],
    ['1948-03-12', '2026-11-22', '78y'],
  ])('born %s, on %s: %s', (birth, day, age) => {
    expect(ageAt(when(birth), at(day))).toBe(age);
  });

  it('is only about right where the day or month of birth is not known', () => {
    expect(ageAt(when('1948'), at('2026-11-22'))).toBe('about 78y');
    expect(ageAt(when('1948-03'), at('2026-11-22'))).toBe('about 78y');
    expect(ageAt(when('2026-03'), at('2026-11-22'))).toBe('about 8m');
  });

  it('is nothing before birth', () => {
    expect(ageAt(when('2026-11-23'), at('2026-11-22'))).toBeUndefined();
  });

  it('turns on the birthday, and for those of 29 February on its last day of February', () => {
    expect(ageAt(when('2008-02-29'), at('2026-02-27'))).toBe('17y 11m');
    expect(ageAt(when('2008-02-29'), at('2026-02-28'))).toBe('18y');
  });

  it('never has a negative part', () => {
    const day = fc
      .integer({ min: -40_000, max: 20_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [birth, later] = a < b ? [a, b] : [b, a];
        expect(ageAt(when(birth), at(later))).toMatch(/^\d+(?:d|w \dd|m \d+d|y|y \d+m)$/);
      }),
    );
  });
});
