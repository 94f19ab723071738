import { isSummerTime, londonInstant } from '../../../fhir/partial-date.ts';
import { monthAbbreviation } from '../dates.ts';

/** Calendar months in Europe/London, side by side: the pieces that the overview is moved and zoomed by. */
export interface MonthSpan {
  /** Months since the year 0: `year * 12 + month - 1`. */
  first: number;
  /** How many months, at least 1. */
  months: number;
}

/** Instants in epoch milliseconds: `from` lies within, `to` is the first after it. */
export interface Span {
  from: number;
  to: number;
}

/**
 * The day in London that an instant (epoch milliseconds) falls on, as a date at UTC midnight of the same name; the exact
 * way back from `londonInstant`, in every year.
 */
export function calendarDay(instant: number): Date {
  const date = new Date(instant + (isSummerTime(instant) ? 3_600_000 : 0));
  date.setUTCHours(0, 0, 0, 0);
  return date;
}

/** The first instant of a day in London, given as `calendarDay` gives it. */
export function startOfDay(day: Date): number {
  return londonInstant(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
}

/** The month an instant (epoch milliseconds) falls in, in London, counted since the year 0. */
export function monthOf(instant: number): number {
  const day = calendarDay(instant);
  return day.getUTCFullYear() * 12 + day.getUTCMonth();
}

/** The first instant of a month in London, epoch milliseconds. */
export function startOfMonth(month: number): number {
  return londonInstant(Math.floor(month / 12), (month % 12) + 1, 1);
}

export function spanOf({ first, months }: MonthSpan): Span {
  return { from: startOfMonth(first), to: startOfMonth(first + months) };
}

/** `Nov-2024` (T10). */
export function monthWords(month: number): string {
  return `${monthAbbreviation((month % 12) + 1)}-${String(Math.floor(month / 12)).padStart(4, '0')}`;
}

/** `Nov-2024 to Jan-2027`, both months whole; one month stands alone. */
export function spanWords({ first, months }: MonthSpan): string {
  return months === 1 ? monthWords(first) : `${monthWords(first)} to ${monthWords(first + months - 1)}`;
}
