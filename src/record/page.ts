import type { OperationOutcome, OperationOutcomeIssue, Resource } from 'fhir/r4';
import { ReadFailure } from '../launch/session.ts';
import { namesAnother } from './belongs.ts';

/** One page of a search, taken apart. */
export interface Page {
  /** Matches of this person, in the hub's order. */
  matches: Resource[];
  /** What `_include` brought. */
  included: Resource[];
  /** Issues of the OperationOutcome entries. */
  issues: OperationOutcomeIssue[];
  /** Address of the next page; undefined on the last. */
  next: string | undefined;
  /** `Type/id` of what named another person and was dropped. */
  strangers: string[];
}

/**
 * Takes a search answer apart. `Bundle.total` is never looked at (T3). Throws ReadFailure `malformed` when the body is not
 * a searchset Bundle whose entries all hold resources: half an answer is a failure, never a short list.
 */
export function readPage(body: unknown, type: string, patientId: string): Page {
  const bundle = body as { resourceType?: unknown; type?: unknown; entry?: unknown; link?: unknown } | null;
  if (typeof bundle !== 'object' || bundle?.resourceType !== 'Bundle' || bundle.type !== 'searchset') {
    throw new ReadFailure('malformed', `The answer to the search for ${type} is no list of results.`);
  }
  if (bundle.entry !== undefined && !Array.isArray(bundle.entry)) throw broken(type);
  const page: Page = { matches: [], included: [], issues: [], next: nextOf(bundle.link, type), strangers: [] };
  for (const entry of (bundle.entry ?? []) as unknown[]) addEntry(page, entry, type, patientId);
  return page;
}

function addEntry(page: Page, entry: unknown, type: string, patientId: string): void {
  const { resource, search } = (entry ?? {}) as { resource?: Partial<Resource>; search?: { mode?: unknown } };
  if (typeof resource !== 'object' || typeof resource?.resourceType !== 'string') throw broken(type);
  if (resource.resourceType === 'OperationOutcome') {
    const issues: unknown = (resource as Partial<OperationOutcome>).issue;
    if (Array.isArray(issues)) {
      page.issues.push(
        ...issues.filter((issue): issue is OperationOutcomeIssue => typeof issue === 'object' && !!issue),
      );
    }
    return;
  }
  if (typeof resource.id !== 'string' || resource.id === '') throw broken(type);
  const whole = resource as Resource;
  if (namesAnother(whole, patientId)) page.strangers.push(referenceTo(whole));
  else if (whole.resourceType === type && search?.mode !== 'include') page.matches.push(whole);
  else page.included.push(whole);
}

function nextOf(links: unknown, type: string): string | undefined {
  if (links === undefined) return undefined;
  if (!Array.isArray(links)) throw broken(type);
  const next = (links as unknown[]).find((link) => (link as { relation?: unknown } | null)?.relation === 'next');
  if (next === undefined) return undefined;
  const { url } = next as { url?: unknown };
  if (typeof url !== 'string' || url === '') throw broken(type);
  return url;
}

function broken(type: string): ReadFailure {
  return new ReadFailure('malformed', `The answer to the search for ${type} is not whole.`);
}

/** `Type/id`. */
export function referenceTo(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

/** Whether `other` is a later version of the same resource. Versions that cannot be compared leave the first standing. */
export function isNewer(other: Resource, than: Resource): boolean {
  const [a, b] = [other.meta?.lastUpdated, than.meta?.lastUpdated].map((text) => Date.parse(text ?? ''));
  if (a !== undefined && b !== undefined && !Number.isNaN(a) && !Number.isNaN(b) && a !== b) return a > b;
  return Number(other.meta?.versionId) > Number(than.meta?.versionId);
}
