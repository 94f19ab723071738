import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../tools/postgres.ts';
import { makeMigratedDatabase } from './migrated-postgresql.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server to make databases in, or undefined where no PostgreSQL is installed. */
    postgresUrl: string | undefined;
  }
}

/** Starts one PostgreSQL for the whole test run. In CI a missing one is a failure, elsewhere it is said once. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findPostgres() === undefined) {
    if (process.env['CI'] === 'true') throw new Error('PostgreSQL is not installed: the store must be tested on it');
    process.stderr.write('PostgreSQL is not installed: the store is tested on PGlite only.\n');
    project.provide('postgresUrl', undefined);
    return undefined;
  }
  const postgres = await startPostgres({ forTests: true });
  await makeMigratedDatabase(postgres.url).catch(async (error: unknown) => {
    await postgres.stop();
    throw error;
  });
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
