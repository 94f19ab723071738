import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from './database.ts';
import { openPostgresql } from './postgresql.ts';
import { emptyDatabase } from './testing.ts';

const server = inject('postgresUrl');

describe.skipIf(server === undefined)('a database server that restarts', () => {
  let made: Awaited<ReturnType<typeof emptyDatabase>>;
  let db: Database;
  let operator: Database;
  beforeAll(async () => {
    made = await emptyDatabase(server!);
    [db, operator] = [await openPostgresql(made.url), await openPostgresql(made.url)];
  });
  afterAll(async () => {
    await db.close();
    await operator.close();
    await made.drop();
  });

  it('between two statements of a transaction undoes the transaction, and the next one is as good as new', async () => {
    await db.script('create table note (text text)');
    const broken = db.transaction(async (sql) => {
      const [own] = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
      await sql.query(`insert into note values ('half')`);
      await operator.query('select pg_terminate_backend($1::integer)', [own?.pid]);
      // Nothing is asked of the connection while it breaks: only its own event tells.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sql.query(`insert into note values ('other half')`);
    });
    await expect(broken).rejects.toThrow(/terminat|not queryable|closed/i);
    await db.transaction((sql) => sql.query(`insert into note values ('whole')`));
    expect(await db.query('select text from note')).toEqual([{ text: 'whole' }]);
  });
});
