import type { Transaction } from '../../store/database.ts';
import type { InboxMessage } from '../format.ts';
import { openScopesStatement, toldStatement, type TellReport, type ToldScope } from './tell.ts';

/** Has what pointed in vain told again, now that something new is there. */
export async function reopen(sql: Transaction, source: string, told: readonly ToldScope[]): Promise<void> {
  const subjects = [...new Set(told.map(({ subject }) => subject))].filter((subject) => subject !== '');
  await sql.query(openScopesStatement, [source, subjects, told.map(({ scope }) => scope)]);
}

/** Settles a message with what came of it. */
export async function settle(
  sql: Transaction,
  { source, seq }: InboxMessage,
  report: TellReport,
): Promise<'done' | 'dead'> {
  const { doubts, refused, scopes, isNew } = report;
  const state = refused.length === 0 ? 'done' : 'dead';
  await sql.query(
    `with told as (${toldStatement})
     update inbox set state = $4, reason = $5, doubts = $6, settled = now(), worked = true where source = $1 and seq = $3`,
    [
      source,
      Buffer.from(JSON.stringify(scopes)),
      seq,
      state,
      refused.length === 0 ? null : refused.slice(0, 20).join(' '),
      doubts.slice(0, 200),
    ],
  );
  if (isNew) await reopen(sql, source, scopes);
  return state;
}
