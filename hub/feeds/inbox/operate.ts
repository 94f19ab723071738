import type { Database } from '../../store/database.ts';

/**
 * Has a span of the inbox worked on again, from `from` to `to` (places in the inbox, both included). What is the same comes
 * to the same and changes nothing; what a mapper has learnt since repairs the record. Answers how many messages wait now.
 */
export async function replay(db: Database, source: string, from: number, to: number): Promise<number> {
  return db.transaction(async (sql) => {
    await sql.query(
      `update feed_scope s set digest = '' from feed_piece p
       where p.source = $1 and p.seq between $2 and $3
         and s.source = p.source and s.subject = p.subject and s.scope = p.scope`,
      [source, from, to],
    );
    const again = await sql.query(
      `update inbox set state = 'waiting', due = now(), attempts = 0, reason = null, settled = null, settled_by = null
       where source = $1 and seq between $2 and $3 and state <> 'waiting' returning seq`,
      [source, from, to],
    );
    return again.length;
  });
}

/** Has a dead letter tried again. Answers false when it is none. */
export async function retryDeadLetter(db: Database, source: string, seq: number): Promise<boolean> {
  const rows = await db.query(
    `update inbox set state = 'waiting', due = now(), attempts = 0, settled = null, settled_by = null
     where source = $1 and seq = $2 and state = 'dead' returning seq`,
    [source, seq],
  );
  return rows.length > 0;
}

/**
 * Settles that a dead letter is done without, by whom and why; it stays in the inbox. Answers false when it is no dead letter.
 */
export async function releaseDeadLetter(
  db: Database,
  source: string,
  seq: number,
  settled: { by: string; reason: string },
): Promise<boolean> {
  const rows = await db.query(
    `update inbox set state = 'released', reason = concat_ws(' ', reason, 'Released: ' || $4::text), settled = now(),
       settled_by = $3
     where source = $1 and seq = $2 and state = 'dead' returning seq`,
    [source, seq, settled.by, settled.reason],
  );
  return rows.length > 0;
}
