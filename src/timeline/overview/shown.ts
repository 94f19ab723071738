import type { EntryRow } from '../rows.ts';

/** What the list shows now: the highest and the lowest row in view, as places among its entry rows from 0. */
export interface ShownRows {
  first: number;
  last: number;
}

/** What a list holds of a row; the feed's own items fit. */
interface RowItem {
  row: EntryRow;
}

/** Where the list stands in time, and how much of it lies out of view. */
export interface Shown {
  /** Instants (epoch milliseconds) of the highest and lowest dated row in view; undefined when only undated ones are. */
  band: { top: number; bottom: number } | undefined;
  /** Rows further up, bookings folded away among them, and further down. */
  above: number;
  below: number;
}

/**
 * The instant a row stands for in the list's order: its start; now for what is open, which is pinned there however long
 * ago it began; undefined without a date (T1).
 */
function instantOf({ band, entry }: EntryRow, now: number): number | undefined {
  if (band === 'now') return now;
  // What is planned for today without a time lies ahead, though its day began before now.
  return band === 'upcoming' ? Math.max(now, entry.start?.start ?? now) : entry.start?.start;
}

/**
 * What is in view, as instants and counts. What is pinned under Now says where the list is only when nothing else does:
 * under a filter on an old period it would point to the present.
 */
export function shownOf(items: readonly RowItem[], { first, last }: ShownRows, folded: number, now: number): Shown {
  const seen = items.slice(first, last + 1).map(({ row }) => row);
  const unpinned = seen.filter(({ band, entry }) => band !== 'now' && entry.start !== undefined);
  const at = (unpinned.length > 0 ? unpinned : seen)
    .map((row) => instantOf(row, now))
    .filter((instant) => instant !== undefined);
  return {
    band: at.length === 0 ? undefined : { top: Math.max(...at), bottom: Math.min(...at) },
    above: first + folded,
    below: Math.max(0, items.length - 1 - last),
  };
}

/** The place of the first row at or before an instant, the last row when there is none, -1 without rows. */
export function placeAt(items: readonly RowItem[], instant: number, now: number): number {
  const place = items.findIndex(({ row }) => (instantOf(row, now) ?? -Infinity) <= instant);
  return place >= 0 ? place : items.length - 1;
}
