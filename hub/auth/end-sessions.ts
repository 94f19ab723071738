import type { Sql } from '../store/database.ts';
import { upstreamKey } from './authorization.ts';
import { staffPageKinds, type Here } from './staff-page.ts';

// A session is a sign-on in a browser (`SignOn`, with the library's `Session` of the same uid), the authorizations that it
// led to, and their tokens; or a sign-on to one of the hub's own pages. Each way to end one is one statement, so that nothing of it is left half ended.

/** Answers how many were ended of what somebody had open: authorizations and the hub's own pages. */
type Ended = Promise<number>;

/** What a browser is known of. */
const opened = ['Authorization', ...Object.values(staffPageKinds)].map((kind) => `'${kind}'`).join(', ');

async function end(sql: Sql, which: string, values: unknown[]): Ended {
  const rows = await sql.query<{ count: string | number }>(
    `with chosen as (select kind, uid, grant_id from auth_record where ${which}),
     gone as (
       delete from auth_record a using (
         select kind, key from auth_record where ${which}
         union select r.kind, r.key from auth_record r join chosen c on c.kind = 'Authorization' and r.grant_id = c.grant_id
         union select s.kind, s.key from auth_record s join chosen c on c.kind = 'SignOn' and s.kind = 'Session' and s.uid = c.uid
       ) ending where a.kind = ending.kind and a.key = ending.key returning a.kind)
     select count(*) as count from gone where kind in (${opened})`,
    values,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Everything that this user has open, in whatever browser and from whatever system. */
export function endUser(sql: Sql, user: string): Ended {
  return end(sql, 'user_id = $1::text', [user]);
}

/** What others than this user opened in this browser by a sign-on there, and their sign-on in its session. */
export function endOthersInBrowser(sql: Sql, { browser, session }: Here, user: string): Ended {
  const which = `user_id <> $3::text and ((kind in (${opened}) and uid = $1::text) or (kind = 'SignOn' and uid = $2::text))`;
  return end(sql, which, [browser, session ?? null, user]);
}

/** The sign-on of this browser session, and what was opened in this browser. */
export function endBrowser(sql: Sql, browser: string | undefined, sessionUid: string | undefined): Ended {
  const which = `(kind in (${opened}) and uid = $1::text) or (kind = 'SignOn' and uid = $2::text)`;
  return end(sql, which, [browser ?? null, sessionUid ?? null]);
}

/** One authorization of this user. */
export function endAuthorization(sql: Sql, user: string, grant: string): Ended {
  return end(sql, "kind = 'Authorization' and user_id = $1::text and grant_id = $2::text", [user, grant]);
}

/** What a session at a sign-on service led to; without `sid` all of that user's there, without `subject` that one session. */
export function endUpstream(
  sql: Sql,
  { service, subject, sid }: { service: string; subject: string | undefined; sid: string | undefined },
): Ended {
  const its = "payload::jsonb #>> '{upstream,sid}'";
  if (subject === undefined) {
    return end(sql, `starts_with(upstream, $1::text) and ${its} = $2::text`, [`${service}|`, sid ?? null]);
  }
  // What it did not say the session of could be this one.
  const session = `($2::text is null or ${its} is null or ${its} = $2::text)`;
  return end(sql, `upstream = $1::text and ${session}`, [upstreamKey({ service, subject }), sid ?? null]);
}
