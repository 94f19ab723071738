import type { Sql } from '../store/database.ts';
import type { Authorization } from './authorization.ts';
import type { SignOnResult } from './sign-on-session.ts';

/** One thing that a user has open. Instants are epoch milliseconds. */
export interface OpenSession {
  /** A sign-on in a browser, or a record that was opened. */
  kind: 'sign-on' | 'record';
  /** Names it among the user's own. */
  key: string;
  /** The browser of a sign-on's session or of a record opened by one. */
  isHere: boolean;
  /** The sign-on service or the clinical system. */
  from: string;
  since: number;
  usedLast: number | undefined;
  endsAt: number;
}

interface Row {
  kind: 'SignOn' | 'Authorization';
  payload: string;
  grant_id: string | null;
  uid: string | null;
  last_used: string | null;
  ends: string;
}

/**
 * What this user has open now, wherever it is; used last first. Whose records they are is not told.
 * @param here session and browser of whoever asks, where they ask by one
 */
export async function listSessions(
  sql: Sql,
  user: string,
  here: { session?: string | undefined; browser?: string | undefined } = {},
): Promise<OpenSession[]> {
  const rows = await sql.query<Row>(
    `select kind, payload, grant_id, uid, last_used, coalesce(ends_at, expires_at) as ends from auth_record
     where user_id = $1::text and kind in ('SignOn', 'Authorization') and expires_at > $2::timestamptz
     order by last_used desc limit 200`,
    [user, new Date().toISOString()],
  );
  return rows.map(({ kind, payload, grant_id: grant, uid, last_used: used, ends }) => {
    const what = JSON.parse(payload) as SignOnResult & Authorization;
    return {
      kind: kind === 'SignOn' ? 'sign-on' : 'record',
      key: (kind === 'SignOn' ? uid : grant) ?? '',
      from: kind === 'SignOn' ? what.service : what.openedFrom,
      isHere: uid !== null && uid === (kind === 'SignOn' ? here.session : here.browser),
      since: kind === 'SignOn' ? what.at : what.openedAt,
      // A sign-on is used where it opens a record, and that stands in a line of its own.
      usedLast: kind === 'SignOn' || used === null ? undefined : new Date(used).getTime(),
      endsAt: new Date(ends).getTime(),
    };
  });
}
