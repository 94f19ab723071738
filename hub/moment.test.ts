import { expect, it } from 'vitest';
import { minute, moment } from './moment.ts';

it('a moment is told by the clock in London, with the month as a word', () => {
  expect(moment('2026-11-22T19:05:11.400Z')).toBe('22-Nov-2026 19:05:11');
  expect(moment('2026-09-01T23:30:00Z')).toBe('02-Sep-2026 00:30:00');
  expect(moment(undefined)).toBe('never');
  expect(minute(Date.parse('2026-07-04T08:00:59Z'))).toBe('04-Jul-2026 09:00');
});
