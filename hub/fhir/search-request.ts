import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Pointer } from '../access/revinclude.ts';
import type { DateField, Position, RowQuery } from '../access/row-query.ts';
import { defaultCount } from './capabilities.ts';
import type { Capability } from './capabilities.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { readElements } from './elements.ts';
import { badRequest, notSupported, quoted } from './fhir-error.ts';
import { readCount } from './page-parameters.ts';
import { addCondition } from './search-conditions.ts';
import type { Conditions, SearchContext } from './search-conditions.ts';

/** A search that has been read completely: nothing in it was ignored. */
export interface SearchRequest {
  query: RowQuery;
  /** Reference parameters whose targets come along. */
  includes: string[];
  /** Reference parameters of other types whose rows come along where they point at a match. */
  revincludes: Pointer[];
  /** Whether the count of all matches is wanted (`_total=accurate`). */
  total: boolean;
  /** Whether nothing but the count is wanted (`_summary=count`). */
  countOnly: boolean;
  /** The elements wanted of each match; undefined is all of them. */
  elements: string[] | undefined;
  /** The address of this very page, with `_count` as applied. */
  self: string;
  /** The address of the page after a position. */
  next(position: Position): string;
}

/**
 * Reads a query or a `_search` form. Throws FhirError: 400 for any parameter, modifier, prefix, value or include that is
 * not supported (naming it), 403 when `patient` is not the person of the token.
 */
export function readSearch(capability: Capability, given: [string, string][], context: SearchContext): SearchRequest {
  const results = Object.fromEntries(resultParameters.map((name) => [name, [] as string[]])) as Record<
    ResultParameter,
    string[]
  >;
  const conditions: Conditions = { ids: undefined, tokens: [], missing: [], dates: [] };
  for (const [name, value] of given) {
    if (/\p{Cc}/u.test(value)) throw badRequest(`The parameter ${quoted(name)} holds a control character.`);
    if (value === '') throw badRequest(`The parameter ${quoted(name)} has an empty value.`);
    if (isResultParameter(name)) results[name].push(value);
    else addCondition(conditions, capability, name, value, context);
  }
  const sort = readSort(capability, single('_sort', results._sort));
  const limit = readCount(single('_count', results._count)) ?? defaultCount;
  const includes = results._include.map((value) => readInclude(capability, value));
  const revincludes = [...new Set(results._revinclude)].map((value) => readRevinclude(capability, value));
  const elements = single('_elements', results._elements);
  const total = readTotal(capability, single('_total', results._total));
  const countOnly = readSummary(capability, single('_summary', results._summary));
  if (countOnly && (elements !== undefined || includes.length + revincludes.length > 0)) {
    throw badRequest(
      '_summary=count answers no resources, so that _elements, _include and _revinclude do not go with it.',
    );
  }
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
    revincludes,
    total,
    countOnly,
    elements: elements === undefined ? undefined : readElements(capability.type, elements),
    self: after === undefined ? address : `${address}&_after=${after}`,
    next: (position) => `${address}&_after=${writeCursor(position, address)}`,
  };
}

/** Parameters that shape the answer; `_after` is the cursor of `next` links, `_format` is checked with the request. */
export const resultParameters = [
  '_sort',
  '_count',
  '_include',
  '_revinclude',
  '_total',
  '_summary',
  '_elements',
  '_after',
  '_format',
] as const;
type ResultParameter = (typeof resultParameters)[number];

function isResultParameter(name: string): name is ResultParameter {
  return (resultParameters as readonly string[]).includes(name);
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

function readInclude(capability: Capability, value: string): string {
  const param = value.startsWith(`${capability.type}:`) ? value.slice(capability.type.length + 1) : '';
  if (!capability.includes.includes(param)) {
    const known = capability.includes.map((name) => `${capability.type}:${name}`).join(', ') || 'none';
    throw notSupported(`_include=${quoted(value)} is not supported. Supported: ${known}.`);
  }
  return param;
}

function readRevinclude(capability: Capability, value: string): Pointer {
  if (!capability.revincludes.includes(value)) {
    const known = capability.revincludes.join(', ') || 'none';
    throw notSupported(`_revinclude=${quoted(value)} is not supported for ${capability.type}. Supported: ${known}.`);
  }
  const [type = '', param = ''] = value.split(':');
  return { type: type as ResourceType, param };
}

/** An estimate would be no cheaper than the count itself, which is of one person: it is not offered. */
function readTotal(capability: Capability, value: string | undefined): boolean {
  if (value === undefined || value === 'none') return false;
  if (value === 'accurate' && !capability.live) return true;
  throw notSupported(
    `The parameter _total is none or accurate; ${capability.type} has ${capability.live ? 'none' : 'both'}.`,
  );
}

function readSummary(capability: Capability, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'count' && !capability.live) return true;
  throw notSupported(`The parameter _summary is ${capability.live ? '' : 'count or '}false for ${capability.type}.`);
}
