import type { CodeableConcept, Coding, Extension, Identifier } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import type { Repetition } from './message.ts';
import { lookUp } from './look-up.ts';

const ukCoreCodes = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-';
const hl7Codes = 'http://terminology.hl7.org/CodeSystem/';

/** A code of a UK Core CodeSystem (`AdmissionMethodEngland`). */
export function ukCore(codeSystem: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system: ukCoreCodes + codeSystem, code, display }], text: display };
}

/** A UK Core extension that holds a code. */
export function ukCoreExtra(name: string, value: CodeableConcept): Extension {
  return { url: ukCoreExtension + name, valueCodeableConcept: value };
}

/** A code of an HL7 terminology CodeSystem (`condition-clinical`). */
export function hl7Code(codeSystem: string, code: string, display?: string): CodeableConcept {
  return { coding: [{ system: hl7Codes + codeSystem, code, ...(display === undefined ? {} : { display }) }] };
}

/** `…/Id/local-{type}-identifier` of the Interweave guide; values carry the owner's ODS code before the number. */
export function localIdentifier(type: string, value: string): Identifier {
  return { system: `https://fhir.interweavedigital.nhs.uk/Id/local-${type}-identifier`, value };
}

/**
 * A coded element (CE: code, text, coding system, and the same thrice again) as FHIR, with the words of a field beside it
 * where it has none of its own; undefined when neither says anything. A code of a system that `systems` does not know is
 * kept as words, for it would mean nothing to any reader.
 */
export function conceptOf(
  element: Repetition | undefined,
  systems: Readonly<Record<string, string>>,
  beside = '',
): CodeableConcept | undefined {
  const at = (component: number): string => element?.at(component) ?? '';
  const coding: Coding[] = [];
  for (const first of [1, 4]) {
    const [code, display, name] = [asCode(at(first)), at(first + 1), at(first + 2)];
    const system = lookUp(systems, name.toUpperCase());
    if (code === '' || system === undefined) continue;
    coding.push({ system, code, ...(display === '' ? {} : { display }) });
  }
  const text = [at(2), at(5), beside.trim(), at(1), at(4)].find((words) => words !== '');
  if (text === undefined) return undefined;
  return coding.length === 0 ? { text } : { coding, text };
}

/** A code as FHIR allows one: no line breaks, no two spaces together. A broken line must not cost a whole result. */
export function asCode(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
