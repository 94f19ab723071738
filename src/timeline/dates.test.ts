import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { londonInstant } from '../../fhir/partial-date.ts';
import {
  daysBetween,
  formatClock,
  formatDate,
  formatDateTime,
  formatDay,
  formatInstant,
  formatTime,
  formatWeekday,
  formatWeekdayDate,
  isoDay,
  londonClock,
  monthName,
  nightsBetween,
  senderClock,
  spokenDate,
  spokenDay,
} from './dates.ts';
import { now, when } from './testing.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Reads back what a reader sees; the mark of the repeated hour is all that tells its two times apart. */
function readBack(shown: string): number {
  const match = /^(\d{2})-([A-Z][a-z]{2})-(\d{4}) (\d{2}):(\d{2})(?: (BST|GMT))?$/.exec(shown);
  if (match === null) throw new Error(`unreadable: ${shown}`);
  const [, day, month, year, hour, minute, mark] = match;
  const first = londonInstant(Number(year), months.indexOf(month ?? '') + 1, Number(day), Number(hour), Number(minute));
  return mark === 'GMT' ? first + 3_600_000 : first;
}

describe('dates as they are shown (T10)', () => {
  it.each([
    ['2019', '2019'],
    ['2019-04', 'Apr-2019'],
    ['2026-11-14', '14-Nov-2026'],
    ['2026-11-04T02:41:00Z', '04-Nov-2026'],
  ])('keep exactly what %s states: %s', (text, shown) => {
    expect(formatDate(when(text))).toBe(shown);
  });

  it('never give midnight to what has no time (misreading 21)', () => {
    expect(formatTime(when('2026-11-14'))).toBeUndefined();
    expect(formatDateTime(when('2026-11-14'))).toBe('14-Nov-2026');
    expect(formatDateTime(when('2026-11-14T00:00:00Z'))).toBe('14-Nov-2026 00:00');
  });

  it('show a foreign zone in London time, on London’s day', () => {
    expect(formatDateTime(when('1989-10-04T20:25:16-04:00'))).toBe('05-Oct-1989 01:25');
    expect(formatDateTime(when('2026-07-01T23:30:00Z'))).toBe('02-Jul-2026 00:30');
    expect(formatDateTime(when('2026-01-01T08:30:00+09:00'))).toBe('31-Dec-2025 23:30');
  });

  it('show a time that names no zone as it was written, in any year', () => {
    expect(formatDateTime(when('1970-01-15T10:00'))).toBe('15-Jan-1970 10:00');
    expect(formatDateTime(when('2026-10-25T01:30'))).toBe('25-Oct-2026 01:30');
  });

  it('show London as the platform knows it on every day from 1899 to 1996, wars and doubled summer time among them', () => {
    const platform = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    });
    const two = (value: number) => String(value).padStart(2, '0');
    const wrong: string[] = [];
    const compare = (at: number) => {
      const { year, month, day, hour, minute } = londonClock(at);
      const shown = `${two(day)}/${two(month)}/${year}, ${two(hour)}:${two(minute)}`;
      const known = platform.format(at);
      if (shown !== known) wrong.push(`${shown} is ${known}`);
    };
    for (let at = Date.UTC(1899, 11, 1, 1, 7); at < Date.UTC(1996, 0, 3); at += 86_400_000 - 3_600_000) compare(at);
    // Every hour of the months in which the clocks changed, while that had a rule.
    for (let year = 1972; year < 1996; year += 1) {
      for (const month of [2, 9]) {
        for (let at = Date.UTC(year, month); at < Date.UTC(year, month + 1); at += 3_600_000) compare(at);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('show London as it was before 1996: summer time all year in 1970', () => {
    expect(formatDateTime(when('1970-01-15T10:00:00Z'))).toBe('15-Jan-1970 11:00');
  });

  it('tell the two hours of the autumn night apart', () => {
    expect(formatDateTime(when('2026-10-24T23:59:00Z'))).toBe('25-Oct-2026 00:59');
    expect(formatDateTime(when('2026-10-25T00:30:00Z'))).toBe('25-Oct-2026 01:30 BST');
    expect(formatDateTime(when('2026-10-25T01:30:00Z'))).toBe('25-Oct-2026 01:30 GMT');
    expect(formatDateTime(when('2026-10-25T02:00:00Z'))).toBe('25-Oct-2026 02:00');
  });

  it('leave out the hour that spring skips', () => {
    expect(formatDateTime(when('2026-03-29T00:59:00Z'))).toBe('29-Mar-2026 00:59');
    expect(formatDateTime(when('2026-03-29T01:00:00Z'))).toBe('29-Mar-2026 02:00');
  });

  it('lead back to the very minute, near every clock change and anywhere else', () => {
    const changes = fc
      .tuple(fc.integer({ min: 1996, max: 2060 }), fc.constantFrom(2, 9), fc.integer({ min: -2880, max: 2880 }))
      .map(([year, month, minutes]) => {
        const last = new Date(Date.UTC(year, month + 1, 0));
        return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1) + minutes * 60_000;
      });
    const anywhere = fc
      .integer({ min: Date.UTC(1996, 0, 1) / 60_000, max: Date.UTC(2090, 0, 1) / 60_000 })
      .map((minutes) => minutes * 60_000);
    fc.assert(
      fc.property(fc.oneof(changes, anywhere), (instant) => {
        expect(readBack(formatInstant(instant))).toBe(instant);
      }),
      { numRuns: 2000 },
    );
  });

  it('agree with the platform’s own clock for London', () => {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2090, 0, 1) }), (instant) => {
        const c = londonClock(instant);
        const two = (value: number) => String(value).padStart(2, '0');
        expect(`${two(c.day)}/${two(c.month)}/${c.year}, ${two(c.hour)}:${two(c.minute)}`).toBe(clock.format(instant));
      }),
    );
  });
});

