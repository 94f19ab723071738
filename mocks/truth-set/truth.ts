import type { FhirResource } from 'fhir/r4';

/** One person's record as the sources wrote it, and what really happened: which event each resource tells of. */
export interface TruthRecord {
  person: string;
  /** Tagged with source and organisation, as the hub would. */
  resources: FhirResource[];
  /** `Type/id` of a written resource → id of the happening it tells of. What tells of no event is not here. */
  labels: ReadonlyMap<string, string>;
  /** `Type/id` → the noise it was written with: `hour off`, `date only`. Nothing for what was written as it was. */
  noise: ReadonlyMap<string, readonly string[]>;
}
