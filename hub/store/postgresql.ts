import { Pool, types, type ClientBase, type CustomTypesConfig } from 'pg';
import type { Database, Transaction } from './database.ts';
import { isoInstant, typeOid } from './iso-instant.ts';
import { oneTransaction } from './one-transaction.ts';

const oldest = 15;

const parsers = new Map<number, (text: string) => string>([
  [typeOid.date, (text) => text],
  [typeOid.timestamp, isoInstant],
  [typeOid.timestamptz, isoInstant],
]);
const uniform: CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers.get(oid) ?? types.getTypeParser(oid, format),
};

/** The database named in the configuration cannot be used; the message is one line and holds no password. */
export class StoreUnusableError extends Error {
  override name = 'StoreUnusableError';
}

/**
 * A pool of connections to a PostgreSQL server, statements unnamed so that a pooler in transaction mode works too.
 * A pooler must be told to ignore the start-up parameters it does not know (`ignore_startup_parameters`).
 * @throws StoreUnusableError when nothing answers at the address or the server is older than PostgreSQL 15
 */
export async function openPostgresql(databaseUrl: string): Promise<Database> {
  const pool = new Pool({
    connectionString: databaseUrl,
    types: uniform,
    application_name: 'care-timeline-hub',
    max: 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 30_000,
    // Ends the wait for a server that went away without closing the connection; later than the server's own limit.
    query_timeout: 310_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c TimeZone=UTC',
  });
  // The pool drops a connection that fails while idle; without a listener Node would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) process.emitWarning(`An idle database connection failed: ${error.message}`);
  });
  try {
    await refuseOld(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return oneTransaction({
    engine: 'postgresql',
    ...statements(pool),
    transaction: (work) => transaction(pool, work),
    async close() {
      if (!pool.ended) await pool.end();
    },
  });
}

async function refuseOld(pool: Pool): Promise<void> {
  const answer = await pool.query<{ server_version_num: string }>('show server_version_num').catch((error: Error) => {
    throw new StoreUnusableError(`The database at DATABASE_URL cannot be used: ${error.message || error.name}`, {
      cause: error,
    });
  });
  const problem = tooOld(Number(answer.rows[0]?.server_version_num));
  if (problem !== undefined) throw new StoreUnusableError(problem);
}

/** The line to refuse a server with, given its `server_version_num`; undefined when it is new enough. */
export function tooOld(versionNumber: number): string | undefined {
  const major = Math.floor(versionNumber / 10_000);
  return major >= oldest
    ? undefined
    : `The database at DATABASE_URL is PostgreSQL ${major}; the hub needs ${oldest} or newer.`;
}

async function transaction<T>(pool: Pool, work: (sql: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens only to connections that are idle. One that breaks between two statements of a transaction, as all do
  // when the server restarts, would end the process.
  const onBroken = (error: Error) => (broken = error);
  client.on('error', onBroken);
  try {
    await client.query('begin');
    const result = await work(statements(client));
    // A transaction in which a statement failed answers COMMIT by rolling back, without an error of its own.
    const end = await client.query('commit');
    if (end.command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    // A connection that cannot even roll back is closed, never given to the next caller.
    client.off('error', onBroken);
    client.release(broken);
  }
}

function statements(client: Pool | ClientBase): Transaction {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      const result = await client.query(text, [...values]);
      return result.rows as Row[];
    },
    async script(text) {
      await client.query(text);
    },
  };
}
