import { isDirectoryType, type ResourceType } from '../../../fhir/resource-types.ts';
import { FhirError } from '../fhir-error.ts';

/** Kept elsewhere, by rules of their own: who is who, who looked, what the person decided, where a statement came from. */
const keptElsewhere = new Set<ResourceType>(['Patient', 'AuditEvent', 'Consent', 'Provenance']);

/** Whether an app may write resources of this type: what belongs to one person, and is not kept by rules of its own. */
export function isWritable(type: ResourceType): boolean {
  return !isDirectoryType(type) && !keptElsewhere.has(type);
}

/** Throws 405 for a type that no app writes. */
export function requireWritable(type: ResourceType): void {
  if (isWritable(type)) return;
  throw new FhirError(405, 'not-supported', `${type} is not written through this interface.`, {
    allow: 'GET, HEAD, OPTIONS',
  });
}
