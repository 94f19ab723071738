import type { OperationOutcome } from 'fhir/r4';
import type { ReadRow } from '../store/rows.ts';

// Bundles are joined from the stored text as it is: never parsed, never written anew (half the time, hub-engine.md 3).

/** One page of a search. */
export interface Page {
  base: string;
  self: string;
  next: string | undefined;
  /** Only where it was asked for: what this reader may see, counted. */
  total?: number | undefined;
  matches: ReadRow[];
  included: ReadRow[];
  /** What the reader must be told with the rows; they stand last. */
  outcomes: OperationOutcome[];
}

/** A searchset as JSON text. Its total, where asked for, counts what the reader may see and nothing else. */
export function searchset({ base, self, next, total, matches, included, outcomes }: Page): string {
  const links = [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next', url: next }])];
  const entries = [
    ...matches.map((row) => entry(base, row, 'match')),
    ...included.map((row) => entry(base, row, 'include')),
    ...outcomes.map(outcomeEntry),
  ];
  const counted = total === undefined ? '' : `,"total":${total}`;
  return `{"resourceType":"Bundle","type":"searchset"${counted},"link":${JSON.stringify(links)}${entryList(entries)}}`;
}

/** The answer to a batch or a transaction from its entries, each JSON text. */
export function bundleResponse(type: 'batch-response' | 'transaction-response', entries: string[]): string {
  return `{"resourceType":"Bundle","type":"${type}"${entryList(entries)}}`;
}

/** FHIR has no empty lists. */
function entryList(entries: string[]): string {
  return entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`;
}

/** An entry that tells the reader of what may be missing. */
export function outcomeEntry(outcome: OperationOutcome): string {
  return `{"resource":${JSON.stringify(outcome)},"search":{"mode":"outcome"}}`;
}

export function entry(base: string, row: ReadRow, mode: 'match' | 'include'): string {
  const fullUrl = JSON.stringify(`${base}/${row.type}/${row.id}`);
  return `{"fullUrl":${fullUrl},"resource":${row.content},"search":{"mode":"${mode}"}}`;
}
