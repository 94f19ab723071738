import { isSourceId, sourceNames } from '../../fhir/sources.ts';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import { formatClock, formatDate, formatDateTime } from './dates.ts';
import { count } from './words.ts';

/** A source as the trust line needs it; the record's own source state fits. */
export interface SourceFacts {
  id: string;
  name: string;
  status: 'ok' | 'late' | 'failed' | 'partial' | 'not-connected';
  /** ISO 8601. */
  asAt: string | undefined;
  /** It holds nothing before this date. */
  startsFrom: string | undefined;
  message?: string | undefined;
}

/** A stream that could not be read. */
interface FailedStream {
  stream: string;
  /** In words: `Visits, stays and calls`. */
  streamName: string;
  /** Ids of the sources behind it. */
  sources: readonly string[];
  /** When it failed, epoch milliseconds. */
  at: number;
}

/** All that the words about gaps are made from. */
export interface CompletenessFacts {
  /** Rows in the feed, bookings folded away above Now, and the source resources both stand for (Layout). */
  shown: number;
  folded: number;
  statements: number;
  hidden: number;
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
  withheld: 'none' | 'some';
  /** Resources that named another person and were left out. */
  strangers: number;
  offline: boolean;
  /** When something was last read, epoch milliseconds. */
  readAt: number | undefined;
}

export type NoticeAction =
  | { label: 'Try again'; what: 'retry'; stream: string }
  | { label: 'Show all'; what: 'clear-filters' }
  | { label: 'Stop'; what: 'stop' }
  | { label: 'Load the rest'; what: 'resume' }
  | { label: 'What is not connected?'; what: 'show-sources' };

/** One thing that must be said about what is, or may be, missing (T3; look.md, What is said about gaps). */
export interface Notice {
  kind:
    | 'offline'
    | 'down'
    | 'source-down'
    | 'sources-unknown'
    | 'late'
    | 'truncated'
    | 'loaded'
    | 'empty'
    | 'filters'
    | 'undated'
    | 'withdrawn'
    | 'strangers'
    | 'withheld'
    | 'standing';
  /** Stable and unique among the notices. */
  key: string;
  text: string;
  action?: NoticeAction;
}

/**
 * Everything that has to be said, gravest first. Words and counts never depend on what is withheld: that notice stands or
 * does not, the same under every filter and period (misreading 17).
 */
export function noticesOf(facts: CompletenessFacts): Notice[] {
  if (facts.offline && facts.readAt === undefined) {
    return [{ kind: 'offline', key: 'offline', text: 'You are offline. No record is shown.' }, ...privacy(facts)];
  }
  return [
    ...offline(facts),
    ...facts.failedStreams.map(downNotice),
    ...sourceNotices(facts),
    loadedNotice(facts),
    ...filterNotice(facts),
    ...undatedNotice(facts),
    ...leftOutNotices(facts),
    ...privacy(facts),
  ];
}

function offline(facts: CompletenessFacts): Notice[] {
  if (!facts.offline || facts.readAt === undefined) return [];
  const text = `You are offline. What was read at ${formatClock(facts.readAt)} is shown; nothing newer can be read.`;
  return [{ kind: 'offline', key: 'offline', text }];
}

function downNotice(failed: FailedStream): Notice {
  const names = failed.sources.map(recordsName);
  const who = names.length === 0 ? '' : ` from ${listed(names)}`;
  return {
    kind: 'down',
    key: `down:${failed.stream}`,
    text: `${failed.streamName}${who} could not be read at ${formatClock(failed.at)}. Entries may be missing.`,
    action: { label: 'Try again', what: 'retry', stream: failed.stream },
  };
}

