import type { FhirResource } from 'fhir/r4';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { checkStructure } from '../../fhir/validate.ts';
import type { KnownStructure } from './structure-checker.ts';
import { asJson, isObject } from '../../resource/json.ts';

/** Whether a resource can be stored, and what to say of it if so. */
export interface Admission {
  problem: string | undefined;
  /** Rules of FHIR R4 that it breaks though it can be read. */
  remarks: string[];
}

/**
 * Checks a resource on its way into the store. Its structure must be FHIR R4, with what real systems leave out or write
 * their own way taken as it came and remarked (`odditiesOf`): an Encounter without a class (EMIS has none), a time without
 * a zone or seconds, and an event's date that cannot be read, for an event that is shown as undated with the words it
 * came with is no gap (T3). A person is matched by their dates: theirs must be sound. What another core has `known` already is not checked again.
 */
export function admit(resource: FhirResource, known?: KnownStructure): Admission {
  if (isHome(resource)) {
    return { problem: 'It is a person’s home, which is not kept among the places of services.', remarks: [] };
  }
  const { problems, remarks } = known?.get(resource) ?? checkStructure(resource);
  const grave = problems.filter((problem) => !isTolerable(problem, resource));
  const problem = grave.length === 0 ? undefined : `Its structure is not valid FHIR R4: ${grave.slice(0, 3).join(' ')}`;
  const unreadable = problems.some((sentence) => datesAt(sentence, resource).some((date) => !isReadableTime(date)));
  const said = unreadable
    ? [...remarks, `${resource.resourceType} with a date that cannot be read, kept as written`]
    : remarks;
  return { problem, remarks: said };
}

/** HL7 `ho` (house), UK Core A01 (patient's home), v3 PTRES (patient's residence). */
const homeCodes = new Set(['ho', 'A01', 'PTRES']);

/** Whether a place is where somebody lives: places are the same for every reader (leaked record). */
function isHome(resource: FhirResource): boolean {
  if (resource.resourceType !== 'Location') return false;
  const codes = valuesAt(asJson(resource), ['physicalType', 'coding', 'code']);
  return [...codes, ...valuesAt(asJson(resource), ['type', 'coding', 'code'])].some((code) =>
    homeCodes.has(String(code)),
  );
}

function isTolerable(problem: string, resource: FhirResource): boolean {
  if (problem === 'Encounter.class is missing and required.') return true;
  const dates = datesAt(problem, resource);
  return dates.length > 0 && (resource.resourceType !== 'Patient' || dates.every(isReadableTime));
}

/** The texts that a problem calls no dates; none when it is about anything else, or not all of them are texts. */
function datesAt(problem: string, resource: FhirResource): string[] {
  const [, path] = /^(\S+) is not a valid (?:date|dateTime|instant)\.$/.exec(problem) ?? [];
  if (path === undefined) return [];
  const values = valuesAt(asJson(resource), path.split('.').slice(1));
  return values.every((value) => typeof value === 'string') ? values : [];
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

/** Why a text cannot be stored: PostgreSQL's text cannot hold NUL, and no sound record has it. */
export function whyNotText(content: string): string | undefined {
  return content.includes('\\u0000') ? 'It holds a NUL character.' : undefined;
}
