import { londonInstant, parsePartialDate } from '../../../fhir/partial-date.ts';

/** What a time stamp says, in FHIR's words. */
export interface ReadTime {
  /** FHIR `date` or `dateTime` in the precision stated; undefined when it cannot be read. */
  value: string | undefined;
  /** First instant of what was stated, epoch milliseconds. */
  instant: number | undefined;
  /** Why it could not be read whole; a sentence without the value. */
  doubt: string | undefined;
}

const pattern = /^(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})?(?:(\d{2})(?:\.\d{1,9})?)?)?([+-]\d{4}|Z)?$/;

/**
 * Reads an HL7 time stamp (TS, v2.4 2.9.47: `YYYY[MM[DD[HHMM[SS[.S…]]]]][+/-ZZZZ]`) of any precision. Without a zone it
 * is London's clock, which is how British systems write it. What no calendar has (month 13, 31 June) gives no date and a
 * doubt: it is never moved to a day nearby. An hour without minutes gives its day.
 */
export function readTime(text: string): ReadTime {
  const match = pattern.exec(text.trim());
  if (match === null) return text.trim() === '' ? nothing : unreadable;
  const [, year = '', month, day, hour, minute, second, zone] = match;
  const date = [year, month, day].filter((part) => part !== undefined).join('-');
  if (hour === undefined || minute === undefined || day === undefined) {
    return dated(date, hour === undefined ? undefined : 'An hour without minutes: read as its day');
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? '0') > 59) {
    return dated(date, 'A time that no clock shows: read as its day');
  }
  const clock = `${date}T${hour}:${minute}:${second ?? '00'}`;
  return timed(clock, zone === undefined ? londonOffset(clock) : offsetOf(zone));
}

/** Only the day of a time stamp: a birth date often comes with an empty time. */
export function readDay(text: string): ReadTime {
  const { value, instant, doubt } = readTime(text);
  if (value === undefined || value.length <= 10) return { value, instant, doubt };
  return dated(value.slice(0, 10), undefined);
}

const nothing: ReadTime = { value: undefined, instant: undefined, doubt: undefined };
const unreadable: ReadTime = { ...nothing, doubt: 'A date that cannot be read' };

function dated(date: string, doubt: string | undefined): ReadTime {
  const read = parsePartialDate(date);
  return read === undefined ? unreadable : { value: date, instant: read.start, doubt };
}

function timed(clock: string, offset: string | undefined): ReadTime {
  if (offset === undefined) return dated(clock.slice(0, 10), 'A zone that cannot be read: read as its day');
  const value = `${clock}${offset}`;
  const read = parsePartialDate(value);
  return read === undefined ? unreadable : { value, instant: read.start, doubt: undefined };
}

/** The offset that London's clocks had at a wall-clock time (`2026-11-02T09:30:00`). */
function londonOffset(clock: string): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = clock.split(/[-T:]/).map(Number);
  const winter = Date.UTC(year, month - 1, day, hour, minute, second);
  return londonInstant(year, month, day, hour, minute, second) === winter ? '+00:00' : '+01:00';
}

function offsetOf(zone: string): string | undefined {
  if (zone === 'Z') return '+00:00';
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  return hours > 14 || minutes > 59 ? undefined : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}
