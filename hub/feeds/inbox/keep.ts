import { hash } from 'node:crypto';
import type { SourceId } from '../../../fhir/sources.ts';
import type { Sql } from '../../store/database.ts';
import { storableText } from '../../store/storable.ts';
import type { FormatName } from '../format.ts';

/** A message as a receiver has it. */
export interface IncomingMessage {
  source: SourceId;
  /** ODS code of the organisation whose system sends. */
  organisation: string;
  format: FormatName;
  /** What the sender calls it: a control id, a file's name. No patient data. */
  label: string;
  /** ISO 8601 UTC. */
  receivedAt: string;
  bytes: Uint8Array;
  /** The person it is about, as the source numbers them; undefined for a file about many. */
  subject: string | undefined;
}

/** Where a message stands, and whether it stood there before. */
export interface Kept {
  seq: number;
  repeated: boolean;
}

/**
 * Keeps a message as it came. When it resolves the message is committed, and may be acknowledged. The same bytes under the
 * same label are the same message: a sender that did not hear the acknowledgement sends again. Rejects when the store does
 * not take it; then nothing was kept.
 */
export async function keepMessage(db: Sql, message: IncomingMessage): Promise<Kept> {
  const [kept] = await keepMessages(db, [message]);
  if (kept === undefined) throw neither();
  return kept;
}

/** The same of several messages in one commit: their places rise as they stand here. All of them are kept, or none. */
export async function keepMessages(db: Sql, messages: readonly IncomingMessage[]): Promise<Kept[]> {
  if (messages.length === 0) return [];
  const rows = messages.map((message) => ({
    ...message,
    label: storableText(message.label),
    digest: hash('sha256', message.bytes, 'base64'),
  }));
  const places = rows.map(
    (_, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join()})`,
  );
  const kept = await db.query<Name & { seq: string | number }>(
    `insert into inbox (${columns.join()}) values ${places.join()}
     on conflict (source, digest, label) do nothing returning seq, source, digest, label`,
    rows.flatMap(({ source, organisation, format, label, subject, receivedAt, digest, bytes }) => [
      source,
      organisation,
      format,
      label,
      subject === undefined ? null : storableText(subject),
      receivedAt,
      digest,
      bytes,
    ]),
  );
  const seqs = new Map(kept.map((row) => [keyOf(row), Number(row.seq)]));
  const before = await seqsOf(
    db,
    rows.filter((row) => !seqs.has(keyOf(row))),
  );
  const told = new Set<string>();
  return rows.map((row) => {
    const key = keyOf(row);
    const seq = seqs.get(key) ?? before.get(key);
    if (seq === undefined) throw neither();
    // Sent twice in one breath it is the same message too.
    const repeated = before.has(key) || told.has(key);
    told.add(key);
    return { seq, repeated };
  });
}

const columns = ['source', 'organisation', 'format', 'label', 'subject', 'received', 'digest', 'bytes'];

/** What makes a message the same. */
interface Name {
  source: string;
  digest: string;
  label: string;
}

function keyOf({ source, digest, label }: Name): string {
  return JSON.stringify([source, digest, label]);
}

/** Where these stand that were kept before. */
async function seqsOf(db: Sql, names: readonly Name[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await db.query<Name & { seq: string | number }>(
    `select m.seq, m.source, m.digest, m.label from unnest($1::text[], $2::text[], $3::text[]) as n (source, digest, label)
     join inbox m on m.source = n.source and m.digest = n.digest and m.label = n.label`,
    [names.map(({ source }) => source), names.map(({ digest }) => digest), names.map(({ label }) => label)],
  );
  return new Map(rows.map((row) => [keyOf(row), Number(row.seq)]));
}

function neither(): Error {
  return new Error('A message was neither kept nor found.');
}
