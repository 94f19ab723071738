import type { CodeableConcept } from 'fhir/r4';
import { conceptOf, hl7Code } from './concepts.ts';
import type { Dialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import type { Repetition } from './message.ts';

/** HL7 table 0270, document types; CP as Patients Know Best has it. */
const documentTypes: Readonly<Record<string, string>> = {
  AR: 'Autopsy report',
  CD: 'Cardiodiagnostics',
  CN: 'Consultation',
  CP: 'Care plan',
  DI: 'Diagnostic imaging',
  DS: 'Discharge summary',
  ED: 'Emergency department report',
  HP: 'History and physical examination',
  OP: 'Operative report',
  PC: 'Psychiatric consultation',
  PH: 'Psychiatric history and physical examination',
  PN: 'Procedure note',
  PR: 'Progress note',
  SP: 'Surgical pathology',
  TS: 'Transfer summary',
};

/** TXA-2: the sender's own words for the kind of document, else those of the table; with its code where that is the table's. */
export function documentType(
  value: Repetition | undefined,
  { codeSystems }: Pick<Dialect, 'codeSystems'>,
): CodeableConcept | undefined {
  if (value === undefined) return undefined;
  const code = value.at(1).toUpperCase();
  const display = lookUp(documentTypes, code);
  if (display === undefined) return conceptOf(value, codeSystems);
  const words = value.at(2);
  // CP is no code of the table itself.
  const coded = code === 'CP' ? {} : hl7Code('v2-0270', code, display);
  return { ...coded, text: words || display };
}
