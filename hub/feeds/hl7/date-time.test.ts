import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { readDay, readTime } from './date-time.ts';

describe('reading an HL7 time stamp', () => {
  it.each([
    ['a year', '1948', '1948'],
    ['a month', '194803', '1948-03'],
    ['a day', '19480312', '1948-03-12'],
    ['a winter minute', '202611021430', '2026-11-02T14:30:00+00:00'],
    ['a summer second', '20260702143012', '2026-07-02T14:30:12+01:00'],
    ['a fraction of a second', '20260702143012.1234', '2026-07-02T14:30:12+01:00'],
    ['a zone of its own', '20260702143012+0200', '2026-07-02T14:30:12+02:00'],
    ['the first of two half past ones in autumn', '202610250130', '2026-10-25T01:30:00+01:00'],
    ['a time that the spring change skips', '202603290130', '2026-03-29T01:30:00+00:00'],
  ])('%s', (_what, written, meant) => {
    expect(readTime(written)).toMatchObject({ value: meant, doubt: undefined });
  });

  it.each([
    ['an hour without minutes', '2026110214', '2026-11-02'],
    ['a quarter past twenty-five', '202611022515', '2026-11-02'],
    ['a zone of twenty hours', '202611021430+2000', '2026-11-02'],
    ['month 13', '19651312', undefined],
    ['31 June', '20260631', undefined],
    ['no date', 'UNKNOWN', undefined],
    ['the year nought', '00000000', undefined],
  ])('never invents a day or a minute: %s', (_what, written, meant) => {
    const read = readTime(written);
    expect(read.value).toBe(meant);
    expect(read.doubt).toBeDefined();
  });

  it('an empty field is no doubt', () => {
    expect(readTime('')).toEqual({ value: undefined, instant: undefined, doubt: undefined });
  });

  it('a birth date loses the empty time behind it', () => {
    expect(readDay('19480312000000').value).toBe('1948-03-12');
    expect(readDay('1948').value).toBe('1948');
  });

  it('whatever is read is a FHIR date of that instant', () => {
    const text = fc.oneof(
      fc.stringMatching(/^[0-9]{0,14}([+-][0-9]{4})?$/),
      fc
        .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().replace(/\D/g, '').slice(0, 14)),
    );
    fc.assert(
      fc.property(text, (written) => {
        const { value, instant } = readTime(written);
        expect(parsePartialDate(value)?.start).toBe(instant);
      }),
    );
  });
});
