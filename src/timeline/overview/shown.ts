import type { EntryRow } from '../rows.ts';

/** What the list shows now: the highest and the lowest row in view, as places among its entry rows from 0. */
export interface ShownRows {
  first: number;
  last: number;
}

/** Where the list stands in time, and how much of it lies out of view. */
export interface Shown {
  /** Instants of the highest and lowest dated row in view; undefined when only undated rows are. */
  band: { top: number; bottom: number } | undefined;
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

/** What is in view as instants (epoch milliseconds) and counts; `folded` bookings lie above everything. */
export function shownOf(rows: readonly EntryRow[], { first, last }: ShownRows, folded: number, now: number): Shown {
  let band: Shown['band'];
  for (const row of rows.slice(first, last + 1)) {
    const at = instantOf(row, now);
    if (at === undefined) continue;
    band = { top: Math.max(at, band?.top ?? at), bottom: Math.min(at, band?.bottom ?? at) };
  }
  return { band, above: first + folded, below: Math.max(0, rows.length - 1 - last) };
}

/** The place of the first row at or before an instant, the last row when there is none, -1 without rows. */
export function placeAt(rows: readonly EntryRow[], instant: number, now: number): number {
  const place = rows.findIndex((row) => (instantOf(row, now) ?? -Infinity) <= instant);
  return place >= 0 ? place : rows.length - 1;
}
