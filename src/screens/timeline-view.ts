import { streamSources } from '../record/stream-sources.ts';
import { streamIds, type RecordState, type StreamId, type StreamState } from '../record/record-state.ts';
import { watermarkOf } from '../record/watermark.ts';
import { sayWhatFollowsDeath } from '../timeline/after-death.ts';
import type { CompletenessFacts } from '../timeline/completeness.ts';
import { namesTogether, togetherBy } from '../timeline/completeness/down-notices.ts';
import { hiderOf } from '../timeline/completeness/find-notices.ts';
import { hubWarnings } from '../timeline/completeness/hub-warnings.ts';
import type { MapContext } from '../timeline/context.ts';
import type { Entry } from '../timeline/entry.ts';
import type { Filter } from '../timeline/filter.ts';
import { sayWhereOpened } from '../timeline/launched-from.ts';
import { layOut } from '../timeline/layout.ts';
import type { Gap, Layout } from '../timeline/rows.ts';
import { joinEntries } from '../timeline/join.ts';
import { sayWhatGained, type Shown } from '../timeline/gained.ts';
import { type MappedRecord, mapRecord } from '../timeline/to-entries.ts';
import { withdrawnItems } from '../timeline/withdrawn.ts';
import { streamNames } from './stream-names.ts';

/** The record mapped to entries, with what mapped it: both are needed again for an opened entry. */
export interface MappedTimeline {
  record: MappedRecord;
  context: MapContext;
}

const nothingShown: Shown = { rows: new Map(), tellers: new Map() };

/**
 * Maps all that was read, each event once (T4). `now` in epoch milliseconds; `asAt` is each source's age, as `sourceAges` gives
 * it; `encounterId` what the launch had in context; `shown` what this page has shown, as `useShown` keeps it.
 */
export function mapTimeline(
  state: RecordState,
  patientId: string,
  now: number,
  asAt: ReadonlyMap<string, number>,
  encounterId?: string,
  shown: Shown = nothingShown,
): MappedTimeline {
  const context: MapContext = { now, included: state.included, patientId, asAt };
  const resources = streamIds.flatMap((id) => [...state.streams[id].resources]);
  const record = mapRecord(resources, context, (entries) => joinEntries(entries, { standing: shown.rows }));
  const followed = sayWhatFollowsDeath(record.entries, state.patient.resource);
  return { record: { ...record, entries: sayWhatGained(sayWhereOpened(followed, encounterId), shown) }, context };
}

/** Source id → the instant its data is as at (epoch milliseconds), for the sources that state one. */
export function sourceAges(sources: RecordState['sources']): ReadonlyMap<string, number> {
  const ages = new Map<string, number>();
  for (const { id, asAt } of sources) {
    const instant = asAt === undefined ? Number.NaN : Date.parse(asAt);
    if (!Number.isNaN(instant)) ages.set(id, instant);
  }
  return ages;
}

export interface TimelineViewInput {
  state: RecordState;
  mapped: MappedTimeline;
  filter: Filter;
  upcomingExpanded: boolean;
  offline: boolean;
}

/** What the screen shows: the feed's rows, and every fact that its trust line is made from. */
export interface TimelineView {
  layout: Layout;
  facts: CompletenessFacts;
}

export function viewOf({ state, mapped, filter, upcomingExpanded, offline }: TimelineViewInput): TimelineView {
  const { showFrom, completeTo } = watermarkOf(state.streams);
  const status = statusOf(Object.values(state.streams));
  const layout = layOut({
    entries: mapped.record.entries,
    now: mapped.context.now,
    watermark: showFrom,
    status,
    filter,
    upcomingExpanded,
    gaps: gapsOf(state),
    withdrawn: withdrawnItems(state.again?.withdrawn ?? [], mapped.context),
  });
  const { shown, folded, statements, hidden, held, undated } = layout;
  const facts: CompletenessFacts = {
    shown,
    folded,
    statements,
    hidden,
    hiddenBy: hiderOf(filter),
    held,
    undated,
    withdrawn: mapped.record.withdrawn.length,
    completeTo,
    status,
    failedStreams: streamIds.flatMap((id) => {
      const { failure } = state.streams[id];
      if (failure === undefined || state.streams[id].status !== 'failed') return [];
      return [{ stream: id, streamName: streamNames[id], sources: sourcesOf(state, id), at: failure.at }];
    }),
    sources: state.sources,
    sourcesRead: state.sourcesRead,
    lacks: [...(state.hub ?? []), ...hubWarnings(state.notices)],
    withheld: state.withheld,
    strangers: state.strangers,
    strangersIn: state.strangersIn.map((id) => streamNames[id]),
    takenBackAt: state.again?.takenBackAt,
    offline,
    readAt: state.readAt,
  };
  return { layout, facts };
}

/** Streams that have not answered for longer than people expect, in words (T3: a hanging source is said too). */
export function slowStreams(state: RecordState): string[] {
  return streamIds
    .filter((id) => state.streams[id].slow && state.streams[id].status === 'loading')
    .map((id) => streamNames[id]);
}

/** The entry with this key among rows and what is nested in them. */
export function entryByKey(entries: readonly Entry[], key: string | undefined): Entry | undefined {
  return key === undefined ? undefined : entries.find((entry) => entry.key === key);
}

function statusOf(streams: readonly Pick<StreamState, 'status'>[]): 'loading' | 'stopped' | 'all' {
  if (streams.some(({ status }) => status === 'loading')) return 'loading';
  return streams.some(({ status }) => status === 'stopped') ? 'stopped' : 'all';
}

/** The sources behind a stream; who feeds another hub than our own is not known. */
function sourcesOf(state: RecordState, id: StreamId): readonly string[] {
  return state.hub === undefined || state.sources.length > 0 ? streamSources[id] : [];
}

/** Streams of the same sources that broke off at one place leave one hole, told once. */
function gapsOf(state: RecordState): Gap[] {
  const failed = streamIds.filter((id) => state.streams[id].status === 'failed');
  return togetherBy(failed, (id) => `${sourcesOf(state, id).join(' ')} ${state.streams[id].readBackTo}`).map(
    (group) => {
      const [first] = group;
      const { whole, streams, sources } = namesTogether(
        group.map((id) => ({ streamName: streamNames[id], sources: sourcesOf(state, id) })),
      );
      return {
        stream: group.join(' '),
        streamName: whole ?? streams,
        sources: whole === undefined ? sources : [],
        from: first && state.streams[first].readBackTo,
      };
    },
  );
}
