import type { KeyFacts, KeyItem, TopicId } from './topics.ts';

/**
 * What may be said of a topic where silence misleads (misreadings 1 and 2). Exactly one of four, and `loading` until it
 * can be told. `known`: at least one statement. `none`: somebody states that there is none, and nothing is missing.
 * `not-recorded`: all was read and nothing states either. `unavailable`: nothing is known and something could not be read.
 */
export type KnownState = 'known' | 'none' | 'not-recorded' | 'unavailable' | 'loading';

/** What could not be read, for a topic made of these types. */
export interface Missing {
  loading: boolean;
  /** A type failed, a source is down, or which sources there are could not be read. */
  failed: boolean;
  /** Nothing failed but what this hub has none of: it is not connected, and trying again cannot help. */
  absent: boolean;
  /** A source sent only part of what it holds. */
  partial: boolean;
  /** Something came that named another person, and was dropped: what it should have been is not known. */
  mixed: boolean;
  /** A source's data is behind. */
  late: boolean;
  withheld: boolean;
}

export function missingFor(types: readonly TopicId[], facts: KeyFacts): Missing {
  const topics = types.map((type) => facts.topics[type]);
  const sources = facts.sources.filter((source) => source.status !== 'not-connected');
  const absent = topics.some((topic) => topic.absent === true);
  const broken =
    topics.some((topic) => topic.status === 'failed' && topic.absent !== true) ||
    facts.sourcesRead === 'failed' ||
    sources.some((source) => source.status === 'failed');
  return {
    loading: topics.some((topic) => topic.status === 'loading') || facts.sourcesRead === 'loading',
    failed: broken || absent,
    absent: absent && !broken,
    partial: sources.some((source) => source.status === 'partial'),
    mixed: topics.some((topic) => topic.strangers > 0),
    late: sources.some((source) => source.status === 'late'),
    withheld: facts.withheld === 'some',
  };
}

/** The state of a topic from what is stated and what is missing (the table of misreading 1). */
export function stateOf(known: number, noneStated: boolean, missing: Missing): KnownState {
  if (known > 0) return 'known';
  if (missing.loading) return 'loading';
  if (missing.failed || missing.partial || missing.mixed) return 'unavailable';
  return noneStated && !missing.withheld ? 'none' : 'not-recorded';
}

/** The sentence beside a state, or undefined where nothing needs saying. */
export function incompleteWords(state: KnownState, missing: Missing): string | undefined {
  if (state === 'loading') return undefined;
  if (missing.mixed) return 'Some of what came named another person and is not shown.';
  if (state === 'none') return missing.late ? 'May be out of date: a source is late.' : undefined;
  if (missing.absent)
    return state === 'known'
      ? 'May be incomplete: not all of it is connected.'
      : 'Not connected to this record service.';
  if (missing.failed)
    return state === 'known' ? 'May be incomplete: a source could not be read.' : 'A source could not be read.';
  if (missing.partial) {
    return state === 'known' ? 'May be incomplete: a source was only partly read.' : 'A source was only partly read.';
  }
  if (missing.loading) return 'May be incomplete: still loading.';
  if (missing.late) return 'May be incomplete: a source is late.';
  return missing.withheld ? 'May be incomplete.' : undefined;
}

/** A topic as the panel shows it. */
export interface KeySection {
  state: KnownState;
  /** The heading: exactly one of the topic's four titles. */
  title: string;
  /** What is missing, or where the sources differ. */
  notes: string[];
  items: KeyItem[];
  /** Statements that there is none. */
  noneStatements: KeyItem[];
}

export type Titles = Record<KnownState, string>;
