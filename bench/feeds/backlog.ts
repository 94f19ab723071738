import { hash } from 'node:crypto';
import { hl7V2 } from '../../hub/feeds/hl7/format.ts';
import type { Database } from '../../hub/store/database.ts';
import { wardMessages } from './ward-messages.ts';

const batch = 1000;

/** Puts messages into the inbox as if they had come while nobody worked on it. Answers how many. */
export async function fillBacklog(database: Database, from: number, count: number): Promise<number> {
  for (let start = from; start < from + count; start += batch) {
    const messages = [...wardMessages(start, Math.min(batch, from + count - start))];
    await database.query(
      `insert into inbox (source, organisation, format, label, subject, received, digest, bytes)
       select 'system-c', 'RKE', 'hl7-v2', i.label, i.subject, now(), i.digest, i.bytes
       from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as i (label, subject, digest, bytes)`,
      [
        messages.map(({ id }) => id),
        messages.map(({ bytes }) => hl7V2.subjectOf(bytes)),
        messages.map(({ bytes }) => hash('sha256', bytes, 'base64')),
        messages.map(({ bytes }) => bytes),
      ],
    );
  }
  return count;
}
