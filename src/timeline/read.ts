import type { CodeableConcept, Coding, Extension, Reference, Resource } from 'fhir/r4';
import { parsePartialDate, type PartialDate } from '../../fhir/partial-date.ts';

// Records nobody here wrote hold lists where one item should stand, numbers for text, and nulls. Every mapper reads
// through these, so that an odd element is left out instead of taking the whole row with it.

/** The objects of a list; a lone object counts as a list of one, anything else as none. */
export function items<T extends object>(value: readonly T[] | T | undefined | null): readonly T[] {
  if (value === undefined || value === null) return none;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  // As it stands where nothing odd is in it, which is nearly always: a record asks for tens of thousands of lists.
  return list.every(isObject) ? (list as readonly T[]) : (list.filter(isObject) as T[]);
}

const none: readonly never[] = [];

function isObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

/** Spaces that are to go: outer ones, several in a row, and any other than the plain space. */
const untidy = /^ | $| {2}|[^\S ]/;

/** Text with its outer spaces gone, or undefined when there is none. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (!untidy.test(value)) return value;
  const trimmed = value.replace(/\s+/g, ' ').trim();
  return trimmed === '' ? undefined : trimmed;
}

/** A FHIR date of any precision; undefined when absent or unreadable. */
export function date(value: unknown): PartialDate | undefined {
  return parsePartialDate(text(value));
}

const semanticTag =
  / \((?:procedure|disorder|finding|situation|environment|regime\/therapy|qualifier value|event|observable entity|record artifact|substance|person|morphologic abnormality)\)$/i;

/** What a concept says in words: its own text, else the display its writer chose. SNOMED's semantic tag is dropped. */
export function concept(value: CodeableConcept | undefined | null): string | undefined {
  const own = text(value?.text);
  const codings = items(value?.coding);
  const chosen = codings.find((coding) => coding.userSelected === true && text(coding.display) !== undefined);
  const words = own ?? text(chosen?.display) ?? codings.map((coding) => text(coding.display)).find(Boolean);
  return words?.endsWith(')') === true ? words.replace(semanticTag, '') : words;
}

const codeSystems: readonly [RegExp, string][] = [
  [/snomed\.info/, 'SNOMED CT'],
  [/loinc\.org/, 'LOINC'],
  [/dmd\.nhs\.uk/, 'dm+d'],
  [/icd-?10/i, 'ICD-10'],
  [/icd-?9/i, 'ICD-9'],
  [/rxnorm/i, 'RxNorm'],
  [/cvx$/i, 'CVX'],
];

/**
 * As `concept`; where its writer sent a code and no words, that code, said to be one (`Not named: LOINC 4548-4`), so that
 * what nobody put into words does not look as if it were not there (T3). Not for rows: a code is no title.
 */
export function conceptOrCode(value: CodeableConcept | undefined | null): string | undefined {
  const words = concept(value);
  if (words !== undefined) return words;
  const coded = codings(value).find((coding) => text(coding.code) !== undefined);
  if (coded === undefined) return undefined;
  const system = text(coded.system) ?? '';
  const name = codeSystems.find(([address]) => address.test(system))?.[1] ?? 'code';
  return `Not named: ${name} ${text(coded.code)}`;
}

/** The first concept of a list that says anything. */
export function firstConcept(value: readonly CodeableConcept[] | CodeableConcept | undefined): string | undefined {
  for (const item of items(value)) {
    const words = concept(item);
    if (words !== undefined) return words;
  }
  return undefined;
}

export function codings(value: readonly CodeableConcept[] | CodeableConcept | undefined | null): Coding[] {
  return items(value).flatMap((item) => items(item.coding));
}

/** Codes of a concept as `system|code`, in the order sent; a code without its system is left out. */
export function codeKeys(value: CodeableConcept | undefined | null): string[] {
  return codings(value).flatMap((coding) => {
    const [system, code] = [text(coding.system), text(coding.code)];
    return system === undefined || code === undefined ? [] : [`${system}|${code}`];
  });
}

/** Whether any coding of the concepts has one of the codes. */
export function hasCode(
  value: readonly CodeableConcept[] | CodeableConcept | undefined | null,
  ...codes: readonly string[]
): boolean {
  return codings(value).some((coding) => codes.includes(text(coding.code) ?? ''));
}

/** The first extension with this address, on anything that may carry extensions. */
export function extension(owner: { extension?: Extension[] } | undefined | null, url: string): Extension | undefined {
  return items(owner?.extension).find((item) => item.url === url);
}

/** `Type/id` of a reference in any form (relative, absolute, versioned), `#id` of a contained one, or undefined. */
export function referenceKey(reference: Reference | undefined | null): string | undefined {
  const value = text(reference?.reference);
  if (value === undefined) return undefined;
  if (value.startsWith('#')) return value;
  return /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(value)?.[1];
}

export function keyOf(resource: Resource): string {
  return `${text(resource.resourceType) ?? 'Resource'}/${text(resource.id) ?? 'without-id'}`;
}
