import { isDirectoryType, isResourceType, type ResourceType } from '../../fhir/resource-types.ts';
import type { Sql } from '../store/database.ts';
import { directory, type ReadRow } from '../store/rows.ts';
import { conditionsOf, sortColumn } from './conditions.ts';
import { allowed, audited, compartment, isKept, somethingKept, withheldWithNotice } from './filter.ts';
import type { Reader } from './reader.ts';
import type { Position, RowQuery } from './row-query.ts';
import { isNamed, scoped } from './scoped.ts';
import { values, type Values } from './statement.ts';
import { summaryOf, typeCounts } from './summary.ts';
import { given, givenOf, type FoundRow } from './withheld-references.ts';

// Every FHIR read goes through here, and through the other functions of this folder that use the same filter. Each
// reads one compartment (the reader's own person, or the directory), leaves out what the policy denies, and writes its
// audit row in the same statement. Run inside a transaction that is rolled back, the audit row goes too: serve nothing
// from such a transaction.

/** A resource by type and hub id. */
export interface Reference {
  type: ResourceType;
  id: string;
}

/** One page of a search, with all that is told beside it. */
export interface SearchPage {
  rows: ReadRow[];
  /** Where the next page begins: undefined when nothing follows. */
  next: Position | undefined;
  /** What the rows refer to by the `includes` parameters, each once; read through `includedRows`. */
  references: Reference[];
  /** As `someWithheld` answers it. */
  withheld: boolean;
  /** How many rows the whole search finds for this reader; undefined unless it was asked for. */
  total: number | undefined;
}

interface PageRow extends ReadRow {
  sort_date: string | null;
  targets: string[];
}

interface PageNotice {
  withheld: boolean;
  kept: boolean;
  total: number | null;
}

/**
 * One page of a search, in order. Paging goes by the last row's place, so rows that arrive meanwhile neither repeat nor
 * hide another. Page, references, notice and audit are one statement: they belong to one moment, and this is the read
 * that is made most.
 * @param includes reference parameters (`_include`) whose targets are wanted, from the rows' tokens `param=Type/id`
 * @param withTotal whether to count, too (`_total=accurate`): only what this reader may see counts
 */
export async function searchRows(
  sql: Sql,
  reader: Reader,
  query: RowQuery,
  includes: readonly string[] = [],
  withTotal = false,
): Promise<SearchPage> {
  const bound = values();
  const sort = sortColumn(query.sort.field);
  const order = `${query.sort.descending ? 'desc' : 'asc'} nulls last, id`;
  const limit = bound.bind(query.limit, 'integer');
  const conditions = matching(reader, query, bound);
  const total = withTotal ? countOf(reader, query, bound) : 'null::integer';
  const act = { action: 'search', type: query.type, ids: query.ids, query: summaryOf(query) };
  // The notice is there when the page is empty, too: then it comes with a row of nulls.
  const found = await sql.query<(PageRow | { id: null }) & PageNotice>(
    `with page as materialized (
       select type, id, version, updated, content, ${sort} as sort_date, ${targetsOf(includes, bound)} as targets
       from resource where ${conditions}
       order by ${sort} ${order} limit ${limit} + 1
     ), audited as (
       ${audited(reader, act, `(select least(count(*), ${limit})::integer from page)`, bound)}
     )
     select page.*, notice.withheld, notice.kept, notice.total
     from (select ${withheldWithNotice(reader, bound)} as withheld, ${somethingKept(reader, bound)} as kept,
       ${total} as total) as notice left join page on true
     order by sort_date ${order}`,
    bound.list,
  );
  const page = found.flatMap((row) => (row.id === null ? [] : [row]));
  const rows = page.slice(0, query.limit);
  const last = rows.at(-1);
  return {
    rows: await given(sql, reader, rows.map(readRowOf), found[0]?.kept === true),
    next:
      page.length > query.limit && last !== undefined ? { date: last.sort_date ?? undefined, id: last.id } : undefined,
    references: referencesFrom(rows.flatMap(({ targets }) => targets)),
    withheld: found[0]?.withheld === true,
    total: found[0]?.total ?? undefined,
  };
}

