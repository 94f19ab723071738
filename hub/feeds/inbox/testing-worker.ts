import type { Database } from '../../store/database.ts';
import type { Formats } from '../formats.ts';
import { InboxWorker } from './worker.ts';

/** For tests: works on everything that waits, and answers what failed meanwhile. */
export async function workThrough(database: Database, formats: Formats): Promise<Error[]> {
  const failures: Error[] = [];
  const worker = new InboxWorker({ database, formats, onFailure: ({ error }) => failures.push(error) });
  while ((await worker.round()) > 0);
  return failures;
}
