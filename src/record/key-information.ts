import { useQueries } from '@tanstack/react-query';
import type { Resource } from 'fhir/r4';
import type { FailureKind, Session } from '../launch/session.ts';
import { personKey } from './person-key.ts';
import { readAllPages } from './read-all-pages.ts';
import { search } from './searches.ts';
import { failureOf } from './stream-reader.ts';

/** The types that key information stands on, each read whole. */
export const keyTopics = [
  'AllergyIntolerance',
  'Flag',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'CareTeam',
  'CarePlan',
  'Consent',
  'List',
] as const;
export type KeyTopic = (typeof keyTopics)[number];

/** What is known of one topic. `failed` must never be shown as none (misreadings 1 and 2). */
export interface KeyTopicState {
  status: 'loading' | 'read' | 'failed';
  /** All pages, or nothing: half a list of allergies misleads. */
  resources: readonly Resource[];
  failure: FailureKind | undefined;
  /** Resources that named another person and were dropped. */
  strangers: number;
}

export interface KeyInformation {
  topics: Record<KeyTopic, KeyTopicState>;
  /** Reads the topics that failed again. */
  retry: () => void;
}

/** Reads the key information of the session's person, every page of every topic. */
export function useKeyInformation(session: Session): KeyInformation {
  const answers = useQueries({
    queries: keyTopics.map((topic) => ({
      queryKey: ['key-information', ...personKey(session), topic],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        readAllPages(
          session,
          search(topic, [
            ['patient', session.patientId],
            ['_count', '100'],
          ]),
          topic,
          signal,
        ),
    })),
  });
  const topics = Object.fromEntries(
    keyTopics.map((topic, index): [KeyTopic, KeyTopicState] => {
      const answer = answers[index];
      const failed = answer?.status === 'error' && !answer.isFetching;
      return [
        topic,
        {
          status: answer?.status === 'success' ? 'read' : failed ? 'failed' : 'loading',
          resources: answer?.data?.resources ?? [],
          failure: failed ? failureOf(answer.error).kind : undefined,
          strangers: answer?.data?.strangers ?? 0,
        },
      ];
    }),
  ) as Record<KeyTopic, KeyTopicState>;
  return {
    topics,
    retry: () => {
      for (const answer of answers) if (answer.status === 'error') void answer.refetch();
    },
  };
}
