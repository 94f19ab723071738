import type { Endpoint, OperationOutcomeIssue, Patient, Resource } from 'fhir/r4';
import { isSourceId } from '../../fhir/sources.ts';
import { ReadFailure, type Session } from '../launch/session.ts';
import { systemClock, type Clock } from './clock.ts';
import { isNewer, referenceTo } from './page.ts';
import type { OtherHub } from './other-hub/other-hub.ts';
import { readAllPages } from './read-all-pages.ts';
import { readsAgain } from './read-again.ts';
import {
  streamIds,
  type Reading,
  type RecordReader,
  type RecordState,
  type StreamId,
  type StreamState,
} from './record-state.ts';
import { search } from './searches.ts';
import { sourceOfIssue, withEndpoints, withIssues } from './sources.ts';
import {
  cannotBeAsked,
  failureOf,
  streamReader,
  type Aside,
  type StreamParts,
  type StreamReader,
} from './stream-reader.ts';
import { takeTurns } from './turns.ts';

/** Later pages share the wire with the key information, which has to get through. */
const laterPagesAtOnce = 3;

/** Starts reading everything about the session's person, and reads it anew when asked. Nothing rejects. */
export function createRecordReader(session: Session, clock: Clock = systemClock): RecordReader {
  return readsAgain(() => startReading(session, clock), clock);
}

/**
 * One reading: first pages of all streams at once, encounters first, older pages behind them without waiting for a
 * scroll. What fails is in the state, with words and a way to retry.
 */
function startReading(session: Session, clock: Clock): Reading {
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  const strangers = new Set<string>();
  let state = emptyState();

  const change = (part: Partial<RecordState>): void => {
    if (closing.signal.aborted) return;
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };

  // What our own hub never needs comes when this one is found to lack something. Without it a refusal stays a failure, and is said.
  let fetching: Promise<OtherHub | undefined> | undefined;
  const otherHub = (): Promise<OtherHub | undefined> =>
    (fetching ??= import('./other-hub/other-hub.ts').then(
      ({ otherHub }) =>
        otherHub({ session, signal: closing.signal, state: () => state, change, listeners, readAllPages }),
      () => (fetching = undefined),
    ));
  const instead: StreamParts['instead'] = async (id, refusals) => (await otherHub())?.instead(id, refusals);

  const fromPage = (id: StreamId, aside: Aside): Partial<RecordState> => {
    for (const stranger of aside.strangers) strangers.add(stranger);
    return {
      included: withIncluded(state.included, aside.included),
      sources: withIssues(state.sources, aside.issues),
      notices: withNotices(state.notices, aside.issues),
      withheld: state.withheld === 'some' || aside.issues.some(isSuppression) ? 'some' : 'none',
      strangers: strangers.size,
      strangersIn:
        aside.strangers.length === 0 || state.strangersIn.includes(id) ? state.strangersIn : [...state.strangersIn, id],
      readAt: clock.now(),
    };
  };

  const turn = takeTurns(laterPagesAtOnce);
  const changed = (stream: StreamState, aside: Aside | undefined): void => {
    change({
      streams: { ...state.streams, [stream.id]: stream },
      ...(aside === undefined ? {} : fromPage(stream.id, aside)),
    });
  };
  const readers = Object.fromEntries(
    streamIds.map((id) => [id, streamReader(id, { session, clock, turn, changed, instead })]),
  ) as Record<StreamId, StreamReader>;

  const readPatient = async (): Promise<void> => {
    change({ patient: { status: 'loading', resource: state.patient.resource, failure: undefined } });
    try {
      const { body } = await session.read(`Patient/${session.patientId}`, { signal: closing.signal });
      change({
        patient: { status: 'read', resource: thePatient(body, session), failure: undefined },
        readAt: clock.now(),
      });
    } catch (error) {
      change({ patient: { status: 'failed', resource: undefined, failure: failureOf(error).kind } });
    }
  };

  const readSources = async (): Promise<void> => {
    change({ sourcesRead: 'loading' });
    try {
      const address = search('Endpoint', [['_count', '100']]);
      const { resources, issues } = await readAllPages(session, address, 'Endpoint', closing.signal);
      const sources = withIssues(withEndpoints(state.sources, resources as Endpoint[]), issues);
      change({ sources, sourcesRead: 'read', readAt: clock.now() });
      if (!sources.some(({ id }) => isSourceId(id))) void otherHub();
    } catch (error) {
      // Said by `sourcesRead`: without the list nobody can say what is connected; Retry asks again.
      const other = cannotBeAsked(error) ? await otherHub() : undefined;
      change({ sourcesRead: (await other?.hasNoList()) ? 'read' : 'failed' });
    }
  };

  readers.Encounter.start();
  void readPatient();
  void readSources();
  for (const id of streamIds) if (id !== 'Encounter') readers[id].start();

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => streamIds.forEach((id) => readers[id].stop()),
    resume: () => streamIds.forEach((id) => readers[id].resume()),
    retry(what) {
      if (what === 'patient') {
        if (state.patient.status !== 'failed') return;
        void readPatient();
        // Without the person nothing was shown, so that this is the one way back for everything that failed with it.
        for (const id of streamIds) readers[id].retry();
        if (state.sourcesRead === 'failed') void readSources();
      } else if (what === 'sources') {
        if (state.sourcesRead !== 'loading') void readSources();
      } else readers[what].retry();
    },
    close() {
      closing.abort();
      for (const id of streamIds) readers[id].close();
      listeners.clear();
    },
  };
}

/** The person the session names and no other. */
function thePatient(body: unknown, session: Session): Patient {
  const resource = body as Partial<Patient> | null;
  if (typeof resource !== 'object' || resource?.resourceType !== 'Patient') {
    throw new ReadFailure('malformed', 'The answer is no person.');
  }
  if (resource.id !== session.patientId) throw new ReadFailure('wrong-patient', 'The answer is another person.');
  return resource as Patient;
}

function withIncluded(
  known: ReadonlyMap<string, Resource>,
  included: readonly Resource[],
): ReadonlyMap<string, Resource> {
  const added = included.filter((resource) => {
    const before = known.get(referenceTo(resource));
    return before === undefined || isNewer(resource, before);
  });
  return added.length === 0 ? known : new Map([...known, ...added.map((one) => [referenceTo(one), one] as const)]);
}

/** Every page repeats the hub's notices; each is kept once. What is about a source is kept with the source. */
function withNotices(
  known: readonly OperationOutcomeIssue[],
  issues: readonly OperationOutcomeIssue[],
): readonly OperationOutcomeIssue[] {
  const seen = new Set(known.map((issue) => JSON.stringify(issue)));
  const added = issues.filter((issue) => {
    const text = JSON.stringify(issue);
    if (sourceOfIssue(issue) !== undefined || isSuppression(issue) || seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  return added.length === 0 ? known : [...known, ...added];
}

function isSuppression(issue: OperationOutcomeIssue): boolean {
  return issue.code === 'suppressed';
}

function emptyState(): RecordState {
  const streams = Object.fromEntries(
    streamIds.map((id): [StreamId, StreamState] => [
      id,
      { id, status: 'loading', slow: false, resources: [], pages: 0, readBackTo: undefined, failure: undefined },
    ]),
  ) as Record<StreamId, StreamState>;
  return {
    patient: { status: 'loading', resource: undefined, failure: undefined },
    streams,
    included: new Map(),
    sources: [],
    sourcesRead: 'loading',
    notices: [],
    withheld: 'none',
    strangers: 0,
    strangersIn: [],
    readAt: undefined,
  };
}
