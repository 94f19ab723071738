/** Runs SQL. Values are always bound, never written into the text. */
export interface Sql {
  /** Runs one statement and answers its rows. Rejects with the engine's own error. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** One code path over PGlite (first run) and PostgreSQL 15 or newer. */
export interface Database extends Sql {
  engine: 'pglite' | 'postgresql';
  /** Runs `work` in one transaction; a rejection rolls all of it back. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs a script of several statements without values (migrations). */
  script(text: string): Promise<void>;
  close(): Promise<void>;
}
