import type { Session } from '../../launch/session.ts';

/** Whether the reader is the person whose record it is: they signed in as themself (SMART 2.2, fhirUser). */
export function readsOwn({ user, patientId }: Session): boolean {
  return user.fhirUser?.endsWith(`Patient/${patientId}`) === true;
}

/** Whether the hub granted what is asked for to share readings (src/launch/scopes.ts); a hub that does not know it leaves it out. */
export function mayShare({ scopes }: Session): boolean {
  return scopes.includes('patient/Observation.cu');
}
