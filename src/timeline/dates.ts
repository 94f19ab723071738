import { isSummerTime, type PartialDate } from '../../fhir/partial-date.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const hourMillis = 3_600_000;
const dayMillis = 86_400_000;

/** A wall clock in Europe/London. Month and day from 1; month, day and time only as far as they are known. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  /** `BST` or `GMT` in the hour that autumn repeats, where only this tells the two apart. */
  repeated: 'BST' | 'GMT' | undefined;
}

/** From this year on UK summer time follows the rule that fhir/partial-date.ts computes with. */
const ruledFrom = Date.UTC(1996, 0, 1);
/** From this year on the yearly orders before it had a rule as well (tz database, rules GB-Eire). */
const orderedFrom = 1972;

/** The platform's clock, made when it is first asked: that takes as long as drawing some rows, and only dates before 1972 need it. */
let oldClock: Intl.DateTimeFormat | undefined;

/** The wall clock of an instant (epoch milliseconds) in Europe/London (T10). Arithmetic, so that 10,000 rows stay light. */
export function londonClock(instant: number): WallClock {
  if (instant < ruledFrom) return oldLondonClock(instant);
  const summer = isSummerTime(instant);
  const clock = utcClock(instant + (summer ? hourMillis : 0));
  if (summer && !isSummerTime(instant + hourMillis)) clock.repeated = 'BST';
  if (!summer && isSummerTime(instant - hourMillis)) clock.repeated = 'GMT';
  return clock;
}

function utcClock(instant: number): WallClock {
  const date = new Date(instant);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    repeated: undefined,
  };
}

/** Before 1996 summer time began and ended by yearly orders, and lasted from 1968 to 1971: of what lies so far back the platform knows. */
function oldLondonClock(instant: number): WallClock {
  const year = new Date(instant).getUTCFullYear();
  if (year >= orderedFrom) return utcClock(instant + (isOrderedSummer(instant, year) ? hourMillis : 0));
  const ahead = oldOffset(instant);
  return ahead === undefined ? askedClock(instant) : utcClock(instant + ahead);
}

/** From 1972 to 1995: to 1980 from 02:00 UTC after the third Saturday of March, then as now; until after the fourth Saturday of October. */
function isOrderedSummer(instant: number, year: number): boolean {
  const hour = year < 1981 ? 2 : 1;
  const from = sundayFrom(year, 3, year < 1981 ? 16 : 25, hour);
  return instant >= from && instant < sundayFrom(year, 10, year < 1990 ? 23 : 22, hour);
}

/** The first Sunday on or after a day, at an hour of UTC. */
function sundayFrom(year: number, month: number, day: number, hour: number): number {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return Date.UTC(year, month - 1, day + ((7 - weekday) % 7), hour);
}

/** Milliseconds that London was ahead of UTC for the whole of this month of UTC; undefined where it changed its clocks in it. */
function oldOffset(instant: number): number | undefined {
  if (instant < offsetsFrom) return undefined;
  const date = new Date(instant);
  const key = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (oldOffsets.has(key)) return oldOffsets.get(key);
  const first = aheadAt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth()));
  const last = aheadAt(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - 60_000);
  // No order changed the clocks twice in a month: dates.test.ts asks the platform for every day.
  const offset = first === last ? first : undefined;
  oldOffsets.set(key, offset);
  return offset;
}

/** By month, for the platform is slow to ask and a long life holds thousands of old dates. */
const oldOffsets = new Map<number, number | undefined>();
/** Nobody alive was seen before; until 1847 London's clock was no whole minute from UTC. */
const offsetsFrom = Date.UTC(1900, 0, 1);

/** `instant` at a whole minute. */
function aheadAt(instant: number): number {
  const { year, month, day, hour, minute } = askedClock(instant);
  return Date.UTC(year, month - 1, day, hour, minute) - instant;
}

function askedClock(instant: number): WallClock {
  const clock: WallClock = { year: 0, month: 1, day: 1, hour: 0, minute: 0, repeated: undefined };
  oldClock ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  for (const part of oldClock.formatToParts(instant)) {
    if (part.type === 'year') clock.year = Number(part.value);
    else if (part.type === 'month') clock.month = Number(part.value);
    else if (part.type === 'day') clock.day = Number(part.value);
    else if (part.type === 'hour') clock.hour = Number(part.value);
    else if (part.type === 'minute') clock.minute = Number(part.value);
  }
  return clock;
}

const written = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?/;
const zoned = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The wall clock of a date as its writer meant it: what was written without a zone is shown as written; what names a
 * zone is shown in London time. Only the fields up to `date.precision` mean anything.
 */
export function wallClock(date: PartialDate): WallClock {
  if (date.precision === 'time' && zoned.test(date.text)) return londonClock(date.start);
  const match = written.exec(date.text);
  if (match === null) return londonClock(date.start);
  const [, year, month, day, hour, minute] = match;
  return {
    year: Number(year),
    month: Number(month ?? '1'),
    day: Number(day ?? '1'),
    hour: Number(hour ?? '0'),
    minute: Number(minute ?? '0'),
    repeated: undefined,
  };
}

/** `14-Nov-2026`, `Apr-2019` or `2019`: exactly as much as is known, never a time (T1, T10; NHS CUI Date Display). */
export function formatDate(date: PartialDate): string {
  const clock = wallClock(date);
  const year = four(clock.year);
  if (date.precision === 'year') return year;
  if (date.precision === 'month') return `${months[clock.month - 1]}-${year}`;
  return dayOf(clock);
}

