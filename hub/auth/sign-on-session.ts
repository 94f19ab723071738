import type { SignedOnUser } from './authorization.ts';
import type { AuthRecords } from './records.ts';

/** What a finished sign-on hands to the authorization that asked for it. */
export interface SignOnResult {
  user: SignedOnUser;
}

const kind = 'SignOn';

/** Keeps who signed on, with role and organisation, for the browser session of this uid. */
export async function saveSignOn(
  records: AuthRecords,
  sessionUid: string,
  user: SignedOnUser,
  expiresAt: number,
): Promise<void> {
  await records.put(kind, sessionUid, user, { expiresAt });
}

/** Who is signed on in this browser session. */
export async function findSignOn(records: AuthRecords, sessionUid: string): Promise<SignedOnUser | undefined> {
  return (await records.find(kind, sessionUid))?.payload as SignedOnUser | undefined;
}
