import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { RecordState, SourceState, StreamId } from '../../record/record-state.ts';
import { streamIds } from '../../record/record-state.ts';
import { watermarkOf } from '../../record/watermark.ts';
import { recordsName } from '../../timeline/completeness.ts';
import { type Lane, laneNames, lanes } from '../../timeline/entry.ts';
import type { Ground } from '../../timeline/overview/grounds.ts';
import { streamNames } from '../stream-names.ts';

const clinical: readonly Lane[] = ['gp', 'hospital', 'urgent', 'community', 'mental-health'];

/** Under which settings the entries of a stream stand. */
const streamLanes: Record<StreamId, readonly Lane[]> = {
  Encounter: clinical,
  Appointment: clinical,
  ServiceRequest: ['social-care'],
  Task: ['social-care'],
  EpisodeOfCare: ['social-care'],
  DocumentReference: clinical,
  DiagnosticReport: clinical,
  Observation: ['patient'],
};

/** Under which settings the entries of a source stand; another system's may stand anywhere. */
const sourceLanes: Readonly<Record<string, readonly Lane[]>> = {
  emis: ['gp'],
  'system-c': ['hospital', 'community', 'mental-health'],
  carecast: ['hospital', 'community', 'mental-health'],
  adastra: ['urgent'],
  liquidlogic: ['social-care'],
  patient: ['patient'],
};

/** Where an empty stretch of the overview does not mean that nothing happened, and why (T3, misreading 3). */
export function groundsOf(state: Pick<RecordState, 'streams' | 'sources'>): Ground[] {
  return [...unreadGround(state), ...failedGrounds(state), ...unheldGrounds(state.sources)];
}

/** What is older than every stream has been read back to is not shown yet, and nothing of it is drawn (T2). */
function unreadGround({ streams }: Pick<RecordState, 'streams'>): Ground[] {
  const { showFrom } = watermarkOf(streams);
  if (showFrom === -Infinity) return [];
  const kind = streamIds.some((id) => streams[id].status === 'loading') ? 'loading' : 'stopped';
  return [{ kind, lanes: undefined, from: -Infinity, to: showFrom, what: 'Entries' }];
}

function failedGrounds({ streams, sources }: Pick<RecordState, 'streams' | 'sources'>): Ground[] {
  const broken = streamIds
    .filter((id) => streams[id].status === 'failed')
    .map((id): Ground => {
      const to = streams[id].readBackTo ?? Infinity;
      return { kind: 'failed', lanes: streamLanes[id], from: -Infinity, to, what: streamNames[id] };
    });
  const down = sources
    .filter(({ status }) => status === 'failed' || status === 'partial')
    .flatMap((source): Ground[] => {
      const base = { kind: 'failed', lanes: sourceLanes[source.id], what: nameOf(source) } as const;
      if (source.status === 'failed') return [{ ...base, from: instant(source.asAt) ?? -Infinity, to: Infinity }];
      // Said to be partial without saying from when on: nobody can say where the hole is, and the trust line says so.
      const starts = instant(source.startsFrom);
      return starts === undefined ? [] : [{ ...base, from: -Infinity, to: starts }];
    });
  return [...broken, ...down];
}

/** Before the earliest day that any connected source of a setting starts from, emptiness tells nothing. */
function unheldGrounds(sources: readonly SourceState[]): Ground[] {
  return lanes.flatMap((lane): Ground[] => {
    const its = sources.filter(({ id, status }) => status !== 'not-connected' && sourceLanes[id]?.includes(lane));
    // What one sent in part is missing, and said to be: that it holds nothing earlier nobody said.
    const starts = its.map(({ status, startsFrom }) => (status === 'partial' ? undefined : instant(startsFrom)));
    const to = Math.min(...starts.map((start) => start ?? -Infinity));
    if (!Number.isFinite(to)) return [];
    return [{ kind: 'not-held', lanes: [lane], from: -Infinity, to, what: laneNames[lane] }];
  });
}

/** The earliest day that any connected source says it starts from, epoch milliseconds. */
export function recordsFrom(sources: readonly SourceState[]): number | undefined {
  const starts = sources
    .filter(({ status }) => status !== 'not-connected')
    .map(({ startsFrom }) => instant(startsFrom))
    .filter((start) => start !== undefined);
  return starts.length === 0 ? undefined : Math.min(...starts);
}

function nameOf({ id, name }: SourceState): string {
  return sourceLanes[id] === undefined ? name : recordsName(id);
}

function instant(text: string | undefined): number | undefined {
  return parsePartialDate(text)?.start;
}
