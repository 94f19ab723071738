import type { Sql } from '../../store/database.ts';
import { wholeRecord } from '../format.ts';

/** Names looked up by one statement. */
const batchSize = 2000;

/**
 * Has everybody of a source told again whose record holds a row of one of these names: a message said something of the row
 * and not whose it is. The scopes are taken in order; a ring with a file that another hub has in hand is broken by the database,
 * and the file that lost is worked on again.
 */
export async function tellAgain(sql: Sql, source: string, names: readonly string[]): Promise<void> {
  for (let from = 0; from < names.length; from += batchSize) {
    await sql.query(
      `with holders as materialized (
         select s.subject from feed_scope s
         where s.source = $1 and s.scope = '${wholeRecord}' and s.waiting is null and s.subject in (
           select p.subject from unnest($2::text[]) as n (name) cross join lateral (
             select subject from feed_piece where source = $1 and scope = '${wholeRecord}' and name = n.name offset 0) as p)
         order by s.subject collate "C" for update
       )
       update feed_scope s set waiting = now(), due = now(), attempts = 0
       from holders h where s.source = $1 and s.scope = '${wholeRecord}' and s.subject = h.subject`,
      [source, names.slice(from, from + batchSize)],
    );
  }
}
