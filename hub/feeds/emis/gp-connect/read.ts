import { isObject, type JsonObject } from '../../../resource/json.ts';

// What a practice's system sends is read through these: a list where one thing should stand, a number written as text or
// a null takes nothing else with it.

/** The objects of a list; a lone object counts as a list of one, anything else as none. */
export function objects(value: unknown): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** The first object of a list, or the lone one. */
export function object(value: unknown): JsonObject | undefined {
  return objects(value)[0];
}

/** Text as it was written, or undefined where there is none but spaces. A lone text in a list counts as itself. */
export function words(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && one.trim() !== '' ? one : undefined;
}

/** An address as FHIR has them: with a space in it, it is none. */
export function uri(value: unknown): string | undefined {
  const text = words(value)?.trim();
  return text === undefined || /\s/.test(text) ? undefined : text;
}

/** A code as FHIR has them: no spaces around it, and one at a time within. */
export function code(value: unknown): string | undefined {
  return words(value)?.trim().replaceAll(/\s+/g, ' ');
}

/** The texts of a list. */
export function allWords(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => words(one) ?? []);
}

/** A number, also where it was written as text. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const text = words(value)?.trim();
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A whole number that is not below `least`. */
export function whole(value: unknown, least = 0): number | undefined {
  const number = numeric(value);
  return number !== undefined && Number.isInteger(number) && number >= least ? number : undefined;
}

export function truth(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The word, if it is one that the element may hold. */
export function oneOf<const T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  const word = words(value);
  return allowed.find((one) => one === word);
}

/** The list, or nothing: FHIR has no empty lists. */
export function some<T>(list: readonly (T | undefined)[]): T[] | undefined {
  const there = list.filter((one) => one !== undefined);
  return there.length === 0 ? undefined : there;
}

/**
 * Extensions by their short name (`ProblemSignificance`), whichever of the two publishers' addresses and versions they came
 * under: `…/Extension-CareConnect-GPC-ProblemSignificance-1`, `…/Extension-CareConnect-ProblemSignificance-1`.
 */
export function extensions(owner: JsonObject, name: string): JsonObject[] {
  return objects(owner['extension']).filter(({ url }) => shortName(words(url) ?? '') === name);
}

export function extension(owner: JsonObject, name: string): JsonObject | undefined {
  return extensions(owner, name)[0];
}

function shortName(url: string): string {
  const last = url.slice(url.lastIndexOf('/') + 1);
  return last
    .replace(/^Extension-/, '')
    .replace(/^(?:CareConnect-|GPConnect-)?(?:GPC-)?/, '')
    .replace(/-\d+$/, '');
}
