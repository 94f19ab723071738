import { isResourceType } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { FhirError, quoted } from './fhir-error.ts';
import { isGroundOperation, type GroundOperation } from './grounds/operations.ts';
import { isId } from './values.ts';
import { isWritable } from './write/writable.ts';

/** What a request asks for, by its method and path alone (R4 RESTful API). */
export type Interaction =
  | { kind: 'metadata' }
  | { kind: 'smart-configuration' }
  | { kind: 'bundle' }
  | { kind: 'preflight' }
  | { kind: 'search'; type: ResourceType; form: boolean }
  | { kind: 'read'; type: ResourceType; id: string }
  | { kind: 'vread'; type: ResourceType; id: string; version: number }
  | { kind: 'history'; type: ResourceType; id: string | undefined }
  | { kind: 'everything'; id: string }
  /** An app tells that it printed: the one AuditEvent that is taken. */
  | { kind: 'print' }
  /** About the reader's own access to the record. */
  | { kind: 'grounds'; operation: GroundOperation; id: string }
  /** Without an id: of a new resource, or of the one that the query fits. */
  | { kind: 'write'; method: WriteMethod; type: ResourceType; id: string | undefined };

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Method = 'GET' | WriteMethod;
type Methods = Partial<Record<Method, Interaction>>;

/**
 * Reads method and path (below the FHIR base, no query). Throws FhirError: 404 for a type or path this server does not
 * have, 405 with Allow for a method a path does not take. HEAD is GET without a body.
 */
export function readInteraction(method: string, path: string): Interaction {
  const methods = resolve(path.split('/').filter((segment) => segment !== ''));
  if (method === 'OPTIONS') return { kind: 'preflight' };
  const interaction = methods[(method === 'HEAD' ? 'GET' : method) as Method];
  if (interaction === undefined) {
    const allow = Object.keys(methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
    throw new FhirError(405, 'not-supported', `${method} is not supported here.`, {
      allow: [...allow, 'OPTIONS'].join(', '),
    });
  }
  return interaction;
}

function resolve(segments: string[]): Methods {
  const [first, second, third, fourth, ...rest] = segments;
  if (first === undefined) return { POST: { kind: 'bundle' } };
  if (first === 'metadata' && second === undefined) return { GET: { kind: 'metadata' } };
  if (first === '.well-known' && second === 'smart-configuration' && third === undefined) {
    return { GET: { kind: 'smart-configuration' } };
  }
  if (!/^[A-Z]/.test(first)) throw unknownPath();
  if (!isResourceType(first)) {
    throw new FhirError(404, 'not-supported', `This server has no resource type ${quoted(first)}.`);
  }
  if (second === undefined) {
    return {
      GET: { kind: 'search', type: first, form: false },
      ...writes(first, undefined, ['POST', 'PUT', 'DELETE']),
      ...(first === 'AuditEvent' ? { POST: { kind: 'print' } } : {}),
    };
  }
  if (second === '_search' && third === undefined) return { POST: { kind: 'search', type: first, form: true } };
  if (second === '_history' && third === undefined) return { GET: { kind: 'history', type: first, id: undefined } };
  if (!isId(second)) throw unknownPath();
  if (third === undefined) {
    return { GET: { kind: 'read', type: first, id: second }, ...writes(first, second, ['PUT', 'PATCH', 'DELETE']) };
  }
  if (third === '_history' && fourth === undefined) return { GET: { kind: 'history', type: first, id: second } };
  if (first === 'Patient' && third === '$everything' && fourth === undefined) {
    return { GET: { kind: 'everything', id: second } };
  }
  const operation = third.startsWith('$') ? third.slice(1) : '';
  if (first === 'Patient' && isGroundOperation(operation) && fourth === undefined) {
    return { [operation === 'access' ? 'GET' : 'POST']: { kind: 'grounds', operation, id: second } };
  }
  if (third === '_history' && fourth !== undefined && rest.length === 0 && /^[1-9]\d{0,8}$/.test(fourth)) {
    return { GET: { kind: 'vread', type: first, id: second, version: Number(fourth) } };
  }
  throw unknownPath();
}

function writes(type: ResourceType, id: string | undefined, methods: readonly WriteMethod[]): Methods {
  if (!isWritable(type)) return {};
  return Object.fromEntries(methods.map((method) => [method, { kind: 'write', method, type, id }]));
}

function unknownPath(): FhirError {
  return new FhirError(
    404,
    'not-supported',
    'This server has read, version read, history, search, writing, operations on Patient and Bundles; it has no such path.',
  );
}
