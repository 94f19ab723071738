import type { Patient, Resource } from 'fhir/r4';

/** One invented person's whole record, as a hub would answer its searches. */
export interface BenchRecord {
  patient: Patient;
  /** What the eight streams bring, newest first within each type. */
  streams: Record<string, Resource[]>;
  /** Places, staff and organisations that `_include` would bring. */
  included: Resource[];
  /** Key information: allergies, problems, medicines, plans. */
  key: Record<string, Resource[]>;
  /** Rows before events are joined; every one of them has to be reachable. */
  entries: number;
  /** Epoch milliseconds the record is told as at. */
  now: number;
}
