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

/**
 * Keeps a message as it came. When it resolves the message is committed, and may be acknowledged. The same bytes under the
 * same label are the same message: a sender that did not hear the acknowledgement sends again. Rejects when the store does
 * not take it; then nothing was kept.
 */
export async function keepMessage(db: Sql, message: IncomingMessage): Promise<{ seq: number; repeated: boolean }> {
  const digest = hash('sha256', message.bytes, 'base64');
  const label = storableText(message.label);
  const [kept] = await db.query<{ seq: string | number }>(
    `insert into inbox (source, organisation, format, label, subject, received, digest, bytes)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (source, digest, label) do nothing returning seq`,
    [
      message.source,
      message.organisation,
      message.format,
      label,
      message.subject === undefined ? null : storableText(message.subject),
      message.receivedAt,
      digest,
      message.bytes,
    ],
  );
  if (kept !== undefined) return { seq: Number(kept.seq), repeated: false };
  const [before] = await db.query<{ seq: string | number }>(
    'select seq from inbox where source = $1 and digest = $2 and label = $3',
    [message.source, digest, label],
  );
  if (before === undefined) throw new Error('A message was neither kept nor found.');
  return { seq: Number(before.seq), repeated: true };
}
