import type { SignedOnUser } from './authorization.ts';
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
}

const kind = 'SignOn';

/** Keeps who signed on, with role and organisation, for the browser session of this uid. */
export async function saveSignOn(
  records: AuthRecords,
  sessionUid: string,
  signOn: SignOnResult,
  expiresAt: number,
): Promise<void> {
  await records.put(kind, sessionUid, signOn, { expiresAt });
}

/** Who is signed on in this browser session. */
export async function findSignOn(records: AuthRecords, sessionUid: string): Promise<SignOnResult | undefined> {
  return (await records.find(kind, sessionUid))?.payload as SignOnResult | undefined;
}
