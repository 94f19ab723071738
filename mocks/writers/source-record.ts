import type { FhirResource } from 'fhir/r4';
import type { SourceId } from '../../fhir/sources.ts';

/**
 * What one source says about one person, or about its services and staff: FHIR R4 with the source's own ids, the shape the
 * hub's feeds take in (structurally equal to its SourceRecord; mocks import nothing of the hub).
 */
export interface SourceRecordLike {
  source: SourceId;
  /** ODS code of the organisation that states it. */
  organisation: string | undefined;
  message: { id: string; receivedAt: string };
  resources: FhirResource[];
}