function sourceNotices(facts: CompletenessFacts): Notice[] {
  const notices: Notice[] = [];
  if (facts.sourcesRead === 'failed') {
    notices.push({
      kind: 'sources-unknown',
      key: 'sources-unknown',
      text: 'Which sources are connected could not be read. Entries may be missing.',
      action: { label: 'Try again', what: 'retry', stream: 'sources' },
    });
  }
  for (const source of facts.sources) {
    const name = nameOfSource(source);
    const asAt = asAtWords(source);
    if (source.status === 'failed') {
      const when = facts.readAt === undefined ? '' : ` at ${formatClock(facts.readAt)}`;
      notices.push({
        kind: 'source-down',
        key: `source-down:${source.id}`,
        text: `${name} could not be read${when}. ${asAt === undefined ? '' : `What is shown of them is from ${asAt}. `}Entries may be missing.`,
        action: { label: 'Try again', what: 'retry', stream: 'sources' },
      });
    } else if (source.status === 'late') {
      const from = asAt === undefined ? 'are late' : `are from ${asAt}`;
      notices.push({
        kind: 'late',
        key: `late:${source.id}`,
        // The service alone: nobody has to do anything in the system behind it.
        text: `${serviceOf(source)} ${from}. Later ${laterThings(source.id)} may be missing.`,
      });
    } else if (source.status === 'partial') {
      const starts = dateWords(source.startsFrom);
      const missing = starts === undefined ? 'Entries may be missing.' : `Entries before ${starts} may be missing.`;
      notices.push({
        kind: 'truncated',
        key: `truncated:${source.id}`,
        text: `${name}: only part was ${starts === undefined ? 'read' : 'sent'}. ${missing}`,
      });
    }
  }
  return notices;
}

function laterThings(source: string): string {
  if (source === 'adastra') return 'calls and visits';
  return source === 'liquidlogic' ? 'requests, assessments and services' : 'entries';
}

/** How many entries are loaded and how far back that is complete; "all" only where nothing is known to be missing. */
function loadedNotice(facts: CompletenessFacts): Notice {
  const loaded = loadedCount(facts);
  const entries = count(loaded, 'entry', 'entries');
  const back = backTo(facts);
  const base = { kind: 'loaded', key: 'loaded' } as const;
  if (facts.status === 'loading') {
    const text = back === undefined ? 'The record is loading.' : `${entries} loaded, ${back}. Older ones are loading.`;
    return { ...base, text, action: { label: 'Stop', what: 'stop' } };
  }
  if (facts.status === 'stopped') {
    const far = back === undefined ? '' : `, ${back}`;
    return {
      ...base,
      text: `Loading stopped. ${entries} loaded${far}.`,
      action: { label: 'Load the rest', what: 'resume' },
    };
  }
  const failed = facts.failedStreams.length > 0 || facts.sources.some((source) => source.status === 'failed');
  const action = { label: 'What is not connected?', what: 'show-sources' } as const;
  if (failed || facts.completeTo !== 'all') {
    const far = back === undefined ? '' : ` Complete ${back}, as far as sources could be read.`;
    return { ...base, text: `${entries} loaded.${far} Not all could be read.`, action };
  }
  if (loaded === 0) {
    return {
      kind: 'empty',
      key: 'loaded',
      text: 'Connected sources sent no entries. This does not mean no care was given.',
      action,
    };
  }
  const told = facts.sources.filter((source) => source.status !== 'not-connected').length;
  const all = loaded === 1 ? 'The one entry' : `All ${entries}`;
  const verb = loaded === 1 ? 'is' : 'are';
  if (facts.sourcesRead !== 'read' || told === 0) {
    return { ...base, text: `${all} sent ${verb} loaded. Which sources are connected is not known.`, action };
  }
  return { ...base, text: `${all} sent by ${count(told, 'source')} ${verb} loaded.`, action };
}

function backTo(facts: CompletenessFacts): string | undefined {
  const date = facts.completeTo === 'none' || facts.completeTo === 'all' ? undefined : dateWords(facts.completeTo);
  return date === undefined ? undefined : `from today back to ${date}`;
}

function filterNotice(facts: CompletenessFacts): Notice[] {
  if (facts.hidden === 0) return [];
  const folded =
    facts.folded === 0 ? '' : ` ${count(facts.folded, 'more booking is', 'more bookings are')} folded away.`;
  const text = `${facts.shown} of ${loadedCount(facts)} loaded entries shown.${folded} Filters hide ${facts.hidden}.`;
  return [{ kind: 'filters', key: 'filters', text, action: { label: 'Show all', what: 'clear-filters' } }];
}

