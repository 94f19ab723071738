import { z } from 'zod';
import type { Database } from '../../hub/store/database.ts';
import type { VisitMessage } from './plain-format.ts';

/** What is wrong with the store after messages were sent; empty sentences are none. */
export interface Kept {
  /** Acknowledged, and not in the inbox. */
  missing: number;
  /** In the inbox more than once. */
  doubled: number;
  /** People whose messages stand in another order than they were sent. */
  disordered: number;
  /** Dead letters, and what still waits. */
  unsettled: number;
  /** Visits whose record does not name exactly the messages sent of it, each once, in order. */
  wrongVisits: number;
  /** Rows of the record that nobody sent. */
  surplus: number;
}

/** Compares the inbox and the record with what was sent, all of which was acknowledged. */
export async function checkKept(db: Database, sent: readonly VisitMessage[]): Promise<Kept> {
  const inbox = await db.query<{ label: string; subject: string; state: string }>(
    'select label, subject, state from inbox order by seq',
  );
  const times = new Map<string, number>();
  for (const { label } of inbox) times.set(label, (times.get(label) ?? 0) + 1);
  const [byPersonSent, byPersonKept] = [
    grouped(
      sent,
      ({ person }) => person,
      ({ id }) => id,
    ),
    grouped(
      inbox,
      ({ subject }) => subject,
      ({ label }) => label,
    ),
  ];
  const rows = await db.query<{ type: string; content: string }>(
    `select type, content from resource where source = 'system-c' and type in ('Encounter', 'Patient')`,
  );
  const told = rows.filter(({ type }) => type === 'Encounter').map(({ content }) => reasonsOf(content));
  const expected = grouped(
    sent,
    ({ visit }) => visit,
    ({ id }) => id,
  );
  const right = new Set([...expected.values()].map((ids) => ids.join(' ')));
  const found = told.filter((reasons) => right.has(reasons));
  return {
    missing: sent.filter(({ id }) => !times.has(id)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    disordered: [...byPersonSent].filter(([who, ids]) => ids.join(' ') !== byPersonKept.get(who)?.join(' ')).length,
    unsettled: inbox.filter(({ state }) => state !== 'done').length,
    wrongVisits: expected.size - new Set(found).size,
    surplus: told.length - found.length + Math.max(0, found.length - expected.size),
  };
}

function grouped<T>(all: readonly T[], key: (one: T) => string, value: (one: T) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [value(one)]);
    else group.push(value(one));
  }
  return groups;
}

const visit = z.object({ reasonCode: z.array(z.object({ text: z.string() })) });

function reasonsOf(content: string): string {
  const { reasonCode } = visit.parse(JSON.parse(content));
  return reasonCode.map(({ text }) => text).join(' ');
}

/** Resolves when the worker has nothing left. Rejects when it has not got there in `withinMs`. */
export async function untilSettled(db: Database, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  for (;;) {
    const [left] = await db.query<{ left: string | number }>(
      `select (select count(*) from inbox where state = 'waiting')
         + (select count(*) from feed_scope where waiting is not null) as left`,
    );
    if (Number(left?.left) === 0) return;
    if (performance.now() > until) throw new Error(`${left?.left} are still waiting`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
