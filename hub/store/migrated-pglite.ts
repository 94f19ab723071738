import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from './migrate.ts';
import { dumpPglite } from './pglite.ts';

const prefix = 'care-timeline-migrated-';
const aDay = 24 * 3_600_000;

/**
 * A migrated store as a dump to start tests from: half a second each, where making a cluster and migrating it takes four
 * or more. Kept in the system's temporary folder, by what the migrations say, so that all test files share one.
 */
export async function migratedPglite(): Promise<Blob> {
  const path = join(tmpdir(), `${prefix}${fingerprint()}.tar`);
  try {
    return new Blob([readFileSync(path)]);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const dump = await dumpPglite(migrate);
  removeOld();
  // Renaming is atomic: another test file sees no dump or a whole one.
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'dump'), Buffer.from(await dump.arrayBuffer()));
  renameSync(join(folder, 'dump'), path);
  rmSync(folder, { recursive: true });
  return dump;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const migrations = join(import.meta.dirname, 'migrations');
  const files = readdirSync(migrations).sort();
  for (const file of files) hash.update(file).update(readFileSync(join(migrations, file)));
  hash.update(readFileSync(join(import.meta.dirname, 'migrate.ts')));
  hash.update(readFileSync(join(import.meta.dirname, 'pglite.ts')));
  hash.update(readFileSync(join(import.meta.dirname, '../../node_modules/@electric-sql/pglite/package.json')));
  return hash.digest('hex').slice(0, 24);
}

function removeOld(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(tmpdir(), name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > aDay) rmSync(path, { recursive: true, force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