/** The conditions of a search in its compartment, as this reader may see it. */
function matching(reader: Reader, query: RowQuery, bound: Values): string {
  return [
    `patient = ${bound.bind(compartment(reader, query.type), 'text')}`,
    `type = ${bound.bind(query.type, 'text')}`,
    allowed(reader, bound),
    ...scoped(reader, 's', [query.type], bound),
    ...conditionsOf(query, bound, (target) => isKept(reader, target, bound)),
  ].join(' and ');
}

function countOf(reader: Reader, query: RowQuery, bound: Values): string {
  return `(select count(*)::integer from resource where ${matching(reader, { ...query, after: undefined }, bound)})`;
}

/** How many rows a search finds for this reader, and whether something is withheld from them (`_summary=count`). */
export async function countRows(
  sql: Sql,
  reader: Reader,
  query: RowQuery,
): Promise<{ total: number; withheld: boolean }> {
  const bound = values();
  const act = { action: 'count', type: query.type, ids: query.ids, query: summaryOf(query) };
  const [row] = await sql.query<{ total: number; withheld: boolean }>(
    `with counted as materialized (select ${countOf(reader, query, bound)} as total),
     audited as (${audited(reader, act, '(select total from counted)', bound)})
     select total, ${withheldWithNotice(reader, bound)} as withheld from counted`,
    bound.list,
  );
  if (row === undefined) throw new Error('a count answered no row');
  return row;
}

/** What a row's tokens refer to by these parameters, as an array of `Type/id`. */
function targetsOf(params: readonly string[], bound: Values): string {
  if (params.length === 0) return `'{}'::text[]`;
  const wanted = bound.bind(params, 'text[]');
  return `array(
    select substr(token, strpos(token, '=') + 1) from unnest(tokens) as token
    where strpos(token, '=') > 0 and substr(token, 1, strpos(token, '=') - 1) = any(${wanted})
  )`;
}

/** Each once, of types the hub serves. */
export function referencesFrom(targets: readonly string[]): Reference[] {
  return [...new Set(targets)].flatMap((target) => {
    const [type = '', id = ''] = target.split('/');
    return isResourceType(type) && id !== '' ? [{ type, id }] : [];
  });
}

/** One resource, or undefined: not there, another person's and withheld are not told apart. */
export async function readRow(sql: Sql, reader: Reader, type: ResourceType, id: string): Promise<ReadRow | undefined> {
  const bound = values();
  const mine = [allowed(reader, bound), ...scoped(reader, 'r', [type], bound)].join(' and ');
  const rows = await sql.query<FoundRow>(
    `with found as materialized (
       select type, id, version, updated, content from resource
       where patient = ${bound.bind(compartment(reader, type), 'text')}
         and type = ${bound.bind(type, 'text')} and id = ${bound.bind(id, 'text')} and ${mine}
     ), audited as (
       ${audited(reader, { action: 'read', type, ids: [id] }, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found`,
    bound.list,
  );
  return (await givenOf(sql, reader, rows))[0];
}

/**
 * One version of a resource, current or past. A resource that is labelled now, or outside the scopes, is withheld in all
 * its versions, and a version that was so then stays withheld.
 */
export async function readVersion(
  sql: Sql,
  reader: Reader,
  type: ResourceType,
  id: string,
  version: number,
): Promise<ReadRow | undefined> {
  const bound = values();
  const key = `patient = ${bound.bind(compartment(reader, type), 'text')}
    and type = ${bound.bind(type, 'text')} and id = ${bound.bind(id, 'text')}`;
  // As text: a number too large for a version is not found, where a cast would fail.
  const wanted = `version::text = ${bound.bind(String(version), 'text')}`;
  const act = { action: 'vread', type, ids: [id], detail: `version ${version}` };
  const mine = [allowed(reader, bound), ...scoped(reader, 'r', [type], bound)].join(' and ');
  const rows = await sql.query<FoundRow>(
    `with current as materialized (
       select type, id, version, updated, content from resource where ${key} and ${mine}
     ), found as materialized (
       select * from current where ${wanted}
       union all
       select type, id, version, updated, content from resource_history
       where ${key} and ${wanted} and ${mine} and exists (select from current)
     ), audited as (
       ${audited(reader, act, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found`,
    bound.list,
  );
  return (await givenOf(sql, reader, rows))[0];
}

