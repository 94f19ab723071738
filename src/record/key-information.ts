import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Session } from '../launch/session.ts';
import { keyReader, type KeyTopics } from './key-reader.ts';

export interface KeyInformation {
  topics: KeyTopics;
  /** Reads the topics that failed again. */
  retry: () => void;
}

/**
 * Reads the key information of the session's person. It is needed for the first screen, so it does without the cache of
 * the details. Mount it anew for another person; the same session under its reader's name goes on.
 */
export function useKeyInformation(session: Session): KeyInformation {
  const [reader] = useState(() => keyReader(session));
  useEffect(() => {
    reader.read();
    return reader.close;
  }, [reader]);
  return { topics: useSyncExternalStore(reader.subscribe, reader.state), retry: reader.read };
}
