import { dateWords, type SourceFacts } from '../source-words.ts';

/** A stream that could not be read. */
export interface FailedStream {
  stream: string;
  /** In words: `Visits, stays and calls`. */
  streamName: string;
  /** Ids of the sources behind it. */
  sources: readonly string[];
  /** When it failed, epoch milliseconds. */
  at: number;
}

/** What another hub than our own lacks, in words of its own (record-state.ts). */
export type HubLackFacts = { key: string; text: string } & ({ kind: 'lacks' | 'limits' } | { kind: 'listed' });

/** All that the words about gaps are made from. */
export interface CompletenessFacts {
  /** Rows in the feed, bookings folded away above Now, and the source resources both stand for (Layout). */
  shown: number;
  folded: number;
  statements: number;
  hidden: number;
  /** What hides, or may: filters, the search, or both; absent while nothing is switched on. */
  hiddenBy?: 'filters' | 'search' | 'both' | undefined;
  held: number;
  undated: number;
  /** Entered in error, and so no rows. */
  withdrawn: number;
  /** `none`, an ISO date, or `all`. */
  completeTo: string;
  status: 'loading' | 'stopped' | 'all';
  failedStreams: readonly FailedStream[];
  sources: readonly SourceFacts[];
  sourcesRead: 'loading' | 'read' | 'failed';
  /** Of another hub than our own. */
  lacks?: readonly HubLackFacts[] | undefined;
  withheld: 'none' | 'some';
  /** Resources that named another person and were left out. */
  strangers: number;
  /** Among what they were sent, in words: `Letters`. */
  strangersIn?: readonly string[];
  /** When a number or a source that the person was known by was found to be taken back, epoch milliseconds; absent while none was. */
  takenBackAt?: number | undefined;
  offline: boolean;
  /** When something was last read, epoch milliseconds. */
  readAt: number | undefined;
}

/** Loaded and placed, whether filters let it through or not. */
export function loadedCount({ shown, folded, hidden }: CompletenessFacts): number {
  return shown + folded + hidden;
}

/** The day that everything is read back to, in words; undefined where nothing is, or all is. */
export function readBackTo({ completeTo }: CompletenessFacts): string | undefined {
  return completeTo === 'none' || completeTo === 'all' ? undefined : dateWords(completeTo);
}

/**
 * The ids of what could not be read, without repeats: sources that are down, and those behind failed streams; the stream
 * itself where nobody knows its sources.
 */
export function failedIds(facts: Pick<CompletenessFacts, 'sources' | 'failedStreams'>): string[] {
  const down = facts.sources.filter((source) => source.status === 'failed').map((source) => source.id);
  return [
    ...new Set([
      ...down,
      ...facts.failedStreams.flatMap(({ sources, stream }) => (sources.length > 0 ? sources : [stream])),
    ]),
  ];
}

/** The attributes of the trust line that tests and tools hold on to (design.md). */
export function completenessAttributes(facts: CompletenessFacts): Record<`data-${string}`, string> {
  return {
    'data-shown': String(facts.shown),
    'data-statements': String(facts.statements),
    'data-complete-to': facts.completeTo,
    'data-hidden': String(facts.hidden),
    'data-withheld': facts.withheld,
    'data-failed': failedIds(facts).join(' '),
    'data-strangers': String(facts.strangers),
  };
}
