import type { ResourceType } from '../../../fhir/resource-types.ts';
import { searchRows } from '../../access/gate.ts';
import type { Reader } from '../../access/reader.ts';
import type { JsonObject } from '../../resource/json.ts';
import type { Transaction } from '../../store/database.ts';
import type { ReadRow } from '../../store/rows.ts';
import { capabilityOf } from '../capabilities.ts';
import { badRequest, FhirError, notFound, notSupported } from '../fhir-error.ts';
import { requireScope } from '../scope.ts';
import { readSearch } from '../search-request.ts';
import { newId, type Write } from './commit.ts';
import { patched, readJsonPatch } from './json-patch.ts';
import { requireOwn, requireWritable } from './writable.ts';

/** A write as a request or an entry of a Bundle asks for it. */
export interface WriteRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  type: ResourceType;
  /** Undefined for a new resource, and where `query` says which one. */
  id: string | undefined;
  /** The search of a conditional update or delete. */
  query: [string, string][] | undefined;
  /** The search of a conditional create, without a question mark. */
  ifNoneExist: string | undefined;
  ifMatch: string | undefined;
  /** The body with numbers as written; of a patch its operations. */
  body: unknown;
}

/** What a request comes to: a write, or the resource that is there already (conditional create). */
export type Planned = { write: Write } | { standing: ReadRow } | { nothing: true };

/**
 * Reads a write: its type, its scopes, its condition. Throws FhirError: 405 for what is not written here, 403 for what the
 * token does not allow, 412 for a condition that fits several, 400 for what cannot be understood.
 */
export async function planWrite(
  sql: Transaction,
  reader: Reader,
  base: string,
  request: WriteRequest,
): Promise<Planned> {
  const { method, type } = request;
  requireWritable(type);
  const conditional = request.query !== undefined || request.ifNoneExist !== undefined;
  requireScope(reader, type, method === 'POST' ? 'c' : method === 'DELETE' ? 'd' : 'u');
  requireOwn(reader, type);
  if (conditional) requireScope(reader, type, 's');
  if (method === 'POST') return planCreate(sql, reader, base, request);
  const id = request.id ?? (await onlyMatch(sql, reader, base, type, request.query ?? []));
  const ifMatch = readIfMatch(request.ifMatch);
  if (method === 'DELETE')
    return id === undefined ? { nothing: true } : { write: { kind: 'delete', type, id, ifMatch } };
  if (id === undefined) {
    // An id of the client's own choosing is refused as well: every id here is the hub's.
    throw notFound(`No ${type} fits the condition, and an update makes none here. Create it by POST.`);
  }
  if (method === 'PATCH') {
    const operations = readJsonPatch(request.body);
    return { write: { kind: 'patch', type, id, ifMatch, apply: (standing) => patched(standing, operations) } };
  }
  const resource = resourceOf(request.body, type);
  if (request.id !== undefined && resource['id'] !== id) {
    throw badRequest('The id of the resource is to be the one of the address.');
  }
  if (request.id === undefined && resource['id'] !== undefined && resource['id'] !== id) {
    throw badRequest('The id of the resource is not the one that the condition fits.');
  }
  return { write: { kind: 'update', type, id, ifMatch, resource } };
}

async function planCreate(sql: Transaction, reader: Reader, base: string, request: WriteRequest): Promise<Planned> {
  const { type, ifNoneExist, body } = request;
  const resource = resourceOf(body, type);
  if (ifNoneExist !== undefined) {
    const query = [...new URLSearchParams(ifNoneExist)];
    if (query.length === 0) throw badRequest('If-None-Exist holds no search.');
    const rows = await matches(sql, reader, base, type, query);
    const [standing] = rows;
    if (rows.length > 1) throw severalFit(type);
    if (standing !== undefined) return { standing };
  }
  return { write: { kind: 'create', type, id: newId(), resource } };
}

/** The one resource a condition fits; undefined when it fits none. */
async function onlyMatch(
  sql: Transaction,
  reader: Reader,
  base: string,
  type: ResourceType,
  query: [string, string][],
): Promise<string | undefined> {
  if (query.length === 0) throw badRequest(`Say which ${type}: by its id in the address, or by a search.`);
  const rows = await matches(sql, reader, base, type, query);
  if (rows.length > 1) throw severalFit(type);
  return rows[0]?.id;
}

async function matches(
  sql: Transaction,
  reader: Reader,
  base: string,
  type: ResourceType,
  given: [string, string][],
): Promise<ReadRow[]> {
  const shaping = given.find(([name]) => name.startsWith('_') && name !== '_id' && name !== '_lastUpdated');
  if (shaping !== undefined)
    throw notSupported('A condition holds search parameters and nothing that shapes an answer.');
  const { query } = readSearch(capabilityOf(type), given, { base, patient: reader.patient });
  return (await searchRows(sql, reader, { ...query, limit: 2 })).rows;
}

function severalFit(type: ResourceType): FhirError {
  return new FhirError(412, 'multiple-matches', `Several resources of type ${type} fit the condition.`);
}

function resourceOf(body: unknown, type: ResourceType): JsonObject {
  const resource = (body ?? {}) as JsonObject;
  if (resource['resourceType'] !== type) throw badRequest(`The body is to be a resource of type ${type}.`);
  return resource;
}

/** `W/"3"` or `"3"` (R4 RESTful API, managing resource contention). Throws 400 for anything else. */
function readIfMatch(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const version = /^(?:W\/)?"([1-9]\d{0,8})"$/.exec(value.trim())?.[1];
  if (version === undefined) throw badRequest('If-Match is to be one ETag of this server.');
  return Number(version);
}