describe('dates for screen readers and for what lies ahead', () => {
  it('are spoken in their long form, with the precision kept', () => {
    expect(spokenDate(when('2019'))).toBe('2019');
    expect(spokenDate(when('2019-04'))).toBe('April 2019');
    expect(spokenDate(when('2026-11-04'))).toBe('4 November 2026');
    expect(spokenDate(when('2026-10-25T01:30:00Z'))).toBe('25 October 2026, 01:30 GMT');
  });

  it('carry the weekday where a day is known', () => {
    expect(formatWeekdayDate(when('2026-11-24T14:00:00Z'))).toBe('Tue 24-Nov-2026');
    expect(formatWeekdayDate(when('2026-11-24'))).toBe('Tue 24-Nov-2026');
    expect(formatWeekdayDate(when('2027-01'))).toBe('Jan-2027');
    expect(formatWeekday(now)).toBe('Sun 22-Nov-2026');
    expect(spokenDay(now)).toBe('Sunday 22 November 2026');
  });

  it('come as single parts where a line needs them', () => {
    expect(formatDay(now)).toBe('22-Nov-2026');
    expect(formatClock(now)).toBe('10:42');
    expect(isoDay(Date.parse('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(monthName(2026, 11)).toBe('November 2026');
    expect(daysBetween(now, now + 86_400_000)).toBe(1);
  });
});

test('days between two moments are those between the dates that a reader sees of them, in every year and on both sides of a clock change', () => {
  const moment = fc.integer({ min: Date.UTC(1920, 0, 1), max: Date.UTC(2060, 0, 1) });
  const near = fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 });
  fc.assert(
    fc.property(moment, fc.oneof(moment, near), (from, other) => {
      const to = Math.abs(other) < 4 * 86_400_000 ? from + other : other;
      expect(daysBetween(from, to)).toBe((Date.parse(isoDay(to)) - Date.parse(isoDay(from))) / 86_400_000);
    }),
    { numRuns: 2_000 },
  );
});

describe('nights of a stay', () => {
  it.each([
    ['2026-11-14T02:41:00Z', '2026-11-19T15:30:00Z', 5],
    ['2026-11-14T23:50:00Z', '2026-11-15T00:10:00Z', 1],
    ['2026-11-14T00:10:00Z', '2026-11-14T23:50:00Z', 0],
    ['2026-03-28T12:00:00Z', '2026-03-30T12:00:00+01:00', 2],
    ['2026-10-24T12:00:00+01:00', '2026-10-26T12:00:00Z', 2],
    ['2026-06-30T23:30:00Z', '2026-07-01T22:30:00Z', 0],
    ['2026-11-14', '2026-11-19', 5],
  ])('from %s to %s: %i London midnights', (start, end, nights) => {
    expect(nightsBetween(when(start), when(end))).toBe(nights);
  });

  it('are not counted from half a date or backwards', () => {
    expect(nightsBetween(when('2026-11'), when('2026-11-19'))).toBeUndefined();
    expect(nightsBetween(when('2026-11-19'), when('2026'))).toBeUndefined();
    expect(nightsBetween(when('2026-11-19'), when('2026-11-14'))).toBeUndefined();
  });
});

describe('speed', () => {
  it('10,000 rows are dated in a blink', () => {
    const dates = Array.from({ length: 10_000 }, (_, i) => when(new Date(now - i * 7_777_777).toISOString()));
    const began = performance.now();
    for (const date of dates) formatDateTime(date);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("a sender's own clock", () => {
  const sent = (text: string) => senderClock(when(text));

  it('is told where it showed another time than London, and perhaps another day', () => {
    expect(sent('1994-11-12T22:58:16-05:00')).toBe('12-Nov-1994 22:58, UTC-05:00');
    expect(sent('2026-07-01T23:30:00+10:00')).toBe('01-Jul-2026 23:30, UTC+10:00');
    expect(sent('2026-12-31T20:00:00-11:30')).toBe('31-Dec-2026 20:00, UTC-11:30');
    expect(sent('2026-01-10T10:00:00+01:00')).toBe('10-Jan-2026 10:00, UTC+01:00');
  });

  it('is not told where it is London’s, or where no place is meant', () => {
    for (const text of [
      '2026-07-01T10:00:00+01:00',
      '2026-07-01T10:00:00Z',
      '2026-07-01T10:00:00+00:00',
      '2026-07-01T10:00:00',
      '2026-07-01',
      '2026',
      // Summer time all year, 1968 to 1971.
      '1970-01-10T10:00:00+01:00',
    ]) {
      expect(sent(text), text).toBeUndefined();
    }
  });

  it('shows what was written, at any offset', () => {
    const minute = fc.integer({ min: Date.UTC(1950, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 });
    fc.assert(
      fc.property(minute, fc.integer({ min: -14, max: 14 }), (at, hours) => {
        const wall = new Date(at * 60_000).toISOString().slice(0, 16);
        const zone = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
        const asWritten = `${wall.slice(8, 10)}-${months[Number(wall.slice(5, 7)) - 1]}-${wall.slice(0, 4)} ${wall.slice(11)}`;
        expect([undefined, `${asWritten}, UTC${zone}`]).toContain(sent(`${wall}:00${zone}`));
      }),
    );
  });
});
