import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { Database } from './database.ts';
import { migratedPglite } from './migrated-pglite.ts';
import { migratedDatabase } from './migrated-postgresql.ts';
import { openPglite } from './pglite.ts';
import { openPostgresql } from './postgresql.ts';

/** What a suite gets from `eachEngine`: the database is there once the suite's tests run. */
export interface EngineContext {
  db(): Database;
}

/** Runs one suite on a fresh, migrated database of each engine: PGlite, and PostgreSQL where one is installed. */
export function eachEngine(suiteName: string, define: (context: EngineContext) => void): void {
  engineSuite(suiteName, 'PGlite', define, async () => {
    const db = await openPglite(undefined, await migratedPglite());
    return { db, drop: () => db.close() };
  });
  const server = inject('postgresUrl');
  if (server !== undefined) engineSuite(suiteName, 'PostgreSQL', define, () => freshDatabase(server));
}

/** A database that whoever asked for it drops. */
export interface FreshDatabase {
  db: Database;
  drop(): Promise<void>;
}

function engineSuite(
  suiteName: string,
  engine: string,
  define: (context: EngineContext) => void,
  make: () => Promise<FreshDatabase>,
): void {
  describe(`${suiteName} (${engine})`, () => {
    let fresh: FreshDatabase | undefined;
    beforeAll(async () => {
      fresh = await make();
    });
    afterAll(async () => {
      await fresh?.drop();
    });
    define({
      db() {
        if (fresh === undefined) throw new Error('the database is there only once the tests run');
        return fresh.db;
      },
    });
  });
}

/** Makes an empty database on the test server. The caller drops it. */
export function emptyDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  return newDatabase(server, '');
}

async function newDatabase(server: string, how: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await onServer(server, `create database ${name} ${how}`);
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const admin = await openPostgresql(server);
  try {
    await admin.script(statement);
  } finally {
    await admin.close();
  }
}

/** One fresh, migrated database where both engines would ask the same twice: PostgreSQL where one is installed, else PGlite. */
export async function oneDatabase(): Promise<FreshDatabase> {
  const server = inject('postgresUrl');
  if (server !== undefined) return freshDatabase(server);
  const db = await openPglite(undefined, await migratedPglite());
  return { db, drop: () => db.close() };
}

async function freshDatabase(server: string): Promise<FreshDatabase> {
  const { url, drop } = await newDatabase(server, `template ${migratedDatabase}`);
  const db = await openPostgresql(url);
  return {
    db,
    async drop() {
      await db.close();
      await drop();
    },
  };
}
