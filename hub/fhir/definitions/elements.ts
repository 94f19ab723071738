import type { CodeableConcept, Coding, Identifier } from 'fhir/r4';
import type { Token } from '../tokens.ts';

// Reading elements of a resource that may come from anywhere: what is not of the expected shape counts as absent.

/** An element that may repeat, as a list. */
export function many<T>(element: T | T[] | undefined): T[] {
  if (element === undefined || element === null) return [];
  return Array.isArray(element) ? element.filter((item) => item !== null && item !== undefined) : [element];
}

/** The codes of Coding elements. */
export function codings(element: Coding | Coding[] | undefined): Token[] {
  return many(element).flatMap(({ system, code }) => token(system, code));
}

/** Every code of CodeableConcept elements; a concept of text alone has none. */
export function concepts(element: CodeableConcept | CodeableConcept[] | undefined): Token[] {
  return many(element).flatMap((concept) => codings(concept.coding));
}

/** Business identifiers, with their system where one is stated. */
export function identifiers(element: Identifier | Identifier[] | undefined): Token[] {
  return many(element).flatMap(({ system, value }) => token(system, value));
}

/** A `code` element: its system is the one its required value set fixes (R4 search, token on code). */
export function codes(system: string, element: string | string[] | undefined): Token[] {
  return many(element).flatMap((code) => token(system, code));
}

function token(system: string | undefined, code: string | undefined): Token[] {
  // PostgreSQL text holds no NUL.
  if (typeof code !== 'string' || code === '' || code.includes('\0') || `${system}`.includes('\0')) return [];
  return [{ system: typeof system === 'string' && system !== '' ? system : undefined, code }];
}