function undatedNotice(facts: CompletenessFacts): Notice[] {
  if (facts.undated === 0) return [];
  const text =
    facts.undated === 1
      ? '1 entry has no date. It is under "Date not known".'
      : `${facts.undated} entries have no date. They are under "Date not known".`;
  return [{ kind: 'undated', key: 'undated', text }];
}

function leftOutNotices(facts: CompletenessFacts): Notice[] {
  const notices: Notice[] = [];
  if (facts.withdrawn > 0) {
    const what = count(facts.withdrawn, 'item', 'items');
    const verb = facts.withdrawn === 1 ? 'is' : 'are';
    const text = `${what} marked by the source as entered in error ${verb} not shown.`;
    notices.push({ kind: 'withdrawn', key: 'withdrawn', text });
  }
  if (facts.strangers > 0) {
    const what = count(facts.strangers, 'item', 'items');
    const text = `${what} sent with this record named another person and ${facts.strangers === 1 ? 'is' : 'are'} not shown.`;
    notices.push({ kind: 'strangers', key: 'strangers', text });
  }
  return notices;
}

/** The standing notice is on every record, so that it tells nothing of this one (T3, T7). */
function privacy(facts: CompletenessFacts): Notice[] {
  const standing: Notice = {
    kind: 'standing',
    key: 'standing',
    text: "Items may be withheld by law or by the person's choice.",
  };
  if (facts.withheld === 'none') return [standing];
  return [{ kind: 'withheld', key: 'withheld', text: 'Some information is not shown to you, for privacy.' }, standing];
}

/** "No matches" with its scope (misreading 16): how much was searched, and what was not. */
export function noMatchWords(facts: CompletenessFacts): string {
  const date = facts.completeTo === 'none' || facts.completeTo === 'all' ? undefined : dateWords(facts.completeTo);
  const back = date === undefined ? '' : `, back to ${date}`;
  return `No matches in ${loadedCount(facts)} loaded entries${back}. Letters were not searched.`;
}

function loadedCount({ shown, folded, hidden }: CompletenessFacts): number {
  return shown + folded + hidden;
}

/** One line of the list of sources: how old its data is, where it starts, or that it is not connected (misreading 3). */
export function sourceLine(source: SourceFacts): { name: string; age: string; startsFrom: string | undefined } {
  const asAt = asAtWords(source);
  const starts = dateWords(source.startsFrom);
  const ages: Record<SourceFacts['status'], string> = {
    ok: asAt === undefined ? 'read now' : `as at ${asAt}`,
    late: asAt === undefined ? 'late' : `late: as at ${asAt}`,
    partial: asAt === undefined ? 'part only' : `part only: as at ${asAt}`,
    failed: asAt === undefined ? 'not read' : `not read: last as at ${asAt}`,
    'not-connected': 'not connected',
  };
  return {
    name: nameOfSource(source),
    age: ages[source.status],
    startsFrom: starts === undefined ? undefined : `starts from ${starts}`,
  };
}

/** The ids of what could not be read, without repeats: sources that are down, and those behind failed streams. */
export function failedIds(facts: CompletenessFacts): string[] {
  const down = facts.sources.filter((source) => source.status === 'failed').map((source) => source.id);
  return [...new Set([...down, ...facts.failedStreams.flatMap((stream) => stream.sources)])];
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
  };
}

/** The service first, the system in brackets, because a reader may have to ask there: `GP records (EMIS)`. */
export function recordsName(id: string): string {
  if (!isSourceId(id)) return id;
  const { records, system } = sourceNames[id];
  return id === 'patient' ? records : `${records} (${system})`;
}

function nameOfSource(source: SourceFacts): string {
  return isSourceId(source.id) ? recordsName(source.id) : source.name;
}

function serviceOf(source: SourceFacts): string {
  return isSourceId(source.id) ? sourceNames[source.id].records : source.name;
}

function asAtWords(source: SourceFacts): string | undefined {
  const date = parsePartialDate(source.asAt);
  return date === undefined ? undefined : formatDateTime(date);
}

function dateWords(text: string | undefined): string | undefined {
  const date = parsePartialDate(text);
  return date === undefined ? undefined : formatDate(date);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
