import { londonInstant, parsePartialDate } from '../../../fhir/partial-date.ts';

/**
 * A day as councils export it: `2026-11-02`, `02/11/2026`, `02-Nov-2026`, a time of day behind it left out, for the return
 * has days. A FHIR date, or undefined for what no calendar has (month 13): a day is never moved to one nearby.
 */
export function readDay(text: string | undefined): string | undefined {
  const [, stated = ''] = /^(\S+?)(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(text?.trim() ?? '') ?? [];
  const [, day, month = '', year] = /^(\d{1,2})[/-](\d{1,2}|[A-Za-z]{3})[/-](\d{4})$/.exec(stated) ?? [];
  const date = day === undefined ? stated : `${year}-${numberOf(month)}-${day.padStart(2, '0')}`;
  return parsePartialDate(date)?.precision === 'day' ? date : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function numberOf(month: string): string {
  const place = months.indexOf(month.toLowerCase());
  return (place < 0 ? month : String(place + 1)).padStart(2, '0');
}

/** How some systems write that there is no end: 31 December 2999 or 9999. */
export function isNoDay(text: string): boolean {
  return (readDay(text) ?? '') >= '2200';
}

/** The last second of a London day, epoch milliseconds; undefined for what is no day. */
export function endOfDay(day: string | undefined): number | undefined {
  const read = readDay(day);
  if (read === undefined) return undefined;
  const [year = 0, month = 1, date = 1] = read.split('-').map(Number);
  return londonInstant(year, month, date, 23, 59, 59);
}
