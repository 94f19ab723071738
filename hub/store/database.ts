/** Runs SQL. Values are always bound, never written into the text. */
export interface Sql {
  /** Runs one statement and answers its rows. Rejects with the engine's own error. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Inside a transaction: also scripts of several statements without values (migrations). */
export interface Transaction extends Sql {
  script(text: string): Promise<void>;
}

/** One code path over PGlite (first run) and PostgreSQL 15 or newer. */
export interface Database extends Transaction {
  engine: 'pglite' | 'postgresql';
  /** Runs `work` in one transaction; a rejection rolls all of it back. */
  transaction<T>(work: (sql: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
