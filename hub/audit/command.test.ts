import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { migrate } from '../store/migrate.ts';
import { openPostgresql } from '../store/postgresql.ts';
import { emptyDatabase } from '../store/testing.ts';
import { auditRefusal } from './audit.ts';

const server = inject('postgresUrl');

describe.skipIf(server === undefined)('npm run audit', () => {
  let store: Awaited<ReturnType<typeof emptyDatabase>>;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
    store = await emptyDatabase(server ?? '');
    const db = await openPostgresql(store.url);
    await migrate(db);
    await auditRefusal(db, undefined, { action: 'read', detail: 'no valid token' });
    await db.close();
  });
  afterAll(async () => {
    await store.drop();
    await rm(folder, { recursive: true });
  });

  const audit = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve) => {
      const child = execFile(
        join(import.meta.dirname, '../../node_modules/.bin/node'),
        [join(import.meta.dirname, 'command.ts'), ...args],
        { env: { ...process.env, DATABASE_URL: store.url } },
        (_error, out, err) => resolve({ code: child.exitCode, out, err }),
      );
    });

  test('a checkpoint kept aside is verified against later, and a line that is none of its is refused', async () => {
    const kept = await audit('checkpoint');
    expect([kept.code, kept.out.split('\n').length]).toEqual([0, 2]);
    const file = join(folder, 'heads');
    await writeFile(file, kept.out);
    expect(await audit('verify', '--against', file)).toMatchObject({
      code: 0,
      out: '0 people, 1 chains, 1 lines of a checkpoint: all hold.\n',
    });
    await writeFile(file, kept.out.replace(/"hash":"[0-9a-f]{4}/, '"hash":"0000'));
    expect((await audit('verify', '--against', file)).code).toBe(1);
    await writeFile(file, `> npm's own line\n${kept.out}`);
    expect(await audit('verify', '--against', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('line 1 is no line of a checkpoint') as string,
    });
  });
});