/** `02:41`, 24 hours, with ` BST` or ` GMT` in the repeated hour of autumn; undefined for what states no time. */
export function formatTime(date: PartialDate): string | undefined {
  return date.precision === 'time' ? timeOf(wallClock(date)) : undefined;
}

/** `14-Nov-2026 02:41`, or the date alone where no time is stated. */
export function formatDateTime(date: PartialDate): string {
  const time = formatTime(date);
  return time === undefined ? formatDate(date) : `${formatDate(date)} ${time}`;
}

const offset = /([+-])(\d{2}):(\d{2})$/;

/**
 * A time as its sender's clock showed it, `12-Nov-1994 22:58, UTC-05:00`, where that clock was not London's: the day
 * may be another one there. Undefined where it is London's, is UTC (a way to write, not a place), or states no zone.
 */
export function senderClock(date: PartialDate): string | undefined {
  const match = date.precision === 'time' ? offset.exec(date.text) : null;
  if (match === null) return undefined;
  const [zone, sign, hours, minutes] = match;
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (ahead === 0) return undefined;
  const there = utcClock(date.start + ahead);
  const here = londonClock(date.start);
  if (dayOf(there) === dayOf(here) && there.hour === here.hour && there.minute === here.minute) return undefined;
  return `${dayOf(there)} ${timeOf(there)}, UTC${zone}`;
}

/** `14 November 2026`, `April 2019`, `2019`, with `, 02:41` where a time is stated: for screen readers (CUI long form). */
export function spokenDate(date: PartialDate): string {
  const clock = wallClock(date);
  const year = four(clock.year);
  if (date.precision === 'year') return year;
  if (date.precision === 'month') return `${longMonths[clock.month - 1]} ${year}`;
  const day = `${clock.day} ${longMonths[clock.month - 1]} ${year}`;
  return date.precision === 'time' ? `${day}, ${timeOf(clock)}` : day;
}

/** `Tue 24-Nov-2026` for what lies ahead (look.md); a month or a year has no weekday and stays as it is. */
export function formatWeekdayDate(date: PartialDate): string {
  if (date.precision === 'year' || date.precision === 'month') return formatDate(date);
  const clock = wallClock(date);
  return `${weekdayOf(clock).slice(0, 3)} ${dayOf(clock)}`;
}

/** `14-Nov-2026 02:41` of an instant (epoch milliseconds). */
export function formatInstant(instant: number): string {
  const clock = londonClock(instant);
  return `${dayOf(clock)} ${timeOf(clock)}`;
}

/** `14-Nov-2026` of an instant (epoch milliseconds). */
export function formatDay(instant: number): string {
  return dayOf(londonClock(instant));
}

/** `14:02` of an instant (epoch milliseconds). */
export function formatClock(instant: number): string {
  return timeOf(londonClock(instant));
}

/** `Sun 22-Nov-2026` of an instant (epoch milliseconds). */
export function formatWeekday(instant: number): string {
  const clock = londonClock(instant);
  return `${weekdayOf(clock).slice(0, 3)} ${dayOf(clock)}`;
}

/** `Sunday 22 November 2026` of an instant (epoch milliseconds). */
export function spokenDay(instant: number): string {
  const clock = londonClock(instant);
  return `${weekdayOf(clock)} ${clock.day} ${longMonths[clock.month - 1]} ${four(clock.year)}`;
}

/** `November 2026`; month from 1. */
export function monthName(year: number, month: number): string {
  return `${longMonths[month - 1]} ${four(year)}`;
}

/** `Nov`; month from 1. */
export function monthAbbreviation(month: number): string {
  return months[month - 1] ?? '';
}

/** `2026-11-22` of an instant in London: for data attributes and `<time>`. */
export function isoDay(instant: number): string {
  const clock = londonClock(instant);
  return `${four(clock.year)}-${two(clock.month)}-${two(clock.day)}`;
}

/**
 * Nights of a stay: London midnights between the two dates, or undefined where either lacks its day or the end comes
 * first. A stay over a clock change still counts whole nights.
 */
export function nightsBetween(start: PartialDate, end: PartialDate): number | undefined {
  if (!hasDay(start) || !hasDay(end)) return undefined;
  const nights = dayNumber(wallClock(end)) - dayNumber(wallClock(start));
  return nights < 0 ? undefined : nights;
}

/** Whole days between two instants' London dates. */
export function daysBetween(from: number, to: number): number {
  return londonDay(to) - londonDay(from);
}

/** The number of an instant's London day, without its clock where today's rule holds: a join asks it of every pair that comes near. */
function londonDay(instant: number): number {
  if (instant < ruledFrom) return dayNumber(londonClock(instant));
  return Math.floor((instant + (isSummerTime(instant) ? hourMillis : 0)) / dayMillis);
}

export function hasDay(date: PartialDate): boolean {
  return date.precision === 'day' || date.precision === 'time';
}

function dayNumber(clock: WallClock): number {
  return Math.round(Date.UTC(clock.year, clock.month - 1, clock.day) / dayMillis);
}

function weekdayOf(clock: WallClock): string {
  const day = new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay();
  return weekdays[day] ?? '';
}

function dayOf(clock: WallClock): string {
  return `${two(clock.day)}-${months[clock.month - 1]}-${four(clock.year)}`;
}

function timeOf(clock: WallClock): string {
  const time = `${two(clock.hour)}:${two(clock.minute)}`;
  return clock.repeated === undefined ? time : `${time} ${clock.repeated}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function four(value: number): string {
  return String(value).padStart(4, '0');
}
