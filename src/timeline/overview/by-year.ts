import { wallClock } from '../dates.ts';
import type { Entry, Lane } from '../entry.ts';

/** One line of the overview in numbers: a year, or what has no date. */
export interface YearRow {
  /** Undefined: the date is not known. */
  year: number | undefined;
  counts: Readonly<Partial<Record<Lane, number>>>;
  total: number;
}

/** The overview as a table: newest year first, undated last; every entry counted once, in the year it began. */
export function yearTable(entries: readonly Entry[]): YearRow[] {
  const years = new Map<number | undefined, { counts: Partial<Record<Lane, number>>; total: number }>();
  for (const { lane, start } of entries) {
    const year = start === undefined ? undefined : wallClock(start).year;
    const row = years.get(year) ?? { counts: {}, total: 0 };
    row.counts[lane] = (row.counts[lane] ?? 0) + 1;
    row.total += 1;
    years.set(year, row);
  }
  return [...years]
    .map(([year, row]) => ({ year, ...row }))
    .sort((a, b) => (b.year ?? -Infinity) - (a.year ?? -Infinity));
}
