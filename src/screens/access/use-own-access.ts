import { useEffect, useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { readOwnAccess, type OwnAccess } from '../../record/own-access.ts';

/** What the hub says of the reader's own access; `absent` where it has no word for it. */
export type Known = { status: 'reading' | 'failed' | 'absent' } | { status: 'read'; access: OwnAccess };

/**
 * Reads it beside the record, anew with every reading of that, and whenever `again` is called.
 * @param asks false where another hub is not to be asked for what it has no word for
 */
export function useOwnAccess(session: Session, asks = true): { known: Known; again: () => void } {
  const [known, setKnown] = useState<Known>({ status: asks ? 'reading' : 'absent' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!asks) return undefined;
    const closing = new AbortController();
    const become = (next: Known): void => {
      if (!closing.signal.aborted) setKnown(next);
    };
    readOwnAccess(session, closing.signal).then(
      (access) => become(access === undefined ? { status: 'absent' } : { status: 'read', access }),
      () => become({ status: 'failed' }),
    );
    return () => closing.abort();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each attempt asks once more
  }, [session, attempt, asks]);
  return { known, again: () => setAttempt((before) => before + 1) };
}
