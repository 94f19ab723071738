import type { Sql } from './database.ts';

/** What was written under this name, or undefined. */
export async function readMarker(sql: Sql, name: string): Promise<string | undefined> {
  const rows = await sql.query<{ value: string }>('select value from marker where name = $1', [name]);
  return rows[0]?.value;
}

/** Writes a small fact about the store itself, over what stood there. */
export async function writeMarker(sql: Sql, name: string, value: string): Promise<void> {
  await sql.query(
    `insert into marker (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, written = now()`,
    [name, value],
  );
}
