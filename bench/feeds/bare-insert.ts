import type { Database } from '../../hub/store/database.ts';
import { readingRow } from '../hub-readings.ts';
import { wardMessages } from './ward-messages.ts';

let inserted = 0;

/**
 * Messages a second that are written by the plainest insert there is, with as many at once and as many commits as the hub
 * needs for one: the message, and with `commits: 2` one row of the record in a transaction of its own.
 */
export async function insertBare(
  database: Database,
  { count, lines, commits }: { count: number; lines: number; commits: 1 | 2 },
): Promise<number> {
  await database.query(
    'create table if not exists bare (seq bigint generated always as identity, label text, bytes bytea)',
  );
  const messages = wardMessages(inserted, count);
  const from = performance.now();
  const line = async () => {
    for (const { id, bytes } of messages) {
      await database.query('insert into bare (label, bytes) values ($1, $2) returning seq', [id, bytes]);
      if (commits === 2) await insertRow(database, id);
    }
  };
  await Promise.all(Array.from({ length: lines }, line));
  inserted += count;
  return count / ((performance.now() - from) / 1000);
}

async function insertRow(database: Database, id: string): Promise<void> {
  const { search, ...row } = readingRow(`bare-${id}-${inserted}`);
  await database.transaction(async (sql) => {
    await sql.query(
      `insert into resource (patient, type, id, version, updated, source, origin, mask, date_start, date_end, tokens, digest, content)
       values ($1, $2, $3, 1, now(), $4, $5, 0, $6, $7, $8, '', $9)`,
      [
        row.patient,
        row.type,
        row.id,
        row.source,
        row.origin,
        search.date?.start ?? null,
        search.date?.end ?? null,
        search.tokens,
        row.content,
      ],
    );
  });
}