/**
 * The resources these references name, each once, by type and id; what is not there, another person's or withheld is
 * left out. Nothing is read and nothing audited when there are no references.
 */
export async function includedRows(sql: Sql, reader: Reader, references: readonly Reference[]): Promise<ReadRow[]> {
  const distinct = [
    ...new Map(references.map((reference) => [`${reference.type}/${reference.id}`, reference])).values(),
  ];
  if (distinct.length === 0) return [];
  const shared = distinct.filter(({ type }) => isDirectoryType(type));
  const personal = distinct.filter(({ type }) => !isDirectoryType(type));
  const bound = values();
  const within = (patient: string, wanted: Reference[]) => {
    const types = wanted.map(({ type }) => type);
    const ids = wanted.map(({ id }) => id);
    const mine = [allowed(reader, bound, 'r.'), ...scoped(reader, 'r', types, bound, 'r.')].join(' and ');
    return `select r.type, r.id, r.version, r.updated, r.content
      from unnest(${bound.bind(types, 'text[]')}, ${bound.bind(ids, 'text[]')}) as wanted(type, id)
      join resource r on r.patient = ${bound.bind(patient, 'text')} and r.type = wanted.type and r.id = wanted.id
      where ${mine}`;
  };
  const act = {
    action: 'include',
    // Who works where is nobody's secret: of the directory only the numbers are kept.
    ids: personal.map(({ type, id }) => `${type}/${id}`),
    query: typeCounts(distinct),
  };
  const rows = await sql.query<FoundRow>(
    `with found as materialized (
       ${within(directory, shared)} union all ${within(reader.patient, personal)}
     ), audited as (
       ${audited(reader, act, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found order by type, id`,
    bound.list,
  );
  return givenOf(sql, reader, rows);
}

/**
 * Which of these this reader may see, as `Type/id`: for a resource that is to refer to them. It gives out no row, so that
 * the write it is for is what the audit tells of. An app that only writes may refer to types that no scope lets it read;
 * where a scope gives part of a type, only that part can be referred to.
 */
export async function visibleReferences(
  sql: Sql,
  reader: Reader,
  references: readonly Reference[],
): Promise<Set<string>> {
  const bound = values();
  const ask = (patient: string, wanted: readonly Reference[]) => {
    const types = wanted.map(({ type }) => type);
    const read = types.filter((type) => isNamed(reader, 'rs', type));
    const unread = types.filter((type) => !read.includes(type));
    const mine = scoped(reader, 'rs', read, bound, 'r.').map(
      (condition) => `(${condition} or r.type = any(${bound.bind(unread, 'text[]')}))`,
    );
    return `
    select r.type, r.id from unnest(${bound.bind(types, 'text[]')}, ${bound.bind(
      wanted.map(({ id }) => id),
      'text[]',
    )}) as wanted(type, id)
    join resource r on r.patient = ${bound.bind(patient, 'text')} and r.type = wanted.type and r.id = wanted.id
    where ${[allowed(reader, bound, 'r.'), ...mine].join(' and ')}`;
  };
  const shared = references.filter(({ type }) => isDirectoryType(type));
  const personal = references.filter(({ type }) => !isDirectoryType(type));
  const rows = await sql.query<Reference>(
    `${ask(directory, shared)} union ${ask(reader.patient, personal)}`,
    bound.list,
  );
  return new Set(rows.map(({ type, id }) => `${type}/${id}`));
}

/**
 * Whether this reader is to be told that something is withheld: an item with a notice label, and none that hides it, is
 * in the person's record. The same answer whatever is searched for, so that no filter can find the item.
 */
export async function someWithheld(sql: Sql, reader: Reader): Promise<boolean> {
  const bound = values();
  const rows = await sql.query<{ some: boolean }>(`select ${withheldWithNotice(reader, bound)} as some`, bound.list);
  return rows[0]?.some === true;
}

function readRowOf({ type, id, version, updated, content }: ReadRow): ReadRow {
  return { type, id, version, updated, content };
}
