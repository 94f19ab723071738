import { parsePartialDate } from '../../fhir/partial-date.ts';
import { isResourceType } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import type { DateCondition, DateField } from '../access/row-query.ts';
import { badRequest, notSupported } from './fhir-error.ts';
import { codeToken, referenceToken, systemToken } from './tokens.ts';

// Reading the values of search parameters (R4 search, 3.1.1.4). Errors name the parameter and never repeat a value.

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;
const prefixes = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb'] as const;
const lastInstant = Date.UTC(9999, 11, 31);

export function isId(text: string): boolean {
  return idPattern.test(text);
}

/** Splits at commas that are not escaped; each part keeps its escapes. An empty part is refused. */
export function alternatives(name: string, value: string): string[] {
  const parts = splitUnescaped(value, ',');
  if (parts.some((part) => part === '')) throw badRequest(`The parameter ${name} has an empty value.`);
  return parts;
}

/** `code`, `system|code` or `|code` (no system), as the stored token that it must match. */
export function readToken(name: string, value: string): string {
  const parts = splitUnescaped(value, '|').map(unescaped);
  const [first, second] = parts;
  if (first === undefined || parts.length > 2)
    throw badRequest(`The parameter ${name} has more than one bar in a value.`);
  if (second === undefined) return codeToken(name, first);
  if (second === '') throw notSupported(`The parameter ${name} needs a code after its system.`);
  return systemToken(name, first === '' ? undefined : first, second);
}

/** An id, `Type/id` or an address under the hub's own base, as the stored tokens of which one must match. */
export function readReference(name: string, value: string, targets: readonly ResourceType[], base: string): string[] {
  const { type, id } = referenceParts(name, unescaped(value), base);
  if (type === undefined) return targets.map((target) => referenceToken(name, target, id));
  if (!targets.includes(type)) throw badRequest(`The parameter ${name} does not point to ${type}.`);
  return [referenceToken(name, type, id)];
}

/** The type, when stated, and the id of a reference value. */
export function referenceParts(
  name: string,
  value: string,
  base: string,
): { type: ResourceType | undefined; id: string } {
  const local = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
  const [first = '', second, ...rest] = local.split('/');
  const id = second ?? first;
  if (rest.length > 0 || !isId(id)) throw badRequest(`The parameter ${name} is an id or Type/id of this server.`);
  if (second === undefined) return { type: undefined, id };
  if (!isResourceType(first)) throw badRequest(`The parameter ${name} names a type this server does not have.`);
  return { type: first, id };
}

/** A prefix and a date of any precision, read in Europe/London where it states no zone. */
export function readDate(name: string, value: string, field: DateField): DateCondition {
  if (value.includes(',')) {
    throw notSupported(`The parameter ${name} takes one date at a time; repeat it for a range.`);
  }
  const stated = /^[a-z]{2}(?=\d)/.exec(value)?.[0];
  const prefix = stated === undefined ? 'eq' : prefixes.find((known) => known === stated);
  if (prefix === undefined) throw notSupported(`The parameter ${name} has a prefix that is not supported: ${stated}.`);
  const text = stated === undefined ? value : value.slice(2);
  const date = text >= '1000' ? parsePartialDate(text) : undefined;
  if (date === undefined) {
    throw badRequest(`The parameter ${name} is not a date. In an address a + of the zone is written %2B.`);
  }
  return { field, prefix, span: { start: instant(date.start), end: instant(date.end) } };
}

function instant(millis: number): string {
  return new Date(Math.min(millis, lastInstant)).toISOString();
}

function splitUnescaped(text: string, separator: string): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character === separator) parts.push('');
    else {
      const taken = character === '\\' ? text.slice(i, i + 2) : character;
      parts[parts.length - 1] += taken;
      i += taken.length - 1;
    }
  }
  return parts;
}

function unescaped(text: string): string {
  return text.replace(/\\([,|$\\])/g, '$1');
}
