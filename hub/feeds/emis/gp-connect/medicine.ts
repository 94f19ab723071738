import type { CodeableConcept, Reference } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { concept } from './datatypes.ts';
import { words } from './read.ts';
import type { Reading } from './reading.ts';

/**
 * What the medicine is called, with its codes. A Medication is told within what prescribes it: its name is then never one
 * reference away from its dose.
 */
export function medicineOf(
  sent: JsonObject,
  reading: Reading,
): { medicationCodeableConcept: CodeableConcept } | { medicationReference: Reference } {
  const own = concept(sent['medicationCodeableConcept']);
  if (own !== undefined) return { medicationCodeableConcept: own };
  const named = concept(reading.find(sent['medicationReference'], sent)?.['code']);
  if (named !== undefined) return { medicationCodeableConcept: named };
  const reference = reading.refer(sent['medicationReference']);
  if (reference?.display !== undefined) return { medicationReference: reference };
  reading.doubt('A medicine came without its name.');
  return { medicationCodeableConcept: { text: 'Medicine name not recorded' } };
}

/** A day that was written as its first moment, as EMIS writes the last issue of a medicine, is a day and no midnight. */
export function dayOfMidnight(value: unknown): string | undefined {
  const text = words(value)?.trim();
  return text === undefined
    ? undefined
    : (/^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text)?.[1] ?? text);
}
