import { londonInstant, parsePartialDate } from '../../../fhir/partial-date.ts';

/**
 * A day as councils export it: `2026-11-02`, `02/11/2026`, either with an empty time behind it. A FHIR date, or undefined
 * for what no calendar has (month 13): a day is never moved to one nearby.
 */
export function readDay(text: string | undefined): string | undefined {
  const [, stated = ''] = /^(\S+?)(?:[ T]00:00(?::00(?:\.0+)?)?)?$/.exec(text?.trim() ?? '') ?? [];
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(stated) ?? [];
  const date = day === undefined ? stated : `${year}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parsePartialDate(date)?.precision === 'day' ? date : undefined;
}

/** The last second of a London day, epoch milliseconds; undefined for what is no day. */
export function endOfDay(day: string | undefined): number | undefined {
  const read = readDay(day);
  if (read === undefined) return undefined;
  const [year = 0, month = 1, date = 1] = read.split('-').map(Number);
  return londonInstant(year, month, date, 23, 59, 59);
}
