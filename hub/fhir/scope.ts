import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Reader } from '../access/reader.ts';
import { FhirError } from './fhir-error.ts';

/**
 * Letters of SMART scopes (SMART 2.2, scopes): `r` is read, version read and an instance's history, `s` is search and a type's
 * history, `c`, `u` and `d` create, update or patch, and delete.
 */
export type ScopeLetter = 'c' | 'r' | 'u' | 'd' | 's';

const letterWords: Record<ScopeLetter, string> = { c: 'create', r: 'read', u: 'update', d: 'delete', s: 'search' };

export function mayAsk(reader: Reader, type: ResourceType, letter: ScopeLetter): boolean {
  return reader.scopes.some((grant) => (grant.type === '*' || grant.type === type) && grant.actions.includes(letter));
}

/** Throws 403 with `insufficient_scope` (RFC 6750) when the token's scopes do not cover the interaction. */
export function requireScope(reader: Reader, type: ResourceType, letter: ScopeLetter): void {
  if (mayAsk(reader, type, letter)) return;
  throw new FhirError(403, 'forbidden', `The app was not given the permission to ${letterWords[letter]} ${type}.`, {
    'www-authenticate': `Bearer error="insufficient_scope", scope="patient/${type}.${letter}"`,
  });
}
