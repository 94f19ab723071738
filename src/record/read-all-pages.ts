import type { OperationOutcomeIssue, Resource } from 'fhir/r4';
import { ReadFailure, type Session } from '../launch/session.ts';
import { Gathered } from './gathered.ts';
import { readPage, type Page } from './page.ts';

/** A whole search, all pages of it. */
export interface WholeSearch {
  /** Each match once, in the hub's order; only of this person. */
  resources: readonly Resource[];
  included: readonly Resource[];
  issues: readonly OperationOutcomeIssue[];
  /** How many matches named another person and were dropped. */
  strangers: number;
}

const pageTimeoutMs = 20_000;

/**
 * Reads every page of a search; all or nothing, for lists that mislead when they are short (allergies). Rejects with
 * ReadFailure, `malformed` also when pages repeat.
 */
export async function readAllPages(
  session: Session,
  address: string,
  type: string,
  signal?: AbortSignal,
): Promise<WholeSearch> {
  const gathered = new Gathered();
  const asked = new Set<string>();
  const [included, issues, strangers]: [Resource[], OperationOutcomeIssue[], Set<string>] = [[], [], new Set()];
  let next: string | undefined = address;
  while (next !== undefined) {
    if (asked.has(next)) throw new ReadFailure('malformed', 'The pages of this list go round in a circle.');
    asked.add(next);
    const options = signal === undefined ? { timeoutMs: pageTimeoutMs } : { signal, timeoutMs: pageTimeoutMs };
    const page: Page = readPage((await session.read(next, options)).body, type, session.patientId);
    if (!gathered.add(page.matches)) throw new ReadFailure('malformed', 'A page of this list was sent twice.');
    included.push(...page.included);
    issues.push(...page.issues);
    for (const stranger of page.strangers) strangers.add(stranger);
    next = page.next;
  }
  return { resources: gathered.resources, included, issues, strangers: strangers.size };
}
