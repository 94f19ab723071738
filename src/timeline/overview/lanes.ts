import { type Entry, type Lane, lanes } from '../entry.ts';
import type { Span } from './months.ts';

/** What lasts: a stay or a package, from its start until its end; Infinity while it is open. Epoch milliseconds. */
export interface Bar {
  start: number;
  end: number;
}

/** One care setting's entries over time. Each dated entry is either a point or a bar. */
export interface OverviewLane {
  lane: Lane;
  /** Starts of what does not last, ascending, epoch milliseconds. */
  points: Float64Array;
  /** By start, ascending. */
  bars: readonly Bar[];
  undated: number;
}

/** All entries over time, worked out once for a set of entries; every redraw after that reads it by binary search. */
export interface Overview {
  /** Settings that have anything, in their fixed order. */
  lanes: readonly OverviewLane[];
  /** Starts of all dated entries, ascending, epoch milliseconds; Float64Array for speed at 10,000. */
  starts: Float64Array;
  /** When each dated entry ends, ascending on its own; Infinity for what is open. */
  untils: Float64Array;
  /** Points of all settings, ascending. */
  points: Float64Array;
  undated: number;
}

/** Entries spread over time (T5): one pass over them, and sorting of numbers. */
export function overviewOf(entries: readonly Entry[]): Overview {
  const found = new Map<Lane, { points: number[]; bars: Bar[]; undated: number }>();
  const [starts, untils, points]: number[][] = [[], [], []];
  let undated = 0;
  for (const entry of entries) {
    let lane = found.get(entry.lane);
    if (lane === undefined) {
      lane = { points: [], bars: [], undated: 0 };
      found.set(entry.lane, lane);
    }
    if (entry.start === undefined) {
      lane.undated += 1;
      undated += 1;
      continue;
    }
    const { start } = entry.start;
    const until = untilOf(entry, entry.start.end);
    starts?.push(start);
    untils?.push(until);
    if (isBar(entry)) lane.bars.push({ start, end: until });
    else {
      lane.points.push(start);
      points?.push(start);
    }
  }
  return {
    lanes: lanes.flatMap((lane) => {
      const its = found.get(lane);
      if (its === undefined) return [];
      const bars = its.bars.sort((a, b) => a.start - b.start);
      return [{ lane, points: ascending(its.points), bars, undated: its.undated }];
    }),
    starts: ascending(starts ?? []),
    untils: ascending(untils ?? []),
    points: ascending(points ?? []),
    undated,
  };
}

/** The same end that a filter on a period goes by (filter.ts, passesPeriod). */
function untilOf({ lasting, state, end }: Entry, startEnd: number): number {
  return lasting && state === 'open' ? Infinity : Math.max(startEnd, end?.end ?? 0);
}

/** What lasted or will last with a known end, or is open. What was called off never lasted; an unknown end draws no bar. */
function isBar({ lasting, state, end }: Entry): boolean {
  return lasting && state !== 'cancelled' && state !== 'missed' && (state === 'open' || end !== undefined);
}

function ascending(numbers: readonly number[]): Float64Array {
  return Float64Array.from(numbers).sort();
}

/** How many of ascending numbers are below a value. */
export function countBelow(ascendingNumbers: Float64Array, value: number): number {
  let [low, high] = [0, ascendingNumbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascendingNumbers[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Dated entries before, within and after a span. What lasts is within while any of it is; the three add up to all. */
export function countsAround(
  { starts, untils }: Overview,
  { from, to }: Span,
): Record<'before' | 'within' | 'after', number> {
  const after = starts.length - countBelow(starts, to);
  // An end at the very start of the span lies before it.
  const before = countBelow(untils, from + 0.5);
  return { before, within: starts.length - before - after, after };
}
