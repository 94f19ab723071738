import type { Transaction } from '../../store/database.ts';
import type { InboxMessage } from '../format.ts';
import { openScopesStatement, toldStatement, type TellReport, type ToldScope } from './tell.ts';

/** Has what pointed in vain told again, now that something new is there. */
export async function reopen(sql: Transaction, source: string, told: readonly ToldScope[]): Promise<void> {
  const ofPeople = told.filter(({ subject }) => subject !== '');
  await sql.query(openScopesStatement, [
    source,
    [...new Set(ofPeople.map(({ subject }) => subject))],
    ofPeople.map(({ subject }) => subject),
    ofPeople.map(({ scope }) => scope),
  ]);
}

/** A message that was worked on, and what came of it. */
export interface Settled {
  message: InboxMessage;
  report: TellReport;
}

/** Settles messages of one source with what came of each: dead where anything of it was refused. */
export async function settle(sql: Transaction, source: string, settled: readonly Settled[]): Promise<void> {
  const outcomes = settled.map(({ message, report: { doubts, refused } }) => ({
    source,
    seq: message.seq,
    state: stateOf(refused),
    reason: refused.length === 0 ? null : refused.slice(0, 20).join(' '),
    doubts: doubts.slice(0, 200),
  }));
  await sql.query(
    `with told as (${toldStatement})
     update inbox m set state = o.state, reason = o.reason, doubts = array(select json_array_elements_text(o.doubts)),
       settled = now(), worked = true
     from json_to_recordset($2::json) as o (source text, seq bigint, state text, reason text, doubts json)
     where m.source = o.source and m.seq = o.seq`,
    [
      Buffer.from(JSON.stringify(settled.flatMap(({ report }) => report.scopes))),
      Buffer.from(JSON.stringify(outcomes)),
    ],
  );
  const withNew = settled.filter(({ report }) => report.isNew).flatMap(({ report }) => report.scopes);
  if (withNew.length > 0) await reopen(sql, source, withNew);
}

/** How a message of which this was refused is settled. */
export function stateOf(refused: readonly string[]): 'done' | 'dead' {
  return refused.length === 0 ? 'done' : 'dead';
}
