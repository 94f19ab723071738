import type { PartialDate, Precision } from '../../fhir/partial-date.ts';
import type { Entry } from './entry.ts';

/** Within one instant what is stated more exactly stands above what is stated less exactly. */
const ranks: Record<Precision, number> = { time: 0, day: 1, month: 2, year: 3 };

/**
 * Newest first by the start of the span (T1, T2), so that `2019` stands below everything of 2019. Undated last. Ties
 * are settled by precision and then by key, so that the order is total and the same in every layout.
 */
export function compareEntries(a: Entry, b: Entry): number {
  return compareDates(a.start, b.start) || compareKeys(a.key, b.key);
}

/** Newest first; undefined last. 0 for the same start in the same precision. */
export function compareDates(a: PartialDate | undefined, b: PartialDate | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a.start !== b.start) return b.start - a.start;
  return ranks[a.precision] - ranks[b.precision];
}

function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
