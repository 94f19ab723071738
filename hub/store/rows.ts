import type { ResourceType } from '../../fhir/resource-types.ts';

/** The compartment of what belongs to nobody: services, staff, places. */
export const directory = '00000000-0000-0000-0000-000000000000';

/** A half-open span of time, ISO 8601 UTC instants; a missing side is unbounded, a missing span is not known. */
export interface Span {
  start: string | undefined;
  end: string | undefined;
}

/**
 * What search needs of a resource, extracted by typed code when it is written (hub/fhir/search-values.ts), so that
 * reading never parses content.
 */
export interface SearchValues {
  /** The type's main date (`date`, or `occurrence` for ServiceRequest, `period` for Task); sorts the timeline. */
  date: Span | undefined;
  /** The second date where the type has one: `authored`, `authored-on`. */
  authored: Span | undefined;
  /**
   * Tokens and references: `param|system|code`, `param||code` when no system is stated, `param|code` once for a search
   * by code alone, `param=Type/id` for references. One array serves every token and reference parameter.
   */
  tokens: string[];
}

/** One resource as it goes into the store. */
export interface NewRow {
  /** Person id, or `directory`. */
  patient: string;
  type: ResourceType;
  /** UUIDv5 of (source, type, the source's own identifier). */
  id: string;
  /** The source it came from: one of the six ids, or another system's name. */
  source: string;
  /** The source patient record it came with, `source|local id`: merging and unmerging people moves exactly these rows. */
  origin: string;
  /** Security labels as bits (hub/access/labels.ts); 0 is unlabelled. */
  mask: number;
  search: SearchValues;
  /** The resource as JSON text without `meta.versionId` and `meta.lastUpdated`: the store writes both in. */
  content: string;
}

/** One resource as it is read: text only, never parsed on the way out. */
export interface ReadRow {
  type: ResourceType;
  id: string;
  version: number;
  /** ISO 8601 UTC. */
  updated: string;
  content: string;
}
