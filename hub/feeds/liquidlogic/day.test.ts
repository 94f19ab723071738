import { expect, it } from 'vitest';
import { endOfDay, isNoDay, readDay } from './day.ts';

it.each([
  ['2026-11-02', '2026-11-02'],
  [' 02/11/2026 ', '2026-11-02'],
  ['2/1/2026', '2026-01-02'],
  ['02-Nov-2026', '2026-11-02'],
  ['2026-11-02 00:00:00', '2026-11-02'],
  ['2026-11-02T14:30:00.000', '2026-11-02'],
  ['31/02/2026', undefined],
  ['2026-13-01', undefined],
  ['13/13/2026', undefined],
  ['2026', undefined],
  ['02/11/26', undefined],
  ['0001-01-01', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('the day “%s” is %s', (written, day) => {
  expect(readDay(written)).toBe(day);
});

it('a day ends a second before London’s midnight, in summer as in winter', () => {
  expect(new Date(endOfDay('2026-09-30') ?? 0).toISOString()).toBe('2026-09-30T22:59:59.000Z');
  expect(new Date(endOfDay('31/12/2026') ?? 0).toISOString()).toBe('2026-12-31T23:59:59.000Z');
  expect(endOfDay('soon')).toBeUndefined();
});

it('a day in 9999 is no day', () => {
  expect([isNoDay('9999-12-31'), isNoDay('31/12/2999'), isNoDay('2027-01-01'), isNoDay('soon')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
