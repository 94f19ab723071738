import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hold, StoreHeldError } from './hold.ts';
import { openDatabase, StoreUnusableError } from './open.ts';
import { tooOld } from './postgresql.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'care-timeline-open-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Another process that opens the hold and keeps it until it is killed. */
async function holdElsewhere(): Promise<ChildProcess> {
  const module = new URL('hold.ts', import.meta.url).href;
  const script = `const { hold } = await import(${JSON.stringify(module)});
    globalThis.held = hold(${JSON.stringify(dataDir)}); process.stdout.write('held'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    other.stdout?.once('data', () => resolve());
    other.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)));
  });
  return other;
}

const ended = (other: ChildProcess) => new Promise((resolve) => other.once('close', resolve));

describe('The embedded store', () => {
  test('a second opener is refused in one line; after the first has closed it finds what was written', async () => {
    const first = await openDatabase({ databaseUrl: undefined, dataDir });
    await first.script('create table note (text text)');
    await first.query('insert into note values ($1)', ['kept']);
    const second = openDatabase({ databaseUrl: undefined, dataDir });
    await expect(second).rejects.toBeInstanceOf(StoreHeldError);
    await expect(second).rejects.toThrow(/^The store in \S+ is in use by another process[^\n]*$/);
    await first.close();
    const again = await openDatabase({ databaseUrl: undefined, dataDir });
    expect(await again.query('select text from note')).toEqual([{ text: 'kept' }]);
    await again.close();
  }, 90_000);

  test('another process that holds it keeps it, and a kill -9 of that process frees it', async () => {
    const other = await holdElsewhere();
    const gone = ended(other);
    expect(() => hold(dataDir)).toThrow(StoreHeldError);
    other.kill('SIGKILL');
    await gone;
    const held = hold(dataDir);
    expect(() => hold(dataDir)).toThrow(StoreHeldError);
    held.release();
  });

  test('a folder that cannot be a store is refused with the reason, not as held', async () => {
    const opened = openDatabase({ databaseUrl: undefined, dataDir: '/dev/null/store' });
    await expect(opened).rejects.toThrow(/ENOTDIR|not a directory/);
  });
});

describe('A server that cannot be used', () => {
  test('nothing answers there: one line, without the password', async () => {
    const opened = openDatabase({ databaseUrl: 'postgresql://hub:secret@127.0.0.1:9/none', dataDir });
    await expect(opened).rejects.toBeInstanceOf(StoreUnusableError);
    await expect(opened).rejects.toThrow(/^The database at DATABASE_URL cannot be used: [^\n]*ECONNREFUSED[^\n]*$/);
    await expect(opened).rejects.not.toThrow(/secret/);
  });

  test('PostgreSQL before 15 is refused by name, 15 and later are not', () => {
    expect(tooOld(140_013)).toBe('The database at DATABASE_URL is PostgreSQL 14; the hub needs 15 or newer.');
    expect(tooOld(90_624)).toContain('PostgreSQL 9;');
    expect(tooOld(150_000)).toBeUndefined();
    expect(tooOld(180_006)).toBeUndefined();
  });
});
