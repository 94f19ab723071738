import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the embedded store open. */
export class StoreHeldError extends Error {
  override name = 'StoreHeldError';
  constructor(dataDir: string) {
    super(`The store in ${dataDir} is in use by another process: stop it first, or set DATA_DIR to another folder.`);
  }
}

/**
 * Holds the folder for this process until released. PGlite itself lets two processes write one folder and loses what one
 * of them wrote. The lock is the operating system's, on an SQLite file: it is free again after a kill -9, and needs no
 * process id, which means nothing across containers.
 * @throws StoreHeldError when another opener holds it
 */
export function hold(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const file = new DatabaseSync(join(dataDir, 'store.lock'));
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (error instanceof Error && error.message.includes('locked')) throw new StoreHeldError(dataDir);
    throw error;
  }
  return { release: () => file.close() };
}
