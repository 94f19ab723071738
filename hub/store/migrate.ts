import { join } from 'node:path';
import Postgrator from 'postgrator';
import type { Database, Transaction } from './database.ts';

const migrationPattern = join(import.meta.dirname, 'migrations', '*.sql').replaceAll('\\', '/');

// Any fixed number serves, as long as nothing else in the database takes the same advisory lock.
const lockKey = 4_011_948;

/**
 * Brings the schema up to date, all of it or nothing, in one transaction. Two hubs that start together take turns, and the
 * second finds nothing to do. The parts of the hub number their files in ranges of their own, so a file may be new though
 * its number lies below one that has run: it is run as well, never passed over.
 * @throws when a file that has run was changed since, or a statement fails
 */
export async function migrate(db: Database): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.script(`set local statement_timeout = '5min'`);
    await sql.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const postgrator = new Postgrator({
      driver: 'pg',
      schemaTable: 'schemaversion',
      migrationPattern,
      execQuery: async (query) => ({ rows: await sql.query(query) }),
      execSqlScript: (script) => sql.script(script),
    });
    const reached = await postgrator.getDatabaseVersion();
    if (reached > 0) await runPassedOver(postgrator, sql, reached);
    await postgrator.migrate();
  });
}

async function runPassedOver(postgrator: Postgrator, sql: Transaction, reached: number): Promise<void> {
  const files = await postgrator.getMigrations();
  const run = new Set(
    (await sql.query<{ version: string }>('select version from schemaversion')).map(({ version }) => Number(version)),
  );
  const missing = files.filter(({ action, version }) => action === 'do' && version <= reached && !run.has(version));
  await postgrator.runMigrations(missing.sort((a, b) => a.version - b.version));
}
