import type { Resource } from 'fhir/r4';
import type { FailureKind, Session } from '../launch/session.ts';
import { keyTopics } from './key-topics.ts';
import { readAllPages } from './read-all-pages.ts';
import { search } from './searches.ts';
import { cannotBeAsked, failureOf } from './stream-reader.ts';

type KeyTopic = (typeof keyTopics)[number];

/** What is known of one topic. `failed` must never be shown as none (misreadings 1 and 2). */
interface KeyTopicState {
  status: 'loading' | 'read' | 'failed';
  /** All pages, or nothing: half a list of allergies misleads. */
  resources: readonly Resource[];
  failure: FailureKind | undefined;
  /** It failed for good: the hub says that it has nothing of the kind. */
  absent?: boolean;
  /** Resources that named another person and were dropped. */
  strangers: number;
}

export type KeyTopics = Record<KeyTopic, KeyTopicState>;

/** The key information being read. */
export interface KeyReader {
  state: () => KeyTopics;
  subscribe: (listener: () => void) => () => void;
  /** Reads what is not read yet; called again, what failed. */
  read: () => void;
  /**
   * Reads all of it anew, behind what is shown. A topic that cannot be read again has failed and keeps what was read:
   * known allergies stay known, as possibly incomplete (misreading 1).
   */
  readAgain: () => void;
  /** Ends all reading. */
  close: () => void;
}

const loading: KeyTopicState = { status: 'loading', resources: [], failure: undefined, strangers: 0 };

/** Prepares reading the key information of the session's person, every page of every topic. Nothing rejects. */
export function keyReader(session: Session): KeyReader {
  const listeners = new Set<() => void>();
  const running = new Set<KeyTopic>();
  let closing = new AbortController();
  let state = Object.fromEntries(keyTopics.map((topic) => [topic, loading])) as KeyTopics;

  const become = (topic: KeyTopic, next: KeyTopicState): void => {
    state = { ...state, [topic]: next };
    for (const listener of listeners) listener();
  };

  const isAbsent = (topic: KeyTopic): Promise<boolean> =>
    import('./other-hub/other-hub.ts').then(
      ({ saysItLacks }) => saysItLacks(session, topic),
      // Without what can tell, it counts as failed, and may be tried again.
      () => false,
    );

  const readTopic = async (topic: KeyTopic, signal: AbortSignal): Promise<void> => {
    const address = search(topic, [
      ['patient', session.patientId],
      ['_count', '100'],
    ]);
    try {
      const { resources, strangers } = await readAllPages(session, address, topic, signal);
      if (!signal.aborted) become(topic, { status: 'read', resources, failure: undefined, strangers });
    } catch (error) {
      const absent = cannotBeAsked(error) && (await isAbsent(topic));
      const failed = { status: 'failed', failure: failureOf(error).kind, ...(absent && { absent }) } as const;
      if (!signal.aborted) become(topic, { ...state[topic], ...failed });
    } finally {
      if (!signal.aborted) running.delete(topic);
    }
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read() {
      for (const topic of keyTopics) {
        if (running.has(topic) || state[topic].status === 'read') continue;
        running.add(topic);
        if (state[topic].status === 'failed') become(topic, { ...state[topic], status: 'loading', failure: undefined });
        void readTopic(topic, closing.signal);
      }
    },
    readAgain() {
      for (const topic of keyTopics) {
        if (running.has(topic)) continue;
        running.add(topic);
        void readTopic(topic, closing.signal);
      }
    },
    close() {
      closing.abort();
      closing = new AbortController();
      running.clear();
    },
  };
}
