import type { Coding, FhirResource, Resource } from 'fhir/r4';
import { parsePartialDate, type PartialDate } from '../../fhir/partial-date.ts';
import { provenanceTagSystem, sourceTagSystem } from '../../fhir/systems.ts';
import type { MapContext } from './context.ts';
import type { Entry } from './entry.ts';
import { mapRecord } from './to-entries.ts';

/** The moment the tests of the timeline live in: a Sunday morning. */
export const now = Date.parse('2026-11-22T10:42:00Z');

/** Tags that say which source states a resource, and for which organisation. */
export function from(source: string, organisation?: string): { tag: Coding[] } {
  const tag = [{ system: sourceTagSystem, code: source }];
  return { tag: organisation === undefined ? tag : [...tag, { system: provenanceTagSystem, code: organisation }] };
}

export function contextOf(...included: readonly Resource[]): MapContext {
  return {
    now,
    patientId: 'p1',
    included: new Map(included.map((resource) => [`${resource.resourceType}/${resource.id ?? ''}`, resource])),
  };
}

/** A partial date that must be readable. */
export function when(text: string): PartialDate {
  const date = parsePartialDate(text);
  if (date === undefined) throw new Error(`not a date: ${text}`);
  return date;
}

/** The one entry that the resources come to. */
export function onlyEntry(resources: FhirResource[], context: MapContext = contextOf()): Entry {
  const { entries } = mapRecord(resources, context);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) throw new Error(`${entries.length} entries instead of one`);
  return entry;
}

/** An entry with nothing but what a test is about. */
export function entryOf(parts: Partial<Entry> & { key: string }): Entry {
  return {
    kind: 'visit',
    lane: 'hospital',
    state: 'closed',
    title: 'Visit',
    detail: [],
    facts: [],
    cautions: [],
    start: undefined,
    end: undefined,
    lasting: false,
    moves: [],
    children: [],
    statements: [
      {
        reference: parts.key,
        resource: { resourceType: 'Encounter', id: parts.key },
        source: undefined,
        organisation: undefined,
      },
    ],
    ...parts,
  };
}
