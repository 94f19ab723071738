import { isLosslessNumber, parse, stringify } from 'lossless-json';
import { isDirectoryType, isResourceType, type ResourceType } from '../../fhir/resource-types.ts';
import type { Sql } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { allowedWhenDeleted } from './filter.ts';
import type { Reader } from './reader.ts';
import { values } from './statement.ts';

// A row that may be given can point at one that may not: a list at what it lists, a visit at its problem. Its labels reach
// what tells of it (label-links); what is left is the pointer itself, and it goes too: an id, a count or a gap in a list
// would say that something is there.

const pointers = /"(?:reference|url)":"([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})["/]/g;

/** A row as it was found, and whether anything of the record is kept from the reader. */
export interface FoundRow extends ReadRow {
  kept: boolean;
}

/** What is given of rows as they were found: without a pointer at what is kept from the reader. */
export async function givenOf<Row extends FoundRow>(
  sql: Sql,
  reader: Reader,
  rows: readonly Row[],
): Promise<Omit<Row, 'kept'>[]> {
  return given(
    sql,
    reader,
    rows.map(({ kept: _kept, ...row }) => row),
    rows[0]?.kept === true,
  );
}

/** The same, for rows whose statement told that apart. */
export async function given<Row extends ReadRow>(sql: Sql, reader: Reader, rows: Row[], kept: boolean): Promise<Row[]> {
  return kept ? withoutWithheld(sql, reader, rows) : rows;
}

/**
 * The rows without any reference to what this reader may not have. An entry of a list that only points there goes whole. Rows
 * that point at nothing withheld stay as they are, unread.
 */
async function withoutWithheld<Row extends ReadRow>(sql: Sql, reader: Reader, rows: readonly Row[]): Promise<Row[]> {
  const given = new Set(rows.map(({ type, id }) => `${type}/${id}`));
  const asked = new Map<string, { type: ResourceType; id: string }>();
  for (const { content } of rows) {
    for (const [, type = '', id = ''] of content.matchAll(pointers)) {
      const key = `${type}/${id}`;
      if (!isResourceType(type) || isDirectoryType(type) || type === 'Patient' || given.has(key)) continue;
      asked.set(key, { type, id });
    }
  }
  const withheld = await withheldAmong(sql, reader, [...asked.values()]);
  if (withheld.size === 0) return [...rows];
  const pointsThere = (content: string) =>
    [...content.matchAll(pointers)].some(([, type, id]) => withheld.has(`${type}/${id}`));
  return rows.map((row) => (pointsThere(row.content) ? { ...row, content: without(row.content, withheld) } : row));
}

async function withheldAmong(
  sql: Sql,
  reader: Reader,
  references: readonly { type: ResourceType; id: string }[],
): Promise<Set<string>> {
  if (references.length === 0) return new Set();
  const bound = values();
  const rows = await sql.query<{ type: string; id: string }>(
    `select r.type, r.id from unnest(${bound.bind(
      references.map(({ type }) => type),
      'text[]',
    )}, ${bound.bind(
      references.map(({ id }) => id),
      'text[]',
    )}) as wanted(type, id)
     join resource r on r.patient = ${bound.bind(reader.patient, 'text')} and r.type = wanted.type and r.id = wanted.id
     where not (${allowedWhenDeleted(reader, bound, 'r.')})`,
    bound.list,
  );
  return new Set(rows.map(({ type, id }) => `${type}/${id}`));
}

function without(content: string, withheld: ReadonlySet<string>): string {
  // Numbers stay as they were written.
  return stringify(cut(parse(content), withheld)) ?? content;
}

/** The value without what points there; undefined where nothing is left of it. */
function cut(value: unknown, withheld: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const left = value.filter((item) => !isObject(item) || !losesPart(item, withheld));
    const kept = left.map((item) => cut(item, withheld)).filter((item) => item !== undefined);
    return kept.length === 0 && value.length > 0 ? undefined : kept;
  }
  if (!isObject(value)) return value;
  if (pointsAt(value, withheld)) return undefined;
  const parts = Object.entries(value).map(([key, part]): [string, unknown] => [key, cut(part, withheld)]);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** Whether it points there itself, or one of its own members does: an entry of a list without its item is none. */
function losesPart(item: Record<string, unknown>, withheld: ReadonlySet<string>): boolean {
  return pointsAt(item, withheld) || Object.values(item).some((part) => isObject(part) && pointsAt(part, withheld));
}

function pointsAt({ reference, url }: Record<string, unknown>, withheld: ReadonlySet<string>): boolean {
  const pointer = typeof reference === 'string' ? reference : url;
  return typeof pointer === 'string' && withheld.has(pointer.split('/').slice(0, 2).join('/'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
