import type { FhirResource } from 'fhir/r4';

/**
 * What one source says about one person (or, without `patient`, about its services and staff), in FHIR R4 with the
 * source's own ids: resources refer to one another as `Type/own-id` or `urn:uuid:`.
 */
export interface SourceRecord {
  /** `emis`, `system-c`, …, or the name given to a load. */
  source: string;
  /** ODS code of the organisation that states it; becomes the Provenance tag. */
  organisation: string | undefined;
  /** The source's id of the one person it is about, where their Patient need not be among the resources. */
  subject?: string | undefined;
  /** The message it came in. */
  message: { id: string; receivedAt: string };
  /** The Patient as this source holds it is among the resources; directory resources may be too. */
  resources: FhirResource[];
}

/** What became of one source record. */
export interface IntakeReport {
  /** The hub's Patient id, when the record was about a person. */
  patient: string | undefined;
  created: number;
  updated: number;
  unchanged: number;
  refused: Refusal[];
  /** What was taken but had to be mended or said: a dangling reference, an end before its start. */
  remarks: string[];
}

export interface Refusal {
  type: string;
  id: string | undefined;
  /** A sentence for the operator, without patient data. */
  reason: string;
}
