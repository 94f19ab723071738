import type { Resource } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { formatDate } from '../dates.ts';
import { sourceLabel, sourceOf } from '../source.ts';

/** A statement that something is over, stopped or ruled out. */
export interface Contrary {
  source: string;
  codes: readonly string[];
  /** `resolved`, `stopped`. */
  words: string;
  /** When it came to an end, where that is stated. */
  at: PartialDate | undefined;
}

export function contraryOf(
  resource: Resource,
  codes: readonly string[],
  words: string,
  at: PartialDate | undefined,
): Contrary {
  return { source: sourceLabel(sourceOf(resource)), codes, words, at };
}

/**
 * What other sources state against a current statement: same code, another source, and not plainly from before it began.
 * `UCLH: resolved 12-Mar-2020`, each once.
 */
export function statedAgainst(
  contraries: readonly Contrary[],
  current: { source: string | undefined; codes: readonly string[]; since: PartialDate | undefined },
): string[] {
  const source = sourceLabel(current.source);
  const found = contraries.filter(
    (one) =>
      one.source !== source &&
      one.codes.some((code) => current.codes.includes(code)) &&
      (one.at === undefined || current.since === undefined || one.at.end > current.since.start),
  );
  return [
    ...new Set(
      found.map(({ source, words, at }) => `${source}: ${words}${at === undefined ? '' : ` ${formatDate(at)}`}`),
    ),
  ];
}
