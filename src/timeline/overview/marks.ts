import { boundariesOf } from './calendar.ts';
import { countBelow, type OverviewLane } from './lanes.ts';
import type { Span } from './months.ts';

/** More points than this in one calendar step stand as their count: side by side they could not be told apart (T5). */
const mostPoints = 3;

/** A calendar step with more points than can be told apart. */
export interface Crowd {
  from: number;
  to: number;
  count: number;
}

/** A bar as far as it lies in view. */
export interface BarMark {
  from: number;
  to: number;
  /** Whether its own start and end lie in view; an open one has no end and runs on past now. */
  starts: boolean;
  ends: boolean;
  open: boolean;
  /** Which of the lane's tracks it lies on, from 0, so that two at one time do not hide each other. */
  track: number;
}

/** What one lane draws in a window. Instants in epoch milliseconds. */
export interface LaneMarks {
  points: readonly number[];
  crowds: readonly Crowd[];
  bars: readonly BarMark[];
}

/** At most this many tracks; what overlaps beyond them shares the last. */
const mostTracks = 2;

/**
 * What a lane draws between two instants, with calendar steps of at least `least` milliseconds: every point of the lane
 * within the span is either drawn or in exactly one crowd. Cost grows with what is drawn, not with the lane.
 */
export function marksOf(lane: OverviewLane, span: Span, least: number): LaneMarks {
  const points: number[] = [];
  const crowds: Crowd[] = [];
  const boundaries = boundariesOf(span, least);
  for (const [index, start] of boundaries.entries()) {
    const next = boundaries[index + 1];
    if (next === undefined) break;
    const [from, to] = [Math.max(start, span.from), Math.min(next, span.to)];
    const [first, end] = [countBelow(lane.points, from), countBelow(lane.points, to)];
    if (end - first > mostPoints) crowds.push({ from, to, count: end - first });
    else points.push(...lane.points.subarray(first, end));
  }
  return { points, crowds, bars: barsIn(lane, span) };
}

function barsIn({ bars }: OverviewLane, { from, to }: Span): BarMark[] {
  const free: number[] = [];
  const marks: BarMark[] = [];
  for (const bar of bars) {
    if (bar.start >= to) break;
    // Tracks are given over all bars, so that one keeps its track while the window moves.
    let track = free.findIndex((until) => until <= bar.start);
    if (track < 0) track = Math.min(free.length, mostTracks - 1);
    free[track] = Math.max(free[track] ?? 0, bar.end);
    if (bar.end <= from) continue;
    marks.push({
      from: Math.max(bar.start, from),
      to: Math.min(bar.end, to),
      starts: bar.start >= from,
      ends: bar.end <= to,
      open: bar.end === Infinity,
      track,
    });
  }
  return marks;
}

/** How many points each of `buckets` equal parts of a span holds: the outline of a whole life. */
export function outlineOf(points: Float64Array, { from, to }: Span, buckets: number): Uint32Array {
  const counts = new Uint32Array(buckets);
  let below = countBelow(points, from);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const next = countBelow(points, from + ((to - from) * (bucket + 1)) / buckets);
    counts[bucket] = next - below;
    below = next;
  }
  return counts;
}
