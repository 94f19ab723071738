import { isResourceType } from '../../../fhir/resource-types.ts';
import { visibleReferences, type Reference } from '../../access/gate.ts';
import type { Reader } from '../../access/reader.ts';
import type { JsonObject } from '../../resource/json.ts';
import { isObject } from '../../resource/json.ts';
import { parseReference, rewriteReferences, type Rewriting } from '../../resource/reference.ts';
import type { Sql } from '../../store/database.ts';
import { FhirError } from '../fhir-error.ts';
import { isId } from '../values.ts';

/** Where references lead that are not in the store yet: `urn:uuid:…` of a transaction's other entries → `Type/id`. */
export type Assigned = ReadonlyMap<string, string>;

/** The other entries of a transaction, and what they come to, `Type/id`. */
export interface Beside {
  assigned: Assigned;
  made: ReadonlySet<string>;
}

/** A resource with its references in the hub's own form, and where they lead that has to be there. */
export interface OwnReferences {
  resource: JsonObject;
  wanted: Reference[];
}

/**
 * Puts every reference into the hub's own form, `Type/id`. Throws 422 for one that leads to another server, or is of no
 * form that could lead anywhere here.
 */
export function withOwnReferences(resource: JsonObject, base: string, { assigned, made }: Beside): OwnReferences {
  const contained = containedIds(resource);
  const wanted: Reference[] = [];
  const decide = (reference: string): Rewriting => {
    const known = assigned.get(reference);
    if (known !== undefined) return { to: known };
    const local = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
    const parsed = parseReference(local);
    if (parsed?.form === 'contained' && (parsed.id === '' || contained.has(parsed.id))) return { keep: true };
    if (parsed?.form !== 'literal' || !isResourceType(parsed.type) || !isId(parsed.id)) throw leadsNowhere();
    const own = `${parsed.type}/${parsed.id}`;
    // Of a person only the token's own: the check of the resource refuses any other.
    if (parsed.type !== 'Patient' && !made.has(own)) wanted.push({ type: parsed.type, id: parsed.id });
    return { to: own };
  };
  return { resource: rewriteReferences(resource, decide), wanted };
}

/**
 * Throws 422 unless all of these are there for this reader: what is another person's, withheld or does not exist is never
 * told apart.
 */
export async function requireVisible(sql: Sql, reader: Reader, wanted: readonly Reference[]): Promise<void> {
  if (wanted.length === 0) return;
  const distinct = new Map(wanted.map((reference) => [`${reference.type}/${reference.id}`, reference]));
  const visible = await visibleReferences(sql, reader, [...distinct.values()]);
  if (visible.size < distinct.size) throw leadsNowhere();
}

function leadsNowhere(): FhirError {
  return new FhirError(422, 'processing', 'It refers to something that is not in the record of this person here.');
}

function containedIds(resource: JsonObject): Set<unknown> {
  const { contained } = resource;
  return new Set((Array.isArray(contained) ? contained : []).map((part) => (isObject(part) ? part['id'] : undefined)));
}
