import { isSummerTime, londonInstant, parsePartialDate } from '../../../../fhir/partial-date.ts';

/**
 * A date of the extract (`yyyy-MM-dd`, some with a time) in the precision its own column states: U none, Y, YM, YMD, YMDT.
 * Gives a FHIR date or dateTime. A time that the extract does not carry is not made up: YMDT without one is its day.
 */
export function effectiveDate(cell: string | undefined, precision: string | undefined): string | undefined {
  const written = dateOrTime(cell);
  if (written === undefined) return undefined;
  switch ((precision ?? '').toUpperCase()) {
    case 'U':
      return undefined;
    case 'Y':
      return written.slice(0, 4);
    case 'YM':
      return written.slice(0, 7);
    case 'YMD':
      return written.slice(0, 10);
    default:
      return written;
  }
}

/** Whether a cell states a date that is none (month 13), so that it must be told in words. */
export function isUnreadable(cell: string | undefined): boolean {
  return cell !== undefined && dateOrTime(cell) === undefined;
}

/** A day. */
export function day(cell: string | undefined): string | undefined {
  return dateOrTime(cell)?.slice(0, 10);
}

/** A day and a time of day in two columns, as a dateTime with London's offset; without a sound time, the day. */
export function dayAndTime(date: string | undefined, time: string | undefined): string | undefined {
  const on = day(date);
  if (on === undefined || time === undefined) return on;
  const clock = /^(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$/.exec(time);
  if (clock === null) return on;
  return withOffset(on, `${clock[1]}:${clock[2]}:${clock[3] ?? '00'}`) ?? on;
}

/** The same as an instant, for elements that take nothing less; undefined without a time. */
export function instant(date: string | undefined, time: string | undefined): string | undefined {
  const written = dayAndTime(date, time);
  return written !== undefined && written.includes('T') ? written : undefined;
}

/** A dateTime this many minutes later, on London's clock; undefined when it states no time. */
export function minutesLater(dateTime: string, minutes: number): string | undefined {
  const read = parsePartialDate(dateTime);
  if (read?.precision !== 'time') return undefined;
  const end = read.start + minutes * 60_000;
  const summer = isSummerTime(end);
  const shown = new Date(end + (summer ? 3_600_000 : 0)).toISOString().slice(0, 19);
  return `${shown}${summer ? '+01:00' : '+00:00'}`;
}

const written = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?$/;

function dateOrTime(cell: string | undefined): string | undefined {
  const [, on, clock] = written.exec(cell ?? '') ?? [];
  if (on === undefined || parsePartialDate(on) === undefined) return undefined;
  if (clock === undefined) return on;
  return withOffset(on, clock.length === 5 ? `${clock}:00` : clock) ?? on;
}

function withOffset(on: string, clock: string): string | undefined {
  const local = `${on}T${clock}`;
  if (parsePartialDate(local) === undefined) return undefined;
  const [year = 0, month = 1, dayOfMonth = 1] = on.split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
  const winter = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second);
  const isWinter = londonInstant(year, month, dayOfMonth, hour, minute, second) === winter;
  return `${local}${isWinter ? '+00:00' : '+01:00'}`;
}
