import { formatDate, londonClock } from '../dates.ts';
import { londonInstant, parsePartialDate } from '../../../fhir/partial-date.ts';

/** A linear axis: from, to, and the marks between. */
export interface Axis {
  from: number;
  to: number;
  ticks: readonly Tick[];
}

export interface Tick {
  at: number;
  words: string;
}

/** The position of a value on an axis drawn from `start` to `end` (any unit of length). */
export function place(value: number, { from, to }: Pick<Axis, 'from' | 'to'>, start: number, end: number): number {
  return to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
}

/**
 * An axis over all values, ended at round numbers. A bound of a stated range is taken in while it less than doubles what
 * the values span, so that a far range does not press them flat.
 */
export function valueAxis(values: readonly number[], bounds: readonly number[] = [], about = 4): Axis {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(high - low, Math.abs(high) * 0.2, Number.MIN_VALUE);
  for (const bound of bounds) {
    if (bound < low && low - bound <= room) low = bound;
    if (bound > high && bound - high <= room) high = bound;
  }
  if (low === high) [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1];
  // A step finer than a number of this size can tell apart would set one mark over another.
  const finest = Math.max(1e-9, Math.abs(low) * 1e-9, Math.abs(high) * 1e-9);
  const step = roundStep(Math.max((high - low) / about, finest));
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => {
    const at = Number(((first + index) * step).toPrecision(12));
    return { at, words: at.toFixed(digits) };
  });
  return { from: ticks[0]?.at ?? low, to: ticks.at(-1)?.at ?? high, ticks };
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5, 10].find((one) => one * power >= rough - rough * 1e-9) ?? 10;
  return times * power;
}

type Unit = 'hour' | 'day' | 'month' | 'year';
const steps: readonly (readonly [Unit, number])[] = [
  ['hour', 1],
  ['hour', 3],
  ['hour', 6],
  ['hour', 12],
  ['day', 1],
  ['day', 2],
  ['day', 7],
  ['day', 14],
  ['month', 1],
  ['month', 3],
  ['month', 6],
  ['year', 1],
  ['year', 2],
  ['year', 5],
  ['year', 10],
  ['year', 20],
  ['year', 50],
];
const lengths: Record<Unit, number> = {
  hour: 3_600_000,
  day: 86_400_000,
  month: 30.4 * 86_400_000,
  year: 365.25 * 86_400_000,
};

/** An axis of time, epoch milliseconds, with marks at London's own hours, days, months or years, at most `most`. */
export function timeAxis(from: number, to: number, most: number): Axis {
  const last = Math.max(to, from + lengths.hour);
  const [unit, size] = steps.find(([unit, size]) => (last - from) / (lengths[unit] * size) <= most) ?? ['year', 100];
  const ticks: Tick[] = [];
  const clock = londonClock(from);
  for (let index = 0; index <= most + 2; index += 1) {
    const at = tickAt(clock, unit, size, index);
    // On the night the clocks go forward, 01:00 and 02:00 are the same instant.
    if (at < from || at > last || at === ticks.at(-1)?.at) continue;
    ticks.push({ at, words: tickWords(at, unit) });
  }
  return { from, to: last, ticks };
}

function tickAt(clock: ReturnType<typeof londonClock>, unit: Unit, size: number, index: number): number {
  const { year, month, day, hour } = clock;
  if (unit === 'year') return londonInstant(Math.ceil(year / size) * size + index * size, 1, 1);
  if (unit === 'month') {
    const months = Math.ceil((month - 1) / size) * size + index * size;
    return londonInstant(year + Math.floor(months / 12), (months % 12) + 1, 1);
  }
  // Days and hours beyond the end of a month, or of a day, roll over in Date.UTC.
  if (unit === 'day') return londonInstant(year, month, day + index * size);
  return londonInstant(year, month, day, Math.ceil(hour / size) * size + index * size);
}

function tickWords(at: number, unit: Unit): string {
  const clock = londonClock(at);
  const two = (number: number) => String(number).padStart(2, '0');
  if (unit === 'hour') return `${two(clock.hour)}:${two(clock.minute)}`;
  if (unit === 'year') return String(clock.year);
  const stated = `${clock.year}-${two(clock.month)}${unit === 'month' ? '' : `-${two(clock.day)}`}`;
  const read = parsePartialDate(stated);
  return read === undefined ? stated : formatDate(read);
}
