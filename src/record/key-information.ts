import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Session } from '../launch/session.ts';
import { keyReader, type KeyTopics } from './key-reader.ts';
import { together } from './together.ts';

/** Nine topics answer one after the other: what comes within this many milliseconds is drawn together. */
const togetherMs = 50;

export interface KeyInformation {
  topics: KeyTopics;
  /** Reads the topics that failed again. */
  retry: () => void;
}

/**
 * Reads the key information of the session's person. It is needed for the first screen, so it does without the cache of
 * the details. Mount it anew for another person; the same session under its reader's name goes on. When the
 * session says that the record has been read anew (`readings`), it is read anew too.
 */
export function useKeyInformation(session: Session): KeyInformation {
  const [reader] = useState(() => keyReader(session));
  useEffect(() => {
    reader.read();
    return reader.close;
  }, [reader]);
  const { readings = 0 } = session;
  const done = useRef(readings);
  useEffect(() => {
    if (done.current === readings) return;
    done.current = readings;
    reader.readAgain();
  }, [reader, readings]);
  const [subscribe] = useState(() => together(reader.subscribe, togetherMs));
  return { topics: useSyncExternalStore(subscribe, reader.state), retry: reader.read };
}
