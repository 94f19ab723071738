import { PGlite, type PGliteOptions, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import type { Database, Transaction } from './database.ts';
import { isoInstant, typeOid } from './iso-instant.ts';
import { oneTransaction } from './one-transaction.ts';

const asWritten = (text: string) => text;
const parsers = {
  [typeOid.int8]: asWritten,
  [typeOid.date]: asWritten,
  [typeOid.timestamp]: isoInstant,
  [typeOid.timestamptz]: isoInstant,
};

// JSON is given as text, or for the bulk of a load as the text's bytes, which go through as they are, as with `pg`.
const serializers = { [typeOid.json]: (value: string) => value };

/**
 * PostgreSQL inside this process: for a first run, demonstrations and tests. It does not survive a power loss (no fsync)
 * and has one connection; plain statements wait while a transaction runs.
 * @param dataDir a folder, or undefined to keep everything in memory
 * @param loadDataDir a dump of an earlier instance to start from
 */
export async function openPglite(dataDir: string | undefined, loadDataDir?: Blob): Promise<Database> {
  const options: PGliteOptions = { parsers, serializers, ...(loadDataDir !== undefined && { loadDataDir }) };
  const lite = await PGlite.create(dataDir ?? 'memory://', options);
  await lite.exec(`set time zone 'UTC'`);
  return adapt(lite);
}

/** Everything an instance in memory holds, to start others from; they start in a sixth of the time. */
export async function dumpPglite(prepare: (db: Database) => Promise<void>): Promise<Blob> {
  const lite = await PGlite.create('memory://', { parsers, serializers });
  await prepare(adapt(lite));
  const dump = await lite.dumpDataDir('none');
  await lite.close();
  return dump;
}

function adapt(lite: PGlite): Database {
  return oneTransaction({
    engine: 'pglite',
    ...statements(lite),
    transaction: (work) => lite.transaction((transaction) => work(statements(transaction))),
    async close() {
      if (!lite.closed) await lite.close();
    },
  });
}

function statements(lite: PGlite | PGliteTransaction): Transaction {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      return (await lite.query<Row>(text, [...values])).rows;
    },
    async script(text) {
      await lite.exec(text);
    },
  };
}
