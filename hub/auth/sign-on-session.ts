import { upstreamKey, type SignedOnUser, type UpstreamSession } from './authorization.ts';
import type { AuthRecords } from './records.ts';

/** A finished sign-on. */
export interface SignOnResult {
  user: SignedOnUser;
  /** As shown: `Borough sign-on`. */
  service: string;
  /** Epoch milliseconds of when the user proved who they are, as the sign-on service says; else of when it answered. */
  at: number;
  /** The hub's Patient id where it is the person whose record it is who signed in. */
  ownRecord?: string | undefined;
  upstream: UpstreamSession;
}

const kind = 'SignOn';

/** Keeps who signed on, with role and organisation, for the browser session of this uid. */
export async function saveSignOn(
  records: AuthRecords,
  sessionUid: string,
  signOn: SignOnResult,
  expiresAt: number,
): Promise<void> {
  const { user, upstream } = signOn;
  await records.put(kind, sessionUid, signOn, {
    expiresAt,
    uid: sessionUid,
    user: user.id,
    upstream: upstreamKey(upstream),
  });
}

/** Who is signed on in this browser session. */
export async function findSignOn(records: AuthRecords, sessionUid: string): Promise<SignOnResult | undefined> {
  return (await records.find(kind, sessionUid))?.payload as SignOnResult | undefined;
}
