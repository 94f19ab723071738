import { LosslessNumber, parse } from 'lossless-json';
import { applyPatch, type Operation } from 'rfc6902';
import { isObject, type JsonObject } from '../../resource/json.ts';
import { badRequest, FhirError } from '../fhir-error.ts';

const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);
/** Operations of one patch. */
const mostOperations = 100;

/** Reads a JSON Patch (RFC 6902). Throws 400 when it is none. */
export function readJsonPatch(value: unknown): Operation[] {
  if (!Array.isArray(value)) throw badRequest('A JSON Patch is a list of operations.');
  if (value.length > mostOperations) throw badRequest(`A JSON Patch has at most ${mostOperations} operations.`);
  for (const operation of value as unknown[]) {
    const { op, path } = isObject(operation) ? operation : {};
    if (typeof op !== 'string' || !operations.has(op) || typeof path !== 'string') {
      throw badRequest('A JSON Patch operation has an op of RFC 6902 and a path.');
    }
  }
  return value as Operation[];
}

/**
 * The resource after a patch, from the text of the one that stands; numbers stay as they were written. Throws 422 when an
 * operation does not fit, 400 when it would change what the resource is.
 */
export function patched(standing: string, patch: readonly Operation[]): JsonObject {
  const resource = marked(parse(standing)) as JsonObject;
  const { resourceType, id } = resource;
  const failed = applyPatch(resource, marked(patch) as Operation[]).some((problem) => problem !== null);
  if (failed) throw new FhirError(422, 'processing', 'An operation of the patch does not fit the resource as it is.');
  if (resource['resourceType'] !== resourceType || resource['id'] !== id) {
    throw badRequest('A patch does not change resourceType or id.');
  }
  return unmarked(resource) as JsonObject;
}

// The library copies and compares plain values only. A number goes through it as a text that no resource can hold, since
// NUL is refused on the way in.
const mark = '\0';

function marked(value: unknown): unknown {
  if (value instanceof LosslessNumber) return `${mark}${value.value}`;
  // Read as a plain one because that is how it was written (strict-json.ts).
  if (typeof value === 'number') return `${mark}${JSON.stringify(value)}`;
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, marked(part)]));
}

function unmarked(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? new LosslessNumber(value.slice(1)) : value;
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unmarked(part)]));
}
