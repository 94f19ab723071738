import { hash } from 'node:crypto';
import type { Sql } from './database.ts';
import type { NewRow, ReadRow, SearchValues } from './rows.ts';
import { storableInstant, storableText } from './storable.ts';
import { versionPlace } from './version-place.ts';

const batchSize = 500;
/** A row that another writer keeps taking first is given up on after this many tries. */
const tries = 5;

/** What became of the distinct rows of one call. */
export interface UpsertCount {
  created: number;
  updated: number;
  unchanged: number;
}

/**
 * Writes rows: a new one as version 1, a changed one as the next version with the old one kept in history, an identical
 * one not at all. `meta.versionId` and `meta.lastUpdated` go into the stored text. Of several rows with one key
 * (patient, type, id) in one call the last counts, and it alone is counted.
 * Writers that meet on the same rows wait for one another; call it inside a transaction to write all or nothing.
 * @throws when a row's content is not a JSON object; nothing of that batch is written then
 */
export async function upsertRows(sql: Sql, rows: readonly NewRow[]): Promise<UpsertCount> {
  const count: UpsertCount = { created: 0, updated: 0, unchanged: 0 };
  const distinct = new Map(rows.map((row) => [JSON.stringify([row.patient, row.type, row.id]), row]));
  // One order for every writer: two that lock the same rows must not wait for each other in a ring.
  const ordered = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => incomingRow(row));
  for (let from = 0; from < ordered.length; from += batchSize) {
    await writeBatch(sql, ordered.slice(from, from + batchSize), count);
  }
  return count;
}

/**
 * Writes rows that are new for certain, their ids made for them just now, as version 1, and answers them; without content
 * where it is not wanted back. Half the work of `upsertRows`, which has to look first.
 * @throws when one of them is there already; nothing is written then
 */
export async function insertRows(sql: Sql, rows: readonly NewRow[], withContent: boolean): Promise<ReadRow[]> {
  if (rows.length === 0) return [];
  return sql.query<ReadRow>(
    `insert into resource (patient, type, id, version, updated, source, origin, mask,
       date_start, date_end, authored_start, authored_end, tokens, digest, content)
     select i.patient, i.type, i.id, 1, i.updated, i.source, i.origin, i.mask,
       i.date_start, i.date_end, i.authored_start, i.authored_end, i.tokens, i.digest,
       i.head || ${versionFields('1', 'i.updated')} || i.tail
     from (select x.*, date_trunc('milliseconds', statement_timestamp()) as updated from ${incomingRecords}) as i
     returning type, id, version, updated, ${withContent ? 'content' : "'' as content"}`,
    [Buffer.from(JSON.stringify(rows.map(incomingRow)))],
  );
}

/** One row as the statement reads it from JSON. */
interface IncomingRow {
  patient: string;
  type: string;
  id: string;
  source: string;
  origin: string;
  mask: number;
  date_start: string | undefined;
  date_end: string | undefined;
  authored_start: string | undefined;
  authored_end: string | undefined;
  tokens: string[];
  digest: string;
  head: string;
  tail: string;
}

function incomingRow(row: NewRow): IncomingRow {
  return {
    patient: row.patient,
    type: row.type,
    id: row.id,
    source: row.source,
    origin: storableText(row.origin),
    mask: row.mask,
    date_start: storableInstant(row.search.date?.start),
    date_end: storableInstant(row.search.date?.end),
    authored_start: storableInstant(row.search.authored?.start),
    authored_end: storableInstant(row.search.authored?.end),
    tokens: row.search.tokens.map(storableText),
    digest: digestOf(row),
    ...versionPlace(row.content),
  };
}

/**
 * Tells whether a row differs from the stored one: content, labels, search values and origin, but not whose it is, so
 * that a replay after two people were merged still finds what it wrote before unchanged.
 */
