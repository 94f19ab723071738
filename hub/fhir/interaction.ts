import { isResourceType } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { FhirError, quoted } from './fhir-error.ts';
import { isId } from './values.ts';

/** What a request asks for, by its method and path alone (R4 RESTful API). */
export type Interaction =
  | { kind: 'metadata' }
  | { kind: 'smart-configuration' }
  | { kind: 'batch' }
  | { kind: 'preflight' }
  | { kind: 'search'; type: ResourceType; form: boolean }
  | { kind: 'read'; type: ResourceType; id: string }
  | { kind: 'vread'; type: ResourceType; id: string; version: number }
  | { kind: 'history'; type: ResourceType; id: string | undefined }
  | { kind: 'everything'; id: string };

/**
 * Reads method and path (below the FHIR base, no query). Throws FhirError: 404 for a type or path this server does not
 * have, 405 with Allow for a method a path does not take. HEAD is GET without a body.
 */
export function readInteraction(method: string, path: string): Interaction {
  const [allowed, interaction] = resolve(path.split('/').filter((segment) => segment !== ''));
  if (method === 'OPTIONS') return { kind: 'preflight' };
  if (method !== allowed && !(method === 'HEAD' && allowed === 'GET')) {
    const allow = allowed === 'GET' ? 'GET, HEAD, OPTIONS' : `${allowed}, OPTIONS`;
    throw new FhirError(405, 'not-supported', `${method} is not supported here. This server is read-only.`, {
      allow,
    });
  }
  return interaction;
}

function resolve(segments: string[]): ['GET' | 'POST', Interaction] {
  const [first, second, third, fourth, ...rest] = segments;
  if (first === undefined) return ['POST', { kind: 'batch' }];
  if (first === 'metadata' && second === undefined) return ['GET', { kind: 'metadata' }];
  if (first === '.well-known' && second === 'smart-configuration' && third === undefined) {
    return ['GET', { kind: 'smart-configuration' }];
  }
  if (!/^[A-Z]/.test(first)) throw unknownPath();
  if (!isResourceType(first)) {
    throw new FhirError(404, 'not-supported', `This server has no resource type ${quoted(first)}.`);
  }
  if (second === undefined) return ['GET', { kind: 'search', type: first, form: false }];
  if (second === '_search' && third === undefined) return ['POST', { kind: 'search', type: first, form: true }];
  if (second === '_history' && third === undefined) return ['GET', { kind: 'history', type: first, id: undefined }];
  if (!isId(second)) throw unknownPath();
  if (third === undefined) return ['GET', { kind: 'read', type: first, id: second }];
  if (third === '_history' && fourth === undefined) return ['GET', { kind: 'history', type: first, id: second }];
  if (first === 'Patient' && third === '$everything' && fourth === undefined) {
    return ['GET', { kind: 'everything', id: second }];
  }
  if (third === '_history' && fourth !== undefined && rest.length === 0 && /^[1-9]\d{0,8}$/.test(fourth)) {
    return ['GET', { kind: 'vread', type: first, id: second, version: Number(fourth) }];
  }
  throw unknownPath();
}

function unknownPath(): FhirError {
  return new FhirError(
    404,
    'not-supported',
    'This server has read, version read, history, search, Patient/$everything and batches; it has no such path.',
  );
}
