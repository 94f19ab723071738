import type { DateField, Position, RowQuery } from '../access/row-query.ts';
import { defaultCount, maximumCount } from './capabilities.ts';
import type { Capability, Parameter } from './capabilities.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { badRequest, FhirError, notSupported, quoted } from './fhir-error.ts';
import { alternatives, isId, readDate, readReference, readToken, referenceParts } from './values.ts';
import { referencePrefix } from './tokens.ts';

/** A search that has been read completely: nothing in it was ignored. */
export interface SearchRequest {
  query: RowQuery;
  /** Reference parameters whose targets come along. */
  includes: string[];
  /** The address of this very page, with `_count` as applied. */
  self: string;
  /** The address of the page after a position. */
  next(position: Position): string;
}

/** Where a search is asked: the FHIR base, and the one person the token names. */
export interface SearchContext {
  base: string;
  patient: string;
}

/**
 * Reads a query or a `_search` form. Throws FhirError: 400 for any parameter, modifier, prefix, value or include that is
 * not supported (naming it), 403 when `patient` is not the person of the token.
 */
export function readSearch(capability: Capability, given: [string, string][], context: SearchContext): SearchRequest {
  const results: Record<ResultParameter, string[]> = { _sort: [], _count: [], _include: [], _after: [], _format: [] };
  const conditions: Conditions = { ids: undefined, tokens: [], missing: [], dates: [] };
  for (const [name, value] of given) {
    if (/\p{Cc}/u.test(value)) throw badRequest(`The parameter ${quoted(name)} holds a control character.`);
    if (value === '') throw badRequest(`The parameter ${quoted(name)} has an empty value.`);
    if (isResultParameter(name)) results[name].push(value);
    else addCondition(conditions, capability, name, value, context);
  }
  const sort = readSort(capability, single('_sort', results._sort));
  const limit = readCount(single('_count', results._count));
  const includes = results._include.map((value) => readInclude(capability, value));
  const canonical = new URLSearchParams(given.filter(([name]) => name !== '_after' && name !== '_count'));
  canonical.append('_count', String(limit));
  const address = `${context.base}/${capability.type}?${canonical.toString()}`;
  const after = single('_after', results._after);
  return {
    query: {
      type: capability.type,
      ...conditions,
      sort,
      limit,
      after: after === undefined ? undefined : readCursor(after, address),
    },
    includes: [...new Set(includes)],
    self: after === undefined ? address : `${address}&_after=${after}`,
    next: (position) => `${address}&_after=${writeCursor(position, address)}`,
  };
}

/** Parameters that shape the answer; `_after` is the cursor of `next` links, `_format` is checked with the request. */
const resultParameters = ['_sort', '_count', '_include', '_after', '_format'] as const;
type ResultParameter = (typeof resultParameters)[number];

function isResultParameter(name: string): name is ResultParameter {
  return (resultParameters as readonly string[]).includes(name);
}

type Conditions = Pick<RowQuery, 'ids' | 'tokens' | 'missing' | 'dates'>;

function addCondition(
  to: Conditions,
  capability: Capability,
  given: string,
  value: string,
  context: SearchContext,
): void {
  const [name = '', modifier, ...rest] = given.split(':');
  const parameter = capability.parameters.get(name);
  if (parameter === undefined) {
    const known = [...capability.parameters.keys()].join(', ');
    throw notSupported(`The parameter ${quoted(given)} is not supported for ${capability.type}. Supported: ${known}.`);
  }
  if (modifier !== undefined) {
    if (modifier !== 'missing' || rest.length > 0 || parameter.kind !== 'reference' || !parameter.missing) {
      throw notSupported(`The modifier in ${quoted(given)} is not supported for ${capability.type}.`);
    }
    if (value !== 'true' && value !== 'false') throw badRequest(`The parameter ${given} is true or false.`);
    to.missing.push({ prefix: referencePrefix(name), missing: value === 'true' });
    return;
  }
  addValue(to, parameter, value, context);
}

function addValue(to: Conditions, parameter: Parameter, value: string, { base, patient }: SearchContext): void {
  const { name } = parameter;
  switch (parameter.kind) {
    case 'person': {
      for (const one of alternatives(name, value)) {
        const { type, id } = referenceParts(name, one, base);
        if ((type !== undefined && type !== 'Patient') || id !== patient) {
          throw new FhirError(403, 'forbidden', 'This sign-in reads one person, and the search asks for another.');
        }
      }
      break;
    }
    case 'id': {
      const ids = alternatives(name, value);
      if (!ids.every(isId)) throw badRequest('The parameter _id is an id, or ids with commas between them.');
      to.ids = to.ids === undefined ? [...new Set(ids)] : to.ids.filter((id) => ids.includes(id));
      break;
    }
    case 'date':
      to.dates.push(readDate(name, value, parameter.field));
      break;
    case 'token':
      to.tokens.push(alternatives(name, value).map((one) => readToken(name, one)));
      break;
    case 'reference':
      to.tokens.push(alternatives(name, value).flatMap((one) => readReference(name, one, parameter.targets, base)));
      break;
  }
}

function single(name: string, values: string[]): string | undefined {
  if (values.length > 1) throw badRequest(`The parameter ${name} is given more than once.`);
  return values[0];
}

/** Without `_sort` the main date, newest first: an order is needed for paging, and this is the timeline's. */
function readSort(capability: Capability, value: string | undefined): { field: DateField; descending: boolean } {
  if (value === undefined) return { field: 'date', descending: true };
  const descending = value.startsWith('-');
  const field = capability.sorts.get(descending ? value.slice(1) : value);
  if (field === undefined) {
    const known = [...capability.sorts.keys()].join(', ') || 'none';
    throw notSupported(
      `_sort=${quoted(value)} is not supported for ${capability.type}. Supported, one at a time: ${known}.`,
    );
  }
  return { field, descending };
}

function readCount(value: string | undefined): number {
  if (value === undefined) return defaultCount;
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) {
    throw badRequest(`The parameter _count is a whole number from 1 to ${maximumCount}.`);
  }
  return Math.min(Number(value), maximumCount);
}

function readInclude(capability: Capability, value: string): string {
  const param = value.startsWith(`${capability.type}:`) ? value.slice(capability.type.length + 1) : '';
  if (!capability.includes.includes(param)) {
    const known = capability.includes.map((name) => `${capability.type}:${name}`).join(', ') || 'none';
    throw notSupported(`_include=${quoted(value)} is not supported. Supported: ${known}.`);
  }
  return param;
}
