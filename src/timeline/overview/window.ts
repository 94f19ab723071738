import { monthOf, type MonthSpan, spanOf } from './months.ts';

/** How far the page opens: two years back, and two months ahead for what is booked next (T5). */
const monthsBack = 24;
const monthsAhead = 2;
const opening = monthsBack + 1 + monthsAhead;
/** Nobody's care lies further back or ahead than this: a date beyond is a slip, and must not stretch the scale. */
const mostMonthsBack = 120 * 12;
const mostMonthsAhead = 5 * 12;
/** Lengths to zoom through, in months; the whole life comes last. */
const lengths = [1, 3, 6, 12, opening, 60, 120, 240, 480];

export interface LifeInput {
  /** Epoch milliseconds. */
  now: number;
  /** Starts of dated entries, ascending. */
  starts: Float64Array;
  /** The earliest instant any connected source starts from, if one says so: the scale stands before older pages came. */
  recordsFrom: number | undefined;
}

/** The months the thin bar stretches over: from the first entry or the start of the records to what is booked last. */
export function lifeOf({ now, starts, recordsFrom }: LifeInput): MonthSpan {
  const present = monthOf(now);
  const earliest = Math.min(present - monthsBack, monthOf(Math.min(starts[0] ?? now, recordsFrom ?? now)));
  const latest = Math.max(present + monthsAhead, monthOf(starts.at(-1) ?? now));
  const first = Math.max(earliest, present - mostMonthsBack);
  return { first, months: Math.min(latest, present + mostMonthsAhead) - first + 1 };
}

/** What the chart shows when the page opens: the last two years, and a little of what lies ahead. */
export function openingWindow(now: number): MonthSpan {
  return { first: monthOf(now) - monthsBack, months: opening };
}

/** A window as near to this one as the life allows. */
export function within(window: MonthSpan, life: MonthSpan): MonthSpan {
  const months = Math.min(Math.max(1, window.months), life.months);
  const first = Math.min(Math.max(window.first, life.first), life.first + life.months - months);
  return { first, months };
}

/** The window moved by so many months, towards the future when positive, stopping at the ends of the life. */
export function moved(window: MonthSpan, by: number, life: MonthSpan): MonthSpan {
  return within({ ...window, first: window.first + by }, life);
}

/** The next length shorter (`in`) or longer (`out`), keeping the month that matters at its place on the screen. */
export function zoomed(window: MonthSpan, to: 'in' | 'out', around: number, life: MonthSpan): MonthSpan {
  const steps = [...lengths.filter((length) => length < life.months), life.months];
  const months =
    to === 'in'
      ? (steps.findLast((length) => length < window.months) ?? window.months)
      : (steps.find((length) => length > window.months) ?? window.months);
  const kept = Math.min(Math.max(around, window.first), window.first + window.months - 1);
  const share = window.months === 1 ? 0.5 : (kept - window.first) / (window.months - 1);
  return within({ first: kept - Math.round(share * (months - 1)), months }, life);
}

/**
 * The window that still shows where the list is, given the instants of the highest and lowest row in view (epoch
 * milliseconds): unmoved while the top row lies in it, else turned like a page in the direction of reading.
 */
export function following(window: MonthSpan, shown: { top: number; bottom: number }, life: MonthSpan): MonthSpan {
  const { from, to } = spanOf(window);
  if (shown.top >= from && shown.top < to) return window;
  // A little of what was passed stays in sight, so that the page that was turned can be told from the one before.
  const margin = Math.min(2, window.months - 1);
  if (shown.top < from) return within({ ...window, first: monthOf(shown.top) + 1 + margin - window.months }, life);
  return within({ ...window, first: monthOf(shown.bottom) - margin }, life);
}