function digestOf(row: NewRow): string {
  const search: SearchValues = { date: row.search.date, authored: row.search.authored, tokens: row.search.tokens };
  const stated = JSON.stringify([row.content, row.mask, row.source, row.origin, search]);
  return hash('sha256', stated.replaceAll(`Patient/${row.patient}`, 'Patient/'), 'base64');
}

async function writeBatch(sql: Sql, batch: IncomingRow[], count: UpsertCount): Promise<void> {
  let left = batch;
  for (let attempt = 0; attempt < tries && left.length > 0; attempt += 1) {
    const settled = await sql.query<{ place: number; outcome: keyof UpsertCount }>(upsertStatement, [
      // As bytes: the embedded store would measure so long a text character by character.
      Buffer.from(JSON.stringify(left)),
      // Whose they are, so that only these people's partitions are looked into.
      [...new Set(left.map(({ patient }) => patient))],
    ]);
    for (const { outcome } of settled) count[outcome] += 1;
    const places = new Set(settled.map(({ place }) => place));
    // What is not settled was written by somebody else since the statement began: the next round sees their version.
    left = left.filter((_, index) => !places.has(index + 1));
  }
  if (left.length > 0) throw new Error(`${left.length} rows were not written: other writers kept changing them`);
}

/** The rows of a statement's one parameter, with their place. */
const incomingRecords = `rows from (json_to_recordset($1::json) as (
    patient text, type text, id text, source text, origin text, mask integer,
    date_start timestamptz, date_end timestamptz, authored_start timestamptz, authored_end timestamptz,
    tokens text[], digest text, head text, tail text
  )) with ordinality as x(
    patient, type, id, source, origin, mask, date_start, date_end, authored_start, authored_end,
    tokens, digest, head, tail, place
  )`;

/** An instant as it is written into `meta.lastUpdated`. */
const instantText = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The version fields as they stand in the stored text. */
export const versionFields = (version: string, updated: string): string =>
  `'"versionId":"' || ${version} || '","lastUpdated":"' || ${instantText(updated)} || '"'`;

const upsertStatement = `
with incoming as materialized (
  select x.*, date_trunc('milliseconds', statement_timestamp()) as updated from ${incomingRecords}
),
stored as materialized (
  select r.patient, r.type, r.id, r.version, r.updated, r.source, r.origin, r.mask, r.tokens, i.place,
    r.digest <> i.digest as changed, case when r.digest <> i.digest then r.content end as content
  from incoming i join resource r on r.patient = i.patient and r.type = i.type and r.id = i.id
    and r.patient = any($2::text[])
  order by i.place
  for update of r
),
kept as (
  insert into resource_history (patient, type, id, version, updated, source, origin, mask, tokens, content)
  select patient, type, id, version, updated, source, origin, mask, tokens, content from stored where changed
),
written as (
  insert into resource as r (patient, type, id, version, updated, source, origin, mask,
    date_start, date_end, authored_start, authored_end, tokens, digest, content)
  select i.patient, i.type, i.id, coalesce(s.version, 0) + 1, i.updated, i.source, i.origin, i.mask,
    i.date_start, i.date_end, i.authored_start, i.authored_end, i.tokens, i.digest,
    i.head || ${versionFields('(coalesce(s.version, 0) + 1)', 'i.updated')} || i.tail
  from incoming i left join stored s on s.place = i.place
  where s.place is null or s.changed
  order by i.place
  on conflict (patient, type, id) do update set version = excluded.version, updated = excluded.updated,
    source = excluded.source, origin = excluded.origin, mask = excluded.mask,
    date_start = excluded.date_start, date_end = excluded.date_end,
    authored_start = excluded.authored_start, authored_end = excluded.authored_end,
    tokens = excluded.tokens, digest = excluded.digest, content = excluded.content
  where r.version = excluded.version - 1
  returning r.patient, r.type, r.id, r.version
)
select place::integer as place, 'unchanged' as outcome from stored where not changed
union all
select i.place::integer, case w.version when 1 then 'created' else 'updated' end
from written w join incoming i on i.patient = w.patient and i.type = w.type and i.id = w.id`;
