import type { Resource } from 'fhir/r4';

/**
 * Whether a resource names another person than this one: then it is never shown (wrong patient). What names nobody by id
 * is taken on the hub's word, since it was searched by this person. Absolute and versioned references count by their id;
 * one that lists several people, as an appointment may, has to name this one among them.
 */
export function namesAnother(resource: Resource, patientId: string): boolean {
  if (resource.resourceType === 'Patient') return resource.id !== patientId;
  const people = referencesOf(resource).flatMap((reference) => personOf(reference) ?? []);
  return people.length > 0 && !people.includes(patientId);
}

function referencesOf(resource: Resource): unknown[] {
  const stated = resource as unknown as Record<string, unknown>;
  const own = [stated['subject'], stated['patient'], stated['beneficiary']];
  if (resource.resourceType === 'Task') own.push(stated['for']);
  const participants = stated['participant'];
  if (resource.resourceType === 'Appointment' && Array.isArray(participants)) {
    own.push(...participants.map((one: unknown) => (one as { actor?: unknown } | null)?.actor));
  }
  return own.flat();
}

const personReference = /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

function personOf(reference: unknown): string | undefined {
  const text = (reference as { reference?: unknown } | null | undefined)?.reference;
  return typeof text === 'string' ? personReference.exec(text)?.[1] : undefined;
}
