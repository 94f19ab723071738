import { type CountableTimeInterval, type TimeInterval, utcDay, utcMonth, utcWeek, utcYear } from 'd3-time';
import { monthAbbreviation } from '../dates.ts';
import { calendarDay, startOfDay, type Span } from './months.ts';

/** A mark on the time axis. */
export interface Tick {
  /** Epoch milliseconds. */
  at: number;
  label: string;
}

interface Step {
  /** How long one step is, about, in days. */
  days: number;
  interval: TimeInterval;
}

const steps: readonly Step[] = [
  stepOf(1, utcDay, 1),
  stepOf(7, utcWeek, 1),
  stepOf(30.4, utcMonth, 1),
  stepOf(91.3, utcMonth, 3),
  stepOf(182.6, utcMonth, 6),
  stepOf(365.25, utcYear, 1),
  stepOf(730.5, utcYear, 2),
  stepOf(1826, utcYear, 5),
  stepOf(3652, utcYear, 10),
  stepOf(7305, utcYear, 20),
  stepOf(18_262, utcYear, 50),
];

const dayMillis = 86_400_000;

/**
 * Boundaries of calendar steps that cover a span, in London, ascending: the first at or before its start, the last at or
 * after its end. The shortest step of at least `least` milliseconds is taken.
 */
export function boundariesOf(span: Span, least: number): number[] {
  const { interval } = stepFor(least);
  const from = interval.floor(calendarDay(span.from));
  const to = interval.ceil(calendarDay(span.to));
  const dates = [...interval.range(from, to), to];
  return dates.map(startOfDay);
}

/** Ticks within a span with at most one for each `least` milliseconds: years by name, months and days within them. */
export function ticksOf(span: Span, least: number): Tick[] {
  const { interval, days } = stepFor(least);
  const first = calendarDay(span.from);
  return interval
    .range(interval.ceil(first), calendarDay(span.to))
    .map((date) => ({ at: startOfDay(date), label: labelOf(date, days) }))
    .filter(({ at }) => at >= span.from && at < span.to);
}

function labelOf(date: Date, days: number): string {
  const month = date.getUTCMonth() + 1;
  const name = monthAbbreviation(month);
  if (days < 28) return `${String(date.getUTCDate()).padStart(2, '0')}-${name}`;
  return days > 300 || month === 1 ? String(date.getUTCFullYear()) : name;
}

function stepFor(least: number): Step {
  const found = steps.find(({ days }) => days * dayMillis >= least) ?? steps.at(-1);
  if (found === undefined) throw new Error('there is always a longest step');
  return found;
}

function stepOf(days: number, interval: CountableTimeInterval, every: number): Step {
  return { days, interval: interval.every(every) ?? interval };
}
