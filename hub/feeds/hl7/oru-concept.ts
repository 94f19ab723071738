import type { CodeableConcept, Coding } from 'fhir/r4';
import { loinc, snomed } from '../../../fhir/systems.ts';
import { commonCodeSystems } from './codings.ts';
import { asCode } from './concepts.ts';
import { lookUp } from './look-up.ts';
import type { Repetition } from './message.ts';

/**
 * A test or a coded result as its laboratory states it (CE: code, text and system, and the same again). A laboratory's own
 * code is kept without a system: within its source it tells which results belong together; another laboratory's same code
 * may be another test (false join). Undefined where nothing is stated.
 */
export function testConcept(value: Repetition | undefined): CodeableConcept | undefined {
  if (value === undefined) return undefined;
  const coding = [codingOf(value, 1), codingOf(value, 4)].filter((each) => each !== undefined);
  const text = [2, 9, 5, 1, 4].map((component) => value.at(component)).find((words) => words !== '');
  if (text === undefined) return undefined;
  return coding.length === 0 ? { text } : { coding, text };
}

function codingOf(value: Repetition, first: number): Coding | undefined {
  const [code, display, name] = [asCode(value.at(first)), value.at(first + 1), value.at(first + 2).toUpperCase()];
  if (code === '') return undefined;
  const named = lookUp(commonCodeSystems, name);
  // Some senders write `LOINC` beside a code of their own: two laboratories' would be taken for one test (false join).
  const system = named === undefined || isCodeOf(named, code) ? named : undefined;
  return { ...(system === undefined ? {} : { system }), code, ...(display === '' ? {} : { display }) };
}

function isCodeOf(system: string, code: string): boolean {
  if (system === loinc) return /^\d{1,7}-\d$/.test(code);
  return system === snomed ? /^\d{6,18}$/.test(code) : true;
}
