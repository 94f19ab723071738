import type { Bundle, FhirResource, Resource } from 'fhir/r4';
import { ReadFailure, type Session } from '../launch/session.ts';
import { systemClock, type Clock } from './clock.ts';
import { referenceTo } from './page.ts';
import { streamIds, type RecordReader, type RecordState, type SourceState } from './record-state.ts';
import { sourceOfIssue } from './sources.ts';

/** What the hub is asked for: who the person is, for that changes too (a death, another record joined to theirs or taken out of it), and the timeline. */
const types = ['Patient', ...streamIds];
/** How often the hub is asked whether there is anything new, milliseconds. */
const every = 10_000;
/** Longer than this between two looks and the computer slept: whether the session still lives is for the idle watch to say first. */
const asleep = 3 * every;
/** What was written before the hub was last asked may have been committed after it: so far back is asked for again. */
const overlap = 30_000;

/** Whether anybody can see the page: nothing is asked for a page in the background. */
const inSight = (): boolean => document.visibilityState === 'visible';

/**
 * Asks the hub now and then whether it has taken in anything of this person since the page was read, or says otherwise how
 * the sources stand, and has everything read again when so: a page that is left open shows an admission within seconds. One small request by R4's own
 * Patient/$everything with `_since`; a hub that lacks it is not asked again, and the page goes on telling its age. A
 * request that fails tells nothing: the next one is sent in its turn. Returns the way to end it.
 */
export function watchForNews(
  session: Pick<Session, 'patientId' | 'read'>,
  reader: RecordReader,
  { clock = systemClock, isInSight = inSight }: { clock?: Clock; isInSight?: () => boolean } = {},
): () => void {
  const stopped = new AbortController();
  let callOff = clock.after(every, look);
  /** When the hub last answered, by its own clock, and how it said that the sources stand. */
  let answered: number | undefined;
  let standing: string | undefined;
  /** Whether there was something to be read again: as long as that fails it is asked for once more. */
  let wanted = false;
  let waitingSince = clock.now();
  function look(): void {
    const slept = clock.now() - waitingSince > asleep;
    void (slept ? Promise.resolve() : ask()).finally(() => {
      waitingSince = clock.now();
      if (!stopped.signal.aborted) callOff = clock.after(every, look);
    });
  }
  async function ask(): Promise<void> {
    const state = reader.state();
    if (!isInSight() || !isRead(state)) return;
    const { versions, last } = versionsOf(state);
    const since = new Date(answered === undefined ? last + 1 : answered - overlap).toISOString();
    const path = `Patient/${session.patientId}/$everything?_since=${since}&_type=${types.join(',')}&_count=50`;
    try {
      const { body, serverTime } = await session.read(path, { signal: stopped.signal });
      answered = serverTime;
      // What the page itself read of the sources is where the first look begins.
      const [before, now] = [standing ?? standingWords(state.sources), standingIn(body)];
      standing = now;
      wanted = (wanted && state.again?.status === 'failed') || hasNews(body, versions) || before !== now;
      if (wanted) reader.readAgain();
    } catch (error) {
      if (error instanceof ReadFailure && lacking.has(error.kind)) stopped.abort();
    }
  }
  return () => {
    stopped.abort();
    callOff();
  };
}

/** A hub that answers so will answer so again. */
const lacking: ReadonlySet<ReadFailure['kind']> = new Set(['unsupported', 'not-found', 'refused', 'signed-out']);

/** Whether the record stands read, to be compared with: not while it is being read. */
function isRead(state: RecordState): boolean {
  const isReading = state.again?.status === 'reading' || streamIds.some((id) => state.streams[id].status === 'loading');
  return !isReading && state.patient.status === 'read';
}

/**
 * Version of each resource shown, and the hub's own time of the last change among them, epoch milliseconds: 0 where
 * nothing is shown, and then whatever there is is news.
 */
function versionsOf(state: RecordState): { versions: ReadonlyMap<string, string>; last: number } {
  const versions = new Map<string, string>();
  let last = 0;
  const person = state.patient.resource;
  if (person !== undefined) versions.set(referenceTo(person), versionOf(person));
  for (const id of streamIds) {
    for (const resource of state.streams[id].resources) {
      versions.set(referenceTo(resource), versionOf(resource));
      const updated = Date.parse(resource.meta?.lastUpdated ?? '');
      if (updated > last) last = updated;
    }
  }
  return { versions, last };
}

function versionOf({ meta }: Resource): string {
  return `${meta?.versionId ?? ''} ${meta?.lastUpdated ?? ''}`;
}

/** Every source of which the answer says how it stands. */
function standingIn(body: unknown): string {
  const issues = (body as Bundle<FhirResource>).entry?.flatMap(({ resource }) =>
    resource?.resourceType === 'OperationOutcome' ? resource.issue : [],
  );
  return standingWords((issues ?? []).flatMap((issue) => sourceOfIssue(issue) ?? []));
}

/** Each source that does not stand as it should, and how. */
function standingWords(sources: readonly Pick<SourceState, 'id' | 'status'>[]): string {
  return sources
    .filter(({ status }) => status !== 'ok')
    .map(({ id, status }) => `${id} ${status}`)
    .toSorted()
    .join();
}

function hasNews(body: unknown, known: ReadonlyMap<string, string>): boolean {
  const { entry = [] } = body as Bundle;
  return entry.some(
    ({ resource, search }) =>
      resource !== undefined && search?.mode === 'match' && known.get(referenceTo(resource)) !== versionOf(resource),
  );
}
