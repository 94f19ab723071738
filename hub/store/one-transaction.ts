import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from './database.ts';

/**
 * Refuses to run a statement on the database from inside one of its own transactions: PGlite would wait for itself for
 * ever, and PostgreSQL would run it on another connection, outside the transaction and without its rollback.
 */
export function oneTransaction(inner: Database): Database {
  const running = new AsyncLocalStorage<{ open: boolean }>();
  const check = () => {
    if (running.getStore()?.open !== true) return;
    throw new Error('a statement was run on the database inside a transaction: use the sql that the transaction gives');
  };
  return {
    engine: inner.engine,
    async query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      check();
      return inner.query<Row>(text, values);
    },
    async script(text) {
      check();
      await inner.script(text);
    },
    async transaction(work) {
      check();
      const state = { open: true };
      return inner.transaction(async (sql) => {
        try {
          return await running.run(state, () => work(sql));
        } finally {
          // What the work left running behind it may use the database again.
          state.open = false;
        }
      });
    },
    close: () => inner.close(),
  };
}
