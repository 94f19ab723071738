import type { Launch } from '../launch/launch.ts';
import type { LaunchFailure } from '../launch/outcome.ts';
import type { Session } from '../launch/session.ts';
import { createRecordReader } from '../record/record-reader.ts';
import type { RecordReader } from '../record/record-state.ts';

/** What the app shows: the way in, why it failed, or one person's record. */
export type Opened =
  | { status: 'starting' }
  | { status: 'failed'; failure: LaunchFailure }
  | { status: 'ready'; session: Session; reader: RecordReader };

/** A store of what is open. */
export interface OpenedRecord {
  current: () => Opened;
  subscribe: (listener: () => void) => () => void;
  /** Ends the session that is open. */
  end: Launch['end'];
}

/**
 * Follows a launch and reads the record of the session it opens, outside React, so that nothing is read twice and the
 * first reads leave at once. Whatever was read of a session is let go the moment the session
 * ends.
 */
export function openRecord(launch: Launch): OpenedRecord {
  const listeners = new Set<() => void>();
  let opened: Opened = { status: 'starting' };

  const follow = (): void => {
    const outcome = launch.outcome();
    const before = opened.status === 'ready' ? opened : undefined;
    if (outcome.status === 'ready') {
      const { session } = outcome;
      // The same session again, with its reader's name: the reading goes on.
      const same = before !== undefined && isSame(before.session, session);
      if (!same) before?.reader.close();
      opened = { status: 'ready', session, reader: same ? before.reader : createRecordReader(session) };
    } else {
      before?.reader.close();
      const { status, ...failure } = outcome;
      opened = status === 'failed' ? { status, failure: failure as LaunchFailure } : { status };
    }
    for (const listener of listeners) listener();
  };

  launch.subscribe(follow);
  follow();
  return {
    current: () => opened,
    end: (why) => launch.end(why),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function isSame(a: Session, b: Session): boolean {
  return a.base === b.base && a.patientId === b.patientId && a.openedAt === b.openedAt;
}
