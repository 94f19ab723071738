import { isSummerTime, londonInstant } from '../../fhir/partial-date.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday. */
  weekday: number;
}

/** What a clock on a London wall shows at this instant (epoch milliseconds). */
function wallClock(instant: number): WallClock {
  const shown = new Date(instant + (isSummerTime(instant) ? hour : 0));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    weekday: shown.getUTCDay(),
  };
}

/** FHIR dateTime with London's own offset, which is how clinical systems here write it. */
export function dateTime(instant: number): string {
  const w = wallClock(instant);
  const offset = isSummerTime(instant) ? '+01:00' : '+00:00';
  return `${date(instant)}T${two(w.hour)}:${two(w.minute)}:${two(w.second)}${offset}`;
}

/** FHIR date: the London day. */
export function date(instant: number): string {
  const w = wallClock(instant);
  return `${w.year}-${two(w.month)}-${two(w.day)}`;
}

/** The same London day, this many days on, at a wall-clock time (the same one unless given). */
export function dayAt(instant: number, days: number, atHour?: number, atMinute?: number): number {
  const w = wallClock(instant);
  const noon = Date.UTC(w.year, w.month - 1, w.day + days, 12);
  const d = new Date(noon);
  const [h, m] = atHour === undefined ? [w.hour, w.minute] : [atHour, atMinute ?? 0];
  return londonInstant(d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), h, m);
}

/** The instant itself, or the Monday after when it falls on a weekend: clinics and councils keep office days. */
export function officeDay(instant: number): number {
  const { weekday } = wallClock(instant);
  return weekday === 6 ? dayAt(instant, 2) : weekday === 0 ? dayAt(instant, 1) : instant;
}

/** Years lived at this instant, whole. */
export function ageAt(birth: number, instant: number): number {
  const [born, at] = [wallClock(birth), wallClock(instant)];
  const before = at.month < born.month || (at.month === born.month && at.day < born.day);
  return at.year - born.year - (before ? 1 : 0);
}

/** The newest change of London's clocks that lies wholly before `now`: the instant it happened. */
export function lastClockChange(now: number, which: 'spring' | 'autumn'): number {
  const month = which === 'spring' ? 3 : 10;
  const year = wallClock(now).year;
  const change = (y: number): number => {
    const last = new Date(Date.UTC(y, month, 0));
    return Date.UTC(y, month - 1, last.getUTCDate() - last.getUTCDay(), 1);
  };
  return change(year) + 2 * day < now ? change(year) : change(year - 1);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
