import type { ResourceType } from '../../fhir/resource-types.ts';
import { auditAct } from '../audit/audit.ts';
import type { Transaction } from '../store/database.ts';
import { insertRows, upsertRows } from '../store/resources.ts';
import type { NewRow, ReadRow } from '../store/rows.ts';
import { settlePerson } from './label-links/settle-labels.ts';
import { touchesLabelled } from './label-links/settle-written.ts';
import { allowedWhenDeleted, compartment } from './filter.ts';
import type { Reference } from './gate.ts';
import { deletedBit } from './labels.ts';
import type { Reader } from './reader.ts';
import { values } from './statement.ts';

/** A row as it stands before a write. */
export interface StandingRow extends ReadRow {
  source: string;
  deleted: boolean;
}

/**
 * The rows among these that the reader may see, deleted ones as that, held until the transaction ends: of two writers that
 * name the same version one waits and then finds another version. What is not answered is not there for this reader.
 */
export async function holdRows(
  sql: Transaction,
  reader: Reader,
  references: readonly Reference[],
): Promise<Map<string, StandingRow>> {
  if (references.length === 0) return new Map();
  const bound = values();
  // One order for all writers: two that want the same rows must not wait for each other in a ring.
  const ordered = [...references].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const rows = await sql.query<StandingRow>(
    `select r.type, r.id, r.version, r.updated, r.content, r.source,
       (r.mask & ${bound.bind(deletedBit, 'integer')}) <> 0 as deleted
     from unnest(${bound.bind(
       ordered.map(({ type }) => type),
       'text[]',
     )}, ${bound.bind(
       ordered.map(({ id }) => id),
       'text[]',
     )}) with ordinality as wanted(type, id, place)
     join resource r on r.patient = ${bound.bind(reader.patient, 'text')} and r.type = wanted.type and r.id = wanted.id
     where ${allowedWhenDeleted(reader, bound, 'r.')}
     order by wanted.place for update of r`,
    bound.list,
  );
  return new Map(rows.map((row) => [key(row), row]));
}

/** What is written, and as what the audit tells it. */
export interface RowWrite {
  action: 'create' | 'update' | 'delete';
  row: NewRow;
}

/**
 * Writes rows of the reader's own person and answers them as they then stand, by `Type/id`, with the labels of what they point at. The audit is part of the same
 * transaction; without content where nobody wants it back. Throws when a row is of anybody else's compartment: whoever prepared it made a mistake (wrong patient).
 */
export async function writeRows(
  sql: Transaction,
  reader: Reader,
  writes: readonly RowWrite[],
  withContent: boolean,
): Promise<Map<string, ReadRow>> {
  for (const { row } of writes) {
    if (row.patient !== reader.patient || compartment(reader, row.type) !== reader.patient) {
      throw new Error(`a write of ${row.type} is not for the person of the token`);
    }
  }
  const made = writes.filter(({ action }) => action === 'create');
  const changed = writes.filter(({ action }) => action !== 'create');
  const labelled = await touchesLabelled(
    sql,
    reader.patient,
    writes.map(({ row }) => row),
  );
  const written = await insertRows(
    sql,
    made.map(({ row }) => row),
    withContent,
  );
  if (changed.length > 0) {
    const rows = changed.map(({ row }) => row);
    if (labelled) await keepLabels(sql, reader, changed);
    await upsertRows(sql, rows);
    written.push(...(await asTheyStand(sql, reader, rows, withContent)));
  }
  if (labelled) await settlePerson(sql, reader.patient);
  for (const action of ['create', 'update', 'delete'] as const) {
    const ids = writes.filter((write) => write.action === action).map(({ row }) => key(row));
    if (ids.length > 0) await auditAct(sql, reader, { action, ids }, ids.length);
  }
  return new Map(written.map((row) => [key(row), row]));
}

/** What is deleted keeps its labels: that it is gone is told to nobody who was not to know that it was there. */
async function keepLabels(sql: Transaction, reader: Reader, changed: readonly RowWrite[]): Promise<void> {
  const gone = changed.filter(({ action }) => action === 'delete').map(({ row }) => row);
  const stored = await sql.query<{ type: string; id: string; mask: number }>(
    `select r.type, r.id, r.mask from unnest($2::text[], $3::text[]) as wanted(type, id)
     join resource r on r.patient = $1 and r.type = wanted.type and r.id = wanted.id`,
    [reader.patient, gone.map(({ type }) => type), gone.map(({ id }) => id)],
  );
  const before = new Map(stored.map(({ type, id, mask }) => [`${type}/${id}`, mask]));
  for (const row of gone) row.mask |= before.get(key(row)) ?? 0;
}

async function asTheyStand(
  sql: Transaction,
  reader: Reader,
  rows: readonly NewRow[],
  withContent: boolean,
): Promise<ReadRow[]> {
  return sql.query<ReadRow>(
    `select r.type, r.id, r.version, r.updated, ${withContent ? 'r.content' : "'' as content"}
     from unnest($2::text[], $3::text[]) as wanted(type, id)
     join resource r on r.patient = $1 and r.type = wanted.type and r.id = wanted.id`,
    [reader.patient, rows.map(({ type }) => type), rows.map(({ id }) => id)],
  );
}

function key({ type, id }: { type: ResourceType; id: string }): string {
  return `${type}/${id}`;
}
