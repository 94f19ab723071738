import type { CodeableConcept, Coding } from 'fhir/r4';
import { loinc, snomed } from '../../../fhir/systems.ts';
import type { Repetition, Segment } from './message.ts';

/** Names of code systems in HL7 v2 (table 0396) and their habits here. */
const codeSystems: Readonly<Record<string, string>> = {
  LN: loinc,
  SCT: snomed,
  'SNOMED-CT': snomed,
  'SNOMED CT': snomed,
};

/**
 * A coded value (CE, CWE: code, text and system, and the same again for another system). A hospital's own codes carry no
 * system: those of two hospitals may be the same and mean two things, so they are compared within their source only.
 * @param own further names of code systems, in this sender's words
 */
export function conceptOf(
  value: Repetition | undefined,
  own: Readonly<Record<string, string>> = {},
): CodeableConcept | undefined {
  if (value === undefined) return undefined;
  const codings = [codingOf(value, 1, own), codingOf(value, 4, own)].filter((coding) => coding !== undefined);
  const text = value.at(2) || value.at(9) || value.at(5) || value.at(1) || value.at(4);
  if (codings.length === 0 && text === '') return undefined;
  return { ...(codings.length === 0 ? {} : { coding: codings }), ...(text === '' ? {} : { text }) };
}

/** The same of a segment's field, its first value. */
export function conceptIn(
  segment: Segment | undefined,
  field: number,
  own?: Readonly<Record<string, string>>,
): CodeableConcept | undefined {
  return conceptOf(segment?.values(field)[0], own);
}

function codingOf(value: Repetition, from: number, own: Readonly<Record<string, string>>): Coding | undefined {
  const code = value.at(from);
  if (code === '') return undefined;
  const named = value.at(from + 2);
  const system = own[named] ?? codeSystems[named.toUpperCase()];
  const display = value.at(from + 1);
  return { ...(system === undefined ? {} : { system }), code, ...(display === '' ? {} : { display }) };
}
