import type { Extension } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { some } from './read.ts';
import type { Reading } from './reading.ts';

/** The problems that a resource belongs to, for types whose R4 has no place of its own for them (FHIR workflow-reasonReference). */
export function problemExtensions(sent: JsonObject, reading: Reading): Extension[] | undefined {
  return some(
    (reading.problemsOf(sent) ?? []).map((problem) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/workflow-reasonReference',
      valueReference: problem,
    })),
  );
}
