import { setTimeout as delay } from 'node:timers/promises';
import { sendAll } from '../hospital.ts';
import { holds, holdsExactly, messagesOf, type Fault, type Ground } from './fault.ts';

/** Sends 400 messages, and has the store fail for a while in the midst of them. */
async function sendThrough(
  { hub, store }: Ground,
  prefix: string,
  fail: () => Promise<void>,
): Promise<{ refused: number; lines: number; seconds: number }> {
  const messages = messagesOf(prefix, 400);
  let acknowledged = 0;
  let failing: Promise<void> | undefined;
  const from = performance.now();
  const figures = await sendAll(
    () => hub.port,
    messages,
    () => {
      acknowledged += 1;
      if (acknowledged !== 100) return;
      failing = fail();
      failing.catch(() => undefined);
    },
  );
  const seconds = (performance.now() - from) / 1000;
  await failing;
  await holdsExactly(store, prefix, messages);
  return { ...figures, seconds };
}

const storeGone: Fault = {
  name: 'a database that goes away and comes back',
  async tried(ground) {
    const { rows } = await ground.store.query<{ name: string }>('select current_database() as name');
    const name = rows[0]?.name ?? '';
    const { refused, lines } = await sendThrough(ground, 'gone', async () => {
      await ground.server.query(`alter database ${name} allow_connections false`);
      await ground.server.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'care-timeline-hub'`,
        [name],
      );
      await delay(1500);
      await ground.server.query(`alter database ${name} allow_connections true`);
    });
    holds(refused > 0, 'nothing was answered AR');
    return `400 sent, ${refused} answered AR over ${lines} lines and sent again: each kept once, in order`;
  },
};

const diskFull: Fault = {
  name: 'a database whose disk is full',
  async tried(ground) {
    const { store } = ground;
    const { refused } = await sendThrough(ground, 'full', async () => {
      await store.query(`create function full_disk() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
      await store.query('create trigger full_disk before insert on inbox execute function full_disk()');
      await delay(1000);
      await store.query('drop trigger full_disk on inbox');
      await store.query('drop function full_disk()');
    });
    holds(refused > 0, 'nothing was answered AR');
    return `400 sent, ${refused} answered AR and sent again: each kept once, in order`;
  },
};

const slowStore: Fault = {
  name: 'a database that answers nothing for three seconds',
  async tried(ground) {
    const { store } = ground;
    const { refused, seconds } = await sendThrough(ground, 'slow', async () => {
      await store.query('begin');
      await store.query('lock table inbox in access exclusive mode');
      await delay(3000);
      await store.query('commit');
    });
    return `400 sent in ${seconds.toFixed(1)} s, ${refused} answered AR: the sender waited, each kept once, in order`;
  },
};

export const storeFaults: readonly Fault[] = [storeGone, diskFull, slowStore];
