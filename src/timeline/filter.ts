import { type Entry, type Kind, type Lane, lanes } from './entry.ts';

/** What the reader asked to see (T6). An absent part lets everything through; nothing is filtered by default. */
export interface Filter {
  lanes?: readonly Lane[];
  /** Source ids; an entry told by any of them passes. */
  sources?: readonly string[];
  kinds?: readonly Kind[];
  /** Organisations as their Provenance tag names them. */
  organisations?: readonly string[];
  /** Only what happened from this instant on (epoch milliseconds). What has no date passes: it cannot be ruled out. */
  from?: number;
  /** Only what began before this instant. */
  to?: number;
}

export const noFilter: Filter = {};

/** Whether the filter lets an entry through. A stay passes with its own setting; what is nested goes where it goes. */
export function passes(entry: Entry, filter: Filter): boolean {
  if (filter.lanes !== undefined && !filter.lanes.includes(entry.lane)) return false;
  if (filter.kinds !== undefined && !filter.kinds.includes(entry.kind)) return false;
  const { sources, organisations, from, to } = filter;
  if (
    sources !== undefined &&
    !entry.statements.some(({ source }) => source !== undefined && sources.includes(source))
  ) {
    return false;
  }
  if (
    organisations !== undefined &&
    !entry.statements.some(({ organisation }) => organisation !== undefined && organisations.includes(organisation))
  ) {
    return false;
  }
  if (entry.start === undefined) return true;
  if (to !== undefined && entry.start.start >= to) return false;
  if (from === undefined) return true;
  // What lasts counts while it lasts, so that a long stay is not lost from the period it reaches into.
  const until = entry.lasting && entry.state === 'open' ? Infinity : Math.max(entry.start.end, entry.end?.end ?? 0);
  return until > from;
}

/** Whether a filter can hide anything. */
export function isFiltering(filter: Filter): boolean {
  return Object.values(filter).some((part) => part !== undefined);
}

/** How many entries each care setting holds, whatever the filter. */
export function countLanes(entries: readonly Entry[]): Record<Lane, number> {
  const counts = Object.fromEntries(lanes.map((lane) => [lane, 0])) as Record<Lane, number>;
  for (const entry of entries) counts[entry.lane] += 1;
  return counts;
}

/** How many entries each source tells of; an entry with two sources counts for both. Undefined sources under ''. */
export function countSources(entries: readonly Entry[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    for (const source of new Set(entry.statements.map((statement) => statement.source ?? ''))) {
      counts.set(source, (counts.get(source) ?? 0) + 1);
    }
  }
  return counts;
}
