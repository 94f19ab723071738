import { migrate } from './migrate.ts';
import { openPostgresql } from './postgresql.ts';

/** The database on the test server that those of the store tests are copied from: each is migrated without migrating anew. */
export const migratedDatabase = 'migrated';

/** Makes it, once for a run. Nobody may be connected to it while it is copied. */
export async function makeMigratedDatabase(server: string): Promise<void> {
  const admin = await openPostgresql(server);
  try {
    await admin.script(`create database ${migratedDatabase}`);
  } finally {
    await admin.close();
  }
  const url = new URL(server);
  url.pathname = `/${migratedDatabase}`;
  const db = await openPostgresql(url.href);
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
}
