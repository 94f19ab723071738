import type { FhirResource } from 'fhir/r4';
import { asJson, withoutUndefined } from '../../resource/json.ts';

/** FHIR has no empty lists. */
export function listed<T>(items: readonly T[]): T[] | undefined {
  return items.length === 0 ? undefined : [...items];
}

/** Resources without the keys that have no value. */
export function plainly(resources: readonly FhirResource[]): FhirResource[] {
  return resources.map((resource) => withoutUndefined(asJson(resource)) as unknown as FhirResource);
}
