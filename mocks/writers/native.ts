import type { SourceId } from '../../fhir/sources.ts';

/** One message or file as a system of the borough sends it, in that system's own format. */
export interface NativeMessage {
  source: SourceId;
  /** The hub's word for the format (`hl7-v2`, `emis-csv`…). */
  format: string;
  /** Message control id or file name; no patient data. */
  label: string;
  /** When it is sent, epoch milliseconds. */
  at: number;
  /** The system's own number for the person; undefined in a file about many. */
  subject: string | undefined;
  bytes: Uint8Array;
}
