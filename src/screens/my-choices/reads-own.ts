import type { Session } from '../../launch/session.ts';

/** Whether the reader is the person whose record it is: they signed in as themself (SMART 2.2, fhirUser). */
export function readsOwn({ user, patientId }: Session): boolean {
  return user.fhirUser?.endsWith(`Patient/${patientId}`) === true;
}
