import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { visitMessage, type VisitMessage } from '../plain-format.ts';
import type { HubState, RunningHub } from '../running-hub.ts';

/** What a fault is tried on: a hub in a process of its own, and ways into its store that do not go through it. */
export interface Ground {
  hub: RunningHub;
  store: Client;
  /** On another database of the same server. */
  server: Client;
}

/** Something that goes wrong. `tried` answers figures in a sentence, or rejects with what the hub did not stand. */
export interface Fault {
  name: string;
  tried(ground: Ground): Promise<string>;
}

/** Messages of one fault, of one person each ten. */
export function messagesOf(prefix: string, count: number): VisitMessage[] {
  return Array.from({ length: count }, (_, place) => {
    const person = `${prefix}${Math.floor(place / 10)}`;
    return visitMessage(`${prefix}-${place}`, person, `${person}-1`);
  });
}

/** Rejects unless the inbox holds exactly these of the messages with this prefix, each once, in this order. */
export async function holdsExactly(store: Client, prefix: string, sent: readonly VisitMessage[]): Promise<void> {
  const { rows } = await store.query<{ label: string }>('select label from inbox where label like $1 order by seq', [
    `${prefix}-%`,
  ]);
  const [kept, expected] = [rows.map(({ label }) => label), sent.map(({ id }) => id)];
  if (kept.length === expected.length && kept.every((label, place) => label === expected[place])) return;
  const missing = expected.filter((id) => !kept.includes(id)).length;
  throw new Error(`${kept.length} of ${expected.length} in the inbox, ${missing} missing, or not in their order`);
}

/** Rejects with these words unless it holds. */
export function holds(condition: boolean, words: string): void {
  if (!condition) throw new Error(words);
}

/** How much the hub's memory grew at most while something was done to it, bytes, looked at ten times a second. */
export async function growthDuring(hub: RunningHub, work: () => Promise<void>): Promise<number> {
  const before = await hub.look();
  let most = before.rss;
  let over = false;
  const watching = (async () => {
    for (;;) {
      const now: HubState = await hub.glance();
      most = Math.max(most, now.rss);
      if (over) return;
      await delay(100);
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await watching;
  }
  return most - before.rss;
}

export const megabyte = 1024 * 1024;
