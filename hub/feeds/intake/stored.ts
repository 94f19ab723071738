import { directory } from '../../store/rows.ts';
import type { Sql } from '../../store/database.ts';

/** A row as it is in the store before this batch. */
export interface StoredRow {
  patient: string;
  type: string;
  id: string;
  mask: number;
  content: string;
}

/** Names a row. */
export interface RowKey {
  patient: string;
  type: string;
  id: string;
}

/** The stored rows among these keys, by `rowKey`. For comparing before a write, never for serving. */
export async function storedRows(sql: Sql, keys: readonly RowKey[]): Promise<Map<string, StoredRow>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<StoredRow>(
    `select r.patient, r.type, r.id, r.mask, r.content from unnest($1::text[], $2::text[], $3::text[]) as k(patient, type, id)
     join resource r on r.patient = k.patient and r.type = k.type and r.id = k.id and r.patient = any($4::text[])`,
    keyColumns(keys),
  );
  return new Map(rows.map((row) => [rowKey(row), row]));
}

/** Which of these rows are there, by `rowKey`: for references to what came in earlier messages. */
export async function storedKeys(sql: Sql, keys: readonly RowKey[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await sql.query<RowKey>(
    `select distinct r.patient, r.type, r.id from unnest($1::text[], $2::text[], $3::text[]) as k(patient, type, id)
     join resource r on r.patient = k.patient and r.type = k.type and r.id = k.id and r.patient = any($4::text[])`,
    keyColumns(keys),
  );
  return new Set(rows.map(rowKey));
}

/** The keys as columns, and once more whose they are: so that only these people's partitions are looked into. */
function keyColumns(keys: readonly RowKey[]): string[][] {
  const patients = keys.map((key) => key.patient);
  return [patients, keys.map((key) => key.type), keys.map((key) => key.id), [...new Set(patients)]];
}

/**
 * Services and staff by identifier, `Type?system|value` → hub id, where exactly one has it; a source's own before those
 * of others.
 */
export async function directoryByIdentifier(
  sql: Sql,
  source: string,
  wanted: readonly { type: string; system: string | undefined; value: string }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (wanted.length === 0) return found;
  const tokens = wanted.map(({ system, value }) =>
    system === undefined ? `identifier|${value}` : `identifier|${system}|${value}`,
  );
  const rows = await sql.query<{ type: string; id: string; source: string; token: string }>(
    `select r.type, r.id, r.source, w.token from unnest($2::text[], $3::text[]) as w(type, token)
     join resource r on r.patient = $1 and r.type = w.type and r.tokens @> array[w.token]`,
    [directory, wanted.map(({ type }) => type), tokens],
  );
  wanted.forEach(({ type, system, value }, i) => {
    const matching = rows.filter((row) => row.type === type && row.token === tokens[i]);
    const own = matching.filter((row) => row.source === source);
    const ids = new Set((own.length > 0 ? own : matching).map((row) => row.id));
    const [id] = ids;
    if (ids.size === 1 && id !== undefined) found.set(identifierKey(type, system, value), id);
  });
  return found;
}

export function rowKey({ patient, type, id }: RowKey): string {
  return `${patient}/${type}/${id}`;
}

export function identifierKey(type: string, system: string | undefined, value: string): string {
  return `${type}?${system ?? '*'}|${value}`;
}
