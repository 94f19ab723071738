import type { FhirResource } from 'fhir/r4';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import { validateStructure } from '../fhir/validate.ts';
import { asJson, isObject } from './json.ts';

/**
 * Why a resource cannot be stored, or undefined. Its structure must be FHIR R4, with what real systems leave out or write
 * their own way taken as it came and remarked (`odditiesOf`): an Encounter without a class (EMIS has none), and a time
 * without a zone or seconds that can still be read.
 */
export function whyNotStored(resource: FhirResource): string | undefined {
  // PostgreSQL's text cannot hold it, and no sound record has it.
  if (JSON.stringify(resource).includes('\\u0000')) return 'It holds a NUL character.';
  const problems = validateStructure(resource).filter((problem) => !isTolerable(problem, resource));
  return problems.length === 0 ? undefined : `Its structure is not valid FHIR R4: ${problems.slice(0, 3).join(' ')}`;
}

function isTolerable(problem: string, resource: FhirResource): boolean {
  if (problem === 'Encounter.class is missing and required.') return true;
  const [, path] = /^(\S+) is not a valid (?:dateTime|instant)\.$/.exec(problem) ?? [];
  if (path === undefined) return false;
  const values = valuesAt(asJson(resource), path.split('.').slice(1));
  return values.length > 0 && values.every((value) => typeof value === 'string' && isReadableTime(value));
}

function isReadableTime(text: string): boolean {
  return text.includes('T') && parsePartialDate(text) !== undefined;
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (!isObject(value)) return [];
  const name = head.replace(/\[\d+\]$/, '');
  // `occurrence[x]` stands for whichever choice is there.
  const keys = name.endsWith('[x]') ? Object.keys(value).filter((key) => key.startsWith(name.slice(0, -3))) : [name];
  return keys.flatMap((key) => (value[key] === undefined ? [] : valuesAt(value[key], rest)));
}
