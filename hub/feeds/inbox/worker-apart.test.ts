import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../store/database.ts';
import { migrate } from '../../store/migrate.ts';
import { openPostgresql } from '../../store/postgresql.ts';
import { emptyDatabase } from '../../store/testing.ts';
import { keepMessage } from './keep.ts';
import { WorkerApart } from './worker-apart.ts';
import type { ThreadFailure } from './worker-thread.ts';

const server = inject('postgresUrl');

describe.skipIf(server === undefined)('the inbox, worked on by a thread of its own', () => {
  let made: Awaited<ReturnType<typeof emptyDatabase>>;
  let db: Database;
  beforeAll(async () => {
    made = await emptyDatabase(server!);
    db = await openPostgresql(made.url);
    await migrate(db);
  });
  afterAll(async () => {
    await db.close();
    await made.drop();
  });

  const keep = (label: string) =>
    keepMessage(db, {
      source: 'system-c',
      organisation: 'RKE',
      format: 'hl7-v2',
      label,
      receivedAt: new Date().toISOString(),
      bytes: new TextEncoder().encode('no message of any system'),
      subject: undefined,
    });
  const states = () => db.query<{ label: string; state: string }>('select label, state from inbox order by seq');

  it('is looked at when it starts and when it is woken, and what is in hand is settled before it stops', async () => {
    const failures: ThreadFailure[] = [];
    const worker = new WorkerApart(made.url, (failure) => failures.push(failure));
    await keep('before');
    worker.start();
    await expect.poll(states, { timeout: 20_000 }).toEqual([{ label: 'before', state: 'dead' }]);
    await keep('after');
    worker.wake();
    await expect.poll(states, { timeout: 5000 }).toContainEqual({ label: 'after', state: 'dead' });
    await worker.stop();
    await keep('too late');
    worker.wake();
    expect(await states()).toContainEqual({ label: 'too late', state: 'waiting' });
    expect(failures).toEqual([]);
  });

  it('says that it could not begin, by the name of the fault alone', async () => {
    const failures: ThreadFailure[] = [];
    const worker = new WorkerApart('postgres://nobody:secret@127.0.0.1:1/none', (failure) => failures.push(failure));
    worker.start();
    await expect
      .poll(() => failures[0], { timeout: 20_000 })
      .toEqual({ source: 'inbox', seq: undefined, attempts: 0, error: 'StoreUnusableError' });
    await worker.stop();
  });
});
