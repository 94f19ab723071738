import type { Database, Sql } from '../../store/database.ts';

/** A message to be worked on. */
export interface WaitingMessage {
  source: string;
  seq: number;
  subject: string | null;
  attempts: number;
}

/** Looked at together: enough to keep several lanes busy. */
const atOnce = 400;

/** The oldest messages that wait and are due, in the order they came. */
export async function waitingMessages(sql: Sql): Promise<WaitingMessage[]> {
  const rows = await sql.query<Omit<WaitingMessage, 'seq'> & { seq: string | number }>(
    `select source, seq, subject, attempts from inbox where state = 'waiting' and due <= now() order by seq limit ${atOnce}`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** People whose scopes wait to be told since a file touched them: shared lists first, then as they came. */
export async function waitingSubjects(sql: Sql): Promise<{ source: string; subject: string; attempts: number }[]> {
  return sql.query(
    `select source, subject, max(attempts) as attempts from feed_scope where waiting is not null and due <= now()
     group by source, subject order by subject <> '', min(waiting), subject collate "C" limit ${atOnce}`,
  );
}

/** Tries of a message that fails without the store failing: then somebody has to look at it. */
const mostTries = 8;

/**
 * Puts a message that failed off, twice as long each time; after eight tries it is a dead letter. While the store itself
 * cannot be written to, it stays as it is.
 */
export async function postponeMessage(
  db: Database,
  { source, seq, attempts }: { source: string; seq: number; attempts: number },
  error: Error,
): Promise<void> {
  const tries = attempts + 1;
  await unlessTheStoreFails(
    db.query(
      `update inbox set attempts = $3, due = now() + make_interval(secs => $4), reason = $5,
         state = case when $3::integer >= ${mostTries} then 'dead' else state end,
         settled = case when $3::integer >= ${mostTries} then now() else settled end
       where source = $1 and seq = $2 and state = 'waiting'`,
      [source, seq, tries, waitAfter(tries), `The hub failed on it ${tries} times: ${error.name}.`],
    ),
  );
}

/** The same for a person's scopes, which go on being tried, ever more seldom, and are told to the operator. */
export async function postponeScopes(
  db: Database,
  source: string,
  subject: string,
  tries: number,
  error: Error,
): Promise<void> {
  await unlessTheStoreFails(
    db.query(
      `update feed_scope set attempts = $3, due = now() + make_interval(secs => $4), problem = $5
       where source = $1 and subject = $2 and waiting is not null`,
      [source, subject, tries, waitAfter(tries), `The hub failed on it ${tries} times: ${error.name}.`],
    ),
  );
}

/** Seconds: 1, 2, 4 … up to ten minutes. */
function waitAfter(tries: number): number {
  return Math.min(600, 2 ** (tries - 1));
}

/** The failure was told already; what cannot be noted now is met again in the same state. */
async function unlessTheStoreFails(noting: Promise<unknown>): Promise<void> {
  await noting.catch(() => undefined);
}
