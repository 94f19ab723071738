import { join } from 'node:path';
import type { Database } from './database.ts';
import { hold } from './hold.ts';
import { openPglite } from './pglite.ts';
import { openPostgresql } from './postgresql.ts';

export { StoreHeldError } from './hold.ts';
export { StoreUnusableError } from './postgresql.ts';

/**
 * Opens the store the configuration names: a PostgreSQL server, or without one the embedded store in `dataDir`, which
 * this process then holds alone until it closes it or ends.
 * @throws StoreHeldError when another process holds the embedded store
 * @throws StoreUnusableError when the server does not answer or is too old
 */
export async function openDatabase(config: { databaseUrl: string | undefined; dataDir: string }): Promise<Database> {
  if (config.databaseUrl !== undefined) return openPostgresql(config.databaseUrl);
  const held = hold(config.dataDir);
  try {
    const database = await openPglite(join(config.dataDir, 'store'));
    return {
      ...database,
      async close() {
        try {
          await database.close();
        } finally {
          held.release();
        }
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}
