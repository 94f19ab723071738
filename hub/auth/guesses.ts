import { auditRefusal, type AuditActor } from '../audit/audit.ts';
import type { AuthParts } from './auth-parts.ts';

/** What is guessed at, and by whom: a user, or a client at an address. */
export interface Guessing {
  /**
   * People sought and not found; proofs of a client that did not hold. Codes, tokens and the state of a sign-on are random
   * and long: guessing them is slowed by address alone (hub/http/limit-requests.ts), so that nobody can lock a hospital out.
   */
  what: 'person' | 'client';
  who: string;
}

/** So many may fail before there is a wait: somebody mistypes, a key was rolled over. */
const free: Record<Guessing['what'], number> = { person: 10, client: 20 };

const kind = 'Guesses';
const longestWaitSeconds = 900;
/** After an hour without a failure it begins anew. */
const keepMillis = 3_600_000;

/** Seconds to wait after so many failures: 2, 4, 8… up to a quarter of an hour. */
function waitAfter(failures: number, { what }: Guessing): number {
  const over = failures - free[what];
  return over <= 0 ? 0 : Math.min(longestWaitSeconds, 2 ** Math.min(over, 20));
}

/** Whole seconds that whoever asks has still to wait; 0 when they need not. Asked before anything is looked up. */
export async function secondsToWait({ records }: AuthParts, guessing: Guessing): Promise<number> {
  const found = await records.find(kind, keyOf(guessing));
  if (found?.usedAt === undefined) return 0;
  const until = found.usedAt + waitAfter(Number(found.payload), guessing) * 1000;
  return Math.max(0, Math.ceil((until - Date.now()) / 1000));
}

/** Notes that a guess failed. Where a wait begins by it, that is audited. */
export async function noteFailure(parts: AuthParts, guessing: Guessing, actor?: AuditActor): Promise<void> {
  const failures = await parts.records.count(kind, keyOf(guessing), keepMillis);
  const wait = waitAfter(failures, guessing);
  if (wait === 0) return;
  const detail = `${failures} failures, wait of ${wait} s`;
  await auditRefusal(parts.database, actor, { action: `guess-${guessing.what}`, detail });
}

/** It was no guess after all. */
export async function forgetFailures({ records }: AuthParts, guessing: Guessing): Promise<void> {
  await records.remove(kind, keyOf(guessing));
}

function keyOf({ what, who }: Guessing): string {
  return `${what}|${who}`;
}
