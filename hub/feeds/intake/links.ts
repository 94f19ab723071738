import { isDirectoryType, isResourceType } from '../../../fhir/resource-types.ts';
import type { Sql } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { directory } from '../../store/rows.ts';
import { originOf } from '../../people/origin.ts';
import type { Input, Place } from './input.ts';
import type { JsonObject } from '../../resource/json.ts';
import { isObject } from '../../resource/json.ts';
import { parseReference, referencesIn, rewriteReferences, type Rewriting } from '../../resource/reference.ts';
import { sourceUri } from '../../resource/stamp.ts';
import { directoryByIdentifier, identifierKey, rowKey, storedKeys, type RowKey } from './stored.ts';

/** What the store knows of references that lead out of the input. */
export interface OutsideLinks {
  known: Set<string>;
  byIdentifier: Map<string, string>;
}

/** One resource whose references are wanted: for a person, or (undefined) for the directory. */
export interface Linking {
  input: Input;
  resource: JsonObject;
  place: Place | undefined;
}

/**
 * Looks up, in two statements for a whole batch, every reference that is not answered within its own input.
 * @param shared what an earlier look-up of these linkings found of services and staff, which are not asked for again
 */
export async function findOutside(
  sql: Sql,
  linkings: readonly Linking[],
  shared?: OutsideLinks,
): Promise<OutsideLinks> {
  const keys = new Map<string, RowKey>();
  const identifiers = new Map<string, Map<string, { type: string; system: string | undefined; value: string }>>();
  for (const { input, resource, place } of linkings) {
    for (const reference of referencesIn(resource)) {
      if (input.index.find(reference) !== undefined) continue;
      const parsed = parseReference(reference);
      if (shared !== undefined && parsed !== undefined && 'type' in parsed && isDirectoryOf(parsed.type)) continue;
      if (parsed?.form === 'literal' && isResourceType(parsed.type)) {
        const key = outsideKey(input, parsed.type, parsed.id, place);
        if (key !== undefined) keys.set(rowKey(key), key);
      } else if (parsed?.form === 'conditional' && isDirectoryOf(parsed.type)) {
        const own = identifiers.get(input.origin.source) ?? new Map<string, typeof parsed>();
        own.set(identifierKey(parsed.type, parsed.system, parsed.value), parsed);
        identifiers.set(input.origin.source, own);
      }
    }
  }
  const stored = await storedKeys(sql, [...keys.values()]);
  const known = shared === undefined || stored.size > 0 ? new Set([...(shared?.known ?? []), ...stored]) : shared.known;
  const byIdentifier = new Map(shared?.byIdentifier);
  for (const [source, wanted] of identifiers) {
    for (const [key, id] of await directoryByIdentifier(sql, source, [...wanted.values()])) {
      byIdentifier.set(`${source} ${key}`, id);
    }
  }
  return { known, byIdentifier };
}

function isDirectoryOf(type: string | undefined): boolean {
  return type !== undefined && isResourceType(type) && isDirectoryType(type);
}

function outsideKey(input: Input, type: string, ownId: string, place: Place | undefined): RowKey | undefined {
  const patient = isDirectoryOf(type) ? directory : place?.person;
  return patient === undefined ? undefined : { patient, type, id: resourceId(input.origin.source, type, ownId) };
}

/** A resource with its references in the hub's ids, and what to say about it. */
export interface Linked {
  resource: JsonObject;
  remarks: string[];
}

/**
 * Rewrites every reference to the hub's ids: within the input, else to what the same source told before, else by
 * identifier in the directory. What leads nowhere keeps its display and stays as an identifier, with a remark: an id is
 * never invented. What leads into another person's record is cut off (leaked record).
 */
export function link({ input, resource, place }: Linking, outside: OutsideLinks): Linked {
  const remarks: string[] = [];
  const contained = containedIds(resource);
  const decide = (reference: string): Rewriting => {
    const parsed = parseReference(reference);
    if (parsed?.form === 'contained') {
      if (parsed.id === '' || contained.has(parsed.id)) return { keep: true };
      return dangling('a contained resource', undefined, reference);
    }
    const entry = input.index.find(reference);
    if (entry !== undefined) {
      if (entry.problem !== undefined) return dangling(entry.type, entry.type, reference);
      if (isDirectoryType(entry.type)) return { to: `${entry.type}/${entry.hubId}` };
      const target = input.people.get(entry.localId ?? '');
      if (target === undefined || place === undefined || target.person !== place.person) return withheld(entry.type);
      return { to: entry.type === 'Patient' ? `Patient/${target.person}` : `${entry.type}/${entry.hubId}` };
    }
    if (parsed?.form === 'literal' && parsed.type === 'Patient') {
      const target = input.people.get(parsed.id);
      return target !== undefined && target.person === place?.person
        ? { to: `Patient/${target.person}` }
        : withheld('Patient');
    }
    if (parsed?.form === 'literal' && isResourceType(parsed.type)) {
      const key = outsideKey(input, parsed.type, parsed.id, place);
      if (key === undefined || !outside.known.has(rowKey(key))) return dangling(parsed.type, parsed.type, reference);
      return { to: `${parsed.type}/${key.id}` };
    }
    if (parsed?.form === 'conditional') {
      if (parsed.type === 'Patient') return withheld('Patient');
      const id = outside.byIdentifier.get(
        `${input.origin.source} ${identifierKey(parsed.type, parsed.system, parsed.value)}`,
      );
      if (id !== undefined) return { to: `${parsed.type}/${id}` };
      remarks.push(said(parsed.type));
      return { dangling: { type: parsed.type, system: parsed.system, value: parsed.value } };
    }
    const type = parsed?.form === 'literal' || parsed?.form === 'url' ? parsed.type : undefined;
    return dangling(type ?? 'a resource', type, reference, parsed?.form === 'url' ? 'urn:ietf:rfc:3986' : undefined);
  };
  const dangling = (
    what: string,
    type: string | undefined,
    value: string,
    system = sourceUri(input.origin.source),
  ): Rewriting => {
    remarks.push(said(what));
    return { dangling: { type, system, value } };
  };
  const withheld = (type: string): Rewriting => {
    remarks.push(`Reference to ${type} of another or unknown person, cut off`);
    return { withhold: true };
  };
  return { resource: rewriteReferences(resource, decide), remarks };
}

const keptAsWords = ' that is not there, kept as words';

function said(what: string): string {
  return `Reference to ${what}${keptAsWords}`;
}

/** Whether a remark says that something pointed at what is not there, or not yet. */
export function isDangling(remark: string): boolean {
  return remark.includes(keptAsWords);
}

function containedIds(resource: JsonObject): Set<string> {
  const { contained } = resource;
  const ids = (Array.isArray(contained) ? contained : []).map((part) => (isObject(part) ? part['id'] : undefined));
  return new Set(ids.filter((id) => typeof id === 'string'));
}

/** The place of a patient record by the source's own id. */
export function placeOf(input: Input, localId: string, person: string): Place {
  return { person, origin: originOf(input.origin.source, localId) };
}
