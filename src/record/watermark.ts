import { londonInstant } from '../../fhir/partial-date.ts';
import type { StreamId, StreamState } from './record-state.ts';

/** How far back the merged streams can be trusted. */
export interface Watermark {
  /**
   * Nothing before this instant (epoch milliseconds) is shown yet, so that nothing is ever inserted above what a reader has
   * passed (T2). Always the start of a day in London, since what has only a date takes its place among the whole day.
   * -Infinity: nothing is held back; Infinity: nothing can be shown yet.
   */
  showFrom: number;
  /** Back to which day every stream was read: `none`, an ISO date, or `all`. A failed stream counts (T3). */
  completeTo: string;
}

type Read = Pick<StreamState, 'status' | 'readBackTo'>;

/**
 * The watermark of the streams. A stream that still has pages, being read or stopped, holds older entries back; a failed
 * one does not, and leaves a gap instead (T2), which `completeTo` keeps telling.
 */
export function watermarkOf(streams: Readonly<Record<StreamId, Read>>): Watermark {
  const all = Object.values<Read>(streams);
  const live = all.filter(({ status }) => status === 'loading' || status === 'stopped');
  const unread = all.filter(({ status }) => status !== 'complete');
  return { showFrom: dayFrom(latest(live)), completeTo: wordOf(dayFrom(latest(unread))) };
}

/** The latest of the instants that streams were read back to; one that brought nothing yet was read back to nowhere. */
function latest(streams: readonly Read[]): number {
  return Math.max(-Infinity, ...streams.map(({ readBackTo }) => readBackTo ?? Infinity));
}

/** The first start of a London day at or after an instant. */
function dayFrom(instant: number): number {
  if (!Number.isFinite(instant)) return instant;
  const { year, month, day } = londonDay(instant);
  const start = londonInstant(year, month, day);
  return start === instant ? start : londonInstant(year, month, day + 1);
}

function wordOf(instant: number): string {
  if (!Number.isFinite(instant)) return instant > 0 ? 'none' : 'all';
  const { year, month, day } = londonDay(instant);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The day in London that an instant falls on: at most an hour ahead of UTC. */
function londonDay(instant: number): { year: number; month: number; day: number } {
  const utc = new Date(instant);
  const [year, month, day] = [utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate()];
  // Its last hour in summer is already the next day.
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  const ahead = londonInstant(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate()) <= instant;
  const date = ahead ? next : utc;
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
