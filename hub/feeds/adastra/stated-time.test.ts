import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTimePattern } from './testing.ts';
import { otherInstant, readCdaTime, readXsTime } from './stated-time.ts';

describe('times as Adastra writes them', () => {
  it("are London's clock in an export, and as they state it in a report", () => {
    expect(readXsTime('2026-07-02T21:15:00').value).toBe('2026-07-02T21:15:00+01:00');
    expect(readXsTime('2026-11-02T21:15:00.123').value).toBe('2026-11-02T21:15:00+00:00');
    expect(readXsTime('2026-11-02T21:15:00Z').value).toBe('2026-11-02T21:15:00+00:00');
    expect(readXsTime('2026-11-02+01:00').value).toBe('2026-11-02');
    expect(readCdaTime('20260702211500+01').value).toBe('2026-07-02T21:15:00+01:00');
    expect(readCdaTime('20260702211500+0100').value).toBe('2026-07-02T21:15:00+01:00');
    expect(readCdaTime('20260702').value).toBe('2026-07-02');
  });

  it('that no calendar has are not moved to a day nearby', () => {
    for (const text of ['2026-02-30T10:00:00', '2026-13-01', '02/07/2026', 'soon', '2026-11-02T21'])
      expect(readXsTime(text), text).toMatchObject({ value: undefined, doubt: 'A date that cannot be read' });
    for (const nothing of [readXsTime(''), readCdaTime('')])
      expect(nothing).toEqual({ value: undefined, instant: undefined, doubt: undefined });
  });

  it('in the hour that the clocks repeat are doubted, and only those', () => {
    const repeated = readXsTime('2026-10-25T01:30:00');
    expect(repeated).toMatchObject({ value: '2026-10-25T01:30:00+01:00', doubt: expect.stringContaining('repeat') });
    expect(otherInstant(repeated)).toBe(Date.parse('2026-10-25T01:30:00Z'));
    for (const sure of ['2026-10-25T00:59:59', '2026-10-25T02:00:00', '2026-10-25T01:30:00Z', '2026-03-29T01:30:00'])
      expect(readXsTime(sure).doubt, sure).toBeUndefined();
  });

  it('are read as a time or not at all, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/)),
        (text) => {
          for (const { value } of [readXsTime(text), readCdaTime(text)])
            expect(value ?? '2026').toMatch(dateTimePattern);
        },
      ),
    );
  });
});
