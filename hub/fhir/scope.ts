import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Reader } from '../access/reader.ts';
import { FhirError } from './fhir-error.ts';

/** Letters of SMART scopes that reading needs: `r` is read and version read, `s` is search (SMART 2.2, scopes). */
export type ScopeLetter = 'r' | 's';

export function mayAsk(reader: Reader, type: ResourceType, letter: ScopeLetter): boolean {
  return reader.scopes.some((grant) => (grant.type === '*' || grant.type === type) && grant.actions.includes(letter));
}

/** Throws 403 with `insufficient_scope` (RFC 6750) when the token's scopes do not cover the interaction. */
export function requireScope(reader: Reader, type: ResourceType, letter: ScopeLetter): void {
  if (mayAsk(reader, type, letter)) return;
  const what = letter === 'r' ? 'read' : 'search';
  throw new FhirError(403, 'forbidden', `The app was not given the permission to ${what} ${type}.`, {
    'www-authenticate': `Bearer error="insufficient_scope", scope="patient/${type}.${letter}"`,
  });
}
