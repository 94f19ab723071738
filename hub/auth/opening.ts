import type { Sql } from '../store/database.ts';
import { isoInstant } from '../store/iso-instant.ts';
import type { SignedOnUser } from './authorization.ts';

/** Openings no further apart than this are one sitting: a reload or a second launch must not clear what is new. */
const sittingMinutes = 30;

/**
 * Notes that this user opens this person, and answers when the same user did so last in an earlier sitting (T14): an
 * ISO 8601 instant by the store's own clock, the one `meta.lastUpdated` is written by; undefined at the first sitting.
 */
export async function noteOpening(sql: Sql, patient: string, user: SignedOnUser): Promise<string | undefined> {
  const rows = await sql.query<{ before_at: string | null }>(
    `INSERT INTO opening AS o (patient, reader, last_at) VALUES ($1::text, $2::text, clock_timestamp())
     ON CONFLICT (patient, reader) DO UPDATE SET
       before_at = CASE WHEN o.last_at > excluded.last_at - interval '${sittingMinutes} minutes'
         THEN o.before_at ELSE o.last_at END,
       last_at = greatest(o.last_at, excluded.last_at)
     RETURNING before_at`,
    [patient, readerKey(user)],
  );
  const before = rows[0]?.before_at;
  return before === null || before === undefined ? undefined : isoInstant(before);
}

/** One person signing on through several systems is one reader where a national (SDS) user id says so. */
function readerKey(user: SignedOnUser): string {
  return /^\d{12}$/.test(user.id) ? `sds|${user.id}` : user.practitioner;
}
