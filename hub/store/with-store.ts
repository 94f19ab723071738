import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openDatabase, StoreHeldError, StoreUnusableError } from './open.ts';

/**
 * The work of a command on the migrated store, which is closed after it. Answers the work's exit code; 2, with the reason in
 * one line on standard error, when the store cannot be had.
 */
export async function withStore(
  where: Parameters<typeof openDatabase>[0],
  work: (database: Database) => Promise<number>,
): Promise<number> {
  try {
    const database = await openDatabase(where);
    try {
      await migrate(database);
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof StoreHeldError || error instanceof StoreUnusableError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
