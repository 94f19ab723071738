import { isDirectoryType, type ResourceType } from '../../../fhir/resource-types.ts';
import type { Reader } from '../../access/reader.ts';
import { FhirError } from '../fhir-error.ts';

/** Kept elsewhere, by rules of their own: who is who, who looked, where a statement came from. */
const keptElsewhere = new Set<ResourceType>(['Patient', 'AuditEvent', 'Provenance']);

/** Whether an app may write resources of this type: what belongs to one person, and is not kept by rules of its own. */
export function isWritable(type: ResourceType): boolean {
  return !isDirectoryType(type) && !keptElsewhere.has(type);
}

/**
 * Throws 403 unless this reader may decide it: a choice about who may look is the person's own, whatever an app was
 * allowed and whatever role a launch stated.
 */
export function requireOwn(reader: Reader, type: ResourceType): void {
  if (type !== 'Consent' || reader.access.ground === 'self') return;
  throw new FhirError(
    403,
    'forbidden',
    'Who may look is decided by the person, signed on as themself, and by nobody else.',
  );
}

/** Throws 405 for a type that no app writes. */
export function requireWritable(type: ResourceType): void {
  if (isWritable(type)) return;
  throw new FhirError(405, 'not-supported', `${type} is not written through this interface.`, {
    allow: 'GET, HEAD, OPTIONS',
  });
}
