import { mergeRecordWithin, unmergeWithin } from '../../people/merge.ts';
import { serveComposed } from '../../people/serve.ts';
import type { Sql } from '../../store/database.ts';
import { storableText } from '../../store/storable.ts';
import type { InboxMessage, RecordLink } from '../format.ts';

/** Notes which of its records a source says are one person, or are not after all. The last word on a pair counts. */
export async function keepLinks(sql: Sql, message: InboxMessage, links: readonly RecordLink[]): Promise<void> {
  for (const { kind, keep, gone, at } of links) {
    await sql.query(
      `insert into feed_link as l (source, keep, gone, kind, at, seq) values ($1, $2, $3, $4, $5, $6)
       on conflict (source, gone, keep) do update set kind = excluded.kind, at = excluded.at, seq = excluded.seq
       where (l.at, l.seq) <= (excluded.at, excluded.seq)`,
      [message.source, storableText(keep), storableText(gone), kind, at ?? message.receivedAt, message.seq],
    );
  }
}

interface LinkRow {
  keep: string;
  gone: string;
  kind: RecordLink['kind'];
  keep_person: string;
  gone_person: string;
}

/**
 * Does what the source said of these records, as far as both are known by now: a merge may come before the first message
 * about either. Only the source's own record moves: what others say of that person stays theirs (false join).
 */
export async function followLinks(sql: Sql, source: string, subjects: readonly string[]): Promise<void> {
  const rows = await sql.query<LinkRow>(
    `select l.keep, l.gone, l.kind, k.person as keep_person, g.person as gone_person
     from feed_link l
     join source_patient k on k.source = l.source and k.local_id = l.keep
     join source_patient g on g.source = l.source and g.local_id = l.gone
     where l.source = $1 and (l.gone = any($2::text[]) or l.keep = any($2::text[])) order by l.at, l.seq`,
    [source, subjects],
  );
  for (const { keep, gone, kind, keep_person: to, gone_person: from } of rows) {
    const record = { source, localId: gone };
    const last = await lastLink(sql, record);
    if (kind === 'merge' && from !== to) {
      // A person who took them apart knows more than the message that came before.
      if (last?.rule === 'unmerged' && last.by !== source) continue;
      await mergeRecordWithin(
        sql,
        { ...record, from, to },
        { by: source, reason: `Merged by its system into ${keep}.` },
      );
    } else if (kind === 'unmerge' && from === to && last?.rule === 'merged') {
      // Together because its system merged them, and not because of who each says it is.
      await unmergeWithin(sql, record, { by: source, reason: `Taken apart again by its system from ${keep}.` });
    } else if (from === to) {
      // One person before they were merged: what the record that gave way says of who they are is past all the same.
      await serveComposed(sql, [to]);
    }
  }
}

/** How the record came to stand where it stands. */
async function lastLink(
  sql: Sql,
  record: { source: string; localId: string },
): Promise<{ rule: string; by: string } | undefined> {
  const [last] = await sql.query<{ rule: string; by: string }>(
    'select rule, by_whom as by from person_link where source = $1 and local_id = $2 order by at desc limit 1',
    [record.source, record.localId],
  );
  return last;
}
