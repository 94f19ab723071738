import type { SourceId } from '../../../fhir/sources.ts';
import type { Transaction } from '../../store/database.ts';
import type { FormatName, InboxMessage, Sorted } from '../format.ts';

/** One hub at a time works on one person of one source, until its transaction ends. */
export const holdSubject = (source: string, subject: string): string =>
  `pg_try_advisory_xact_lock(hashtextextended(${source} || '|' || ${subject}, 70))`;

/**
 * Holds both records of every link, so that what is being told of either is committed, and seen, before the link is followed;
 * false when another lane has one of them in hand.
 */
export async function holdLinked(sql: Transaction, source: string, { links }: Sorted): Promise<boolean> {
  if (links.length === 0) return true;
  const [held] = await sql.query<{ held: boolean }>(
    `select bool_and(${holdSubject('$1::text', 'subject')}) as held from unnest($2::text[]) as s(subject)`,
    [source, links.flatMap(({ keep, gone }) => [keep, gone])],
  );
  return held?.held === true;
}

export interface Claimed {
  message: InboxMessage;
  /** It was worked on before. */
  again: boolean;
  /** The person it is about, as the source numbers them; undefined for a file about many. */
  subject: string | undefined;
}

/** Takes these messages of one source, but for those settled or in another hub's hands, and their people with them. */
export async function claim(sql: Transaction, source: string, seqs: readonly number[]): Promise<Claimed[]> {
  const rows = await sql.query<{
    seq: string | number;
    organisation: string;
    format: FormatName;
    label: string;
    received: string;
    bytes: Uint8Array;
    worked: boolean;
    held: boolean;
    subject: string | null;
  }>(
    // Each by its number: see `readPieces`.
    `select m.* from unnest($2::bigint[]) as w (seq) cross join lateral (
       select seq, organisation, format, label, received, bytes, worked, subject,
         case when subject is null then true else ${holdSubject('source', 'subject')} end as held
       from inbox where source = $1 and seq = w.seq and state = 'waiting' for update skip locked offset 0
     ) as m order by m.seq`,
    [source, seqs],
  );
  return rows
    .filter(({ held }) => held)
    .map(({ seq, organisation, format, label, bytes, received: receivedAt, worked: again, subject }) => ({
      message: { seq: Number(seq), source: source as SourceId, organisation, format, label, receivedAt, bytes },
      again,
      subject: subject ?? undefined,
    }));
}
