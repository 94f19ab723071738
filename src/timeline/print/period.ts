import { londonInstant, parsePartialDate } from '../../../fhir/partial-date.ts';
import { formatDay, londonClock } from '../dates.ts';

/** What part of a record goes onto paper (T13). */
export interface Period {
  /** First instant of it and first instant after it, epoch milliseconds; undefined where it has no end that way. */
  from: number | undefined;
  to: number | undefined;
  /** `the last 12 months, from 22-Nov-2025, with what is booked`. */
  words: string;
}

export type PeriodChoice = '3-months' | '12-months' | '24-months' | 'all' | 'chosen';

export const periodNames: Record<PeriodChoice, string> = {
  '3-months': 'Last 3 months',
  '12-months': 'Last 12 months',
  '24-months': 'Last two years',
  all: 'Everything that is loaded',
  chosen: 'From one day to another',
};

const months: Partial<Record<PeriodChoice, { months: number; words: string }>> = {
  '3-months': { months: 3, words: 'the last 3 months' },
  '12-months': { months: 12, words: 'the last 12 months' },
  '24-months': { months: 24, words: 'the last two years' },
};

/**
 * The period that was chosen; `now` in epoch milliseconds, `from` and `to` as a date field gives them (`2026-11-22`, both
 * days counted in, Europe/London). A sentence instead where the two days make no period.
 */
export function periodOf(choice: PeriodChoice, now: number, from = '', to = ''): Period | string {
  const last = months[choice];
  if (last !== undefined) {
    const start = monthsBefore(now, last.months);
    return { from: start, to: undefined, words: `${last.words}, from ${formatDay(start)}, with what is booked` };
  }
  if (choice === 'all') return { from: undefined, to: undefined, words: 'everything that is loaded' };
  const first = parsePartialDate(from);
  const final = parsePartialDate(to);
  if (first?.precision !== 'day') return 'Enter the first day of the period.';
  if (final?.precision !== 'day') return 'Enter the last day of the period.';
  if (final.start < first.start) return 'The last day lies before the first.';
  return { from: first.start, to: final.end, words: `${formatDay(first.start)} to ${formatDay(final.start)}` };
}

/** The start of the day so many months before; the last of its month where that month has no such day. */
function monthsBefore(now: number, count: number): number {
  const { year, month, day } = londonClock(now);
  const index = year * 12 + (month - 1) - count;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  const days = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return londonInstant(y, m, Math.min(day, days));
}
