import type { AuthRecords } from './records.ts';

/** The authorization server's own session behind a cookie, by the uid that sign-ons are remembered under. */
export async function sessionOf(records: AuthRecords, cookie: string | undefined): Promise<string | undefined> {
  const session = cookie === undefined ? undefined : await records.find('Session', cookie);
  return ((session?.payload ?? {}) as { uid?: string }).uid;
}
