/** How much of a date its writer stated. */
export type Precision = 'year' | 'month' | 'day' | 'time';

/** A FHIR `date`, `dateTime` or `instant` with the precision it was written in and the span of instants it stands for. */
export interface PartialDate {
  /** As written. */
  text: string;
  precision: Precision;
  /** First instant of the span, epoch milliseconds. */
  start: number;
  /** First instant after the span, epoch milliseconds. A stated time spans its second or millisecond. */
  end: number;
}

/** The zone every date without a zone of its own is read in, and every date is shown in (T10). */
export const zone = 'Europe/London';

const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/** What was read of the last texts: a record states each of its dates once, and is asked for it many times. */
const lastRead = new Map<string, PartialDate | undefined>();
const mostRemembered = 1024;

/**
 * Reads a FHIR date of any precision (R4 datatypes, date and dateTime), or undefined when the text is no such date.
 * Dates without a time, and times without a zone, are read in Europe/London. Lenient only where real feeds are: a time
 * without seconds or without a zone is taken. What it gives may be shared, and is never to be changed.
 */
export function parsePartialDate(text: string | undefined): PartialDate | undefined {
  if (text === undefined) return undefined;
  const known = lastRead.get(text);
  if (known !== undefined || lastRead.has(text)) return known;
  if (lastRead.size >= mostRemembered) lastRead.clear();
  const date = read(text);
  lastRead.set(text, date);
  return date;
}

function read(text: string): PartialDate | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const y = Number(year);
  // 0001-01-01 and its like are how some systems write "no date"; nobody's care happened before the year 1000.
  if (y < 1000) return undefined;
  if (month === undefined) return span(text, 'year', londonInstant(y, 1, 1), londonInstant(y + 1, 1, 1));
  const m = Number(month);
  if (m < 1 || m > 12) return undefined;
  if (day === undefined) {
    const next = m === 12 ? londonInstant(y + 1, 1, 1) : londonInstant(y, m + 1, 1);
    return span(text, 'month', londonInstant(y, m, 1), next);
  }
  const d = Number(day);
  if (d < 1 || d > daysInMonth(y, m)) return undefined;
  if (hour === undefined || minute === undefined) {
    return span(text, 'day', londonInstant(y, m, d), londonInstant(y, m, d + 1));
  }
  const [h, min, s] = [Number(hour), Number(minute), Number(second ?? '0')];
  if (h > 23 || min > 59 || s > 59) return undefined;
  const millis = fraction === undefined ? 0 : Math.floor(Number(`0${fraction}`) * 1000);
  const start =
    offset === undefined
      ? londonInstant(y, m, d, h, min, s) + millis
      : Date.UTC(y, m - 1, d, h, min, s, millis) - offsetMillis(offset);
  const length = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return span(text, 'time', start, start + length);
}

function span(text: string, precision: Precision, start: number, end: number): PartialDate {
  return { text, precision, start, end };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetMillis(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * 60_000;
}

/**
 * The instant of a wall-clock time in Europe/London, epoch milliseconds. UK summer time runs from 01:00 UTC on the last
 * Sunday of March to 01:00 UTC on the last Sunday of October (Summer Time Order 2002). A time that the spring change
 * skips is read as winter time; one that the autumn change repeats, as its first occurrence.
 */
export function londonInstant(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const winter = Date.UTC(year, month - 1, day, hour, minute, second);
  const summer = winter - 3_600_000;
  return isSummerTime(summer) ? summer : winter;
}

/** Whether Europe/London is on summer time at this instant, by today's rule (it holds from 1996). */
export function isSummerTime(instant: number): boolean {
  if (!(instant >= asked.begins && instant < asked.ends)) asked = summerOf(new Date(instant).getUTCFullYear());
  return instant >= asked.from && instant < asked.to;
}

/** A year of UTC, and its summer. Epoch milliseconds; what ends does so before the second one. */
interface Summer {
  begins: number;
  ends: number;
  from: number;
  to: number;
}

/** The years that were asked about: a life has a hundred of them, and a record asks for every date, mostly of one year after another. */
const summers = new Map<number, Summer>();
let asked: Summer = { begins: 0, ends: 0, from: 0, to: 0 };

function summerOf(year: number): Summer {
  let summer = summers.get(year);
  if (summer === undefined) {
    const [begins, ends] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    summers.set(year, (summer = { begins, ends, from: lastSunday(year, 3), to: lastSunday(year, 10) }));
  }
  return summer;
}

function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month, 0));
  return Date.UTC(year, month - 1, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}
