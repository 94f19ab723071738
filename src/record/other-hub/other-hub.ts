import type { Session } from '../../launch/session.ts';
import type { readAllPages } from '../read-all-pages.ts';
import type { RecordState, StreamId } from '../record-state.ts';
import { streamSearch } from '../searches.ts';
import type { Instead } from '../stream-reader.ts';
import { readCapabilities, type Capabilities } from './capabilities.ts';
import { namesMissing, readNames } from './names.ts';
import { planFor } from './plan.ts';
import { lacksOf } from './words.ts';

// What it takes to read from a hub that is not ours: fetched only when one is found to lack something, so that on our own
// hub it costs neither bytes nor a request.

/** The reading that found the hub to be another one. */
export interface OtherHubParts {
  session: Session;
  signal: AbortSignal;
  state: () => RecordState;
  change: (part: Partial<RecordState>) => void;
  listeners: Set<() => void>;
  /** Handed in: imported here it would draw what the first load shares with it into a file of its own. */
  readAllPages: typeof readAllPages;
}

export interface OtherHub {
  /** What to ask for where the hub refused a stream's first page; undefined when nothing is left to try. */
  instead(id: StreamId, refusals: number): Promise<Instead | undefined>;
  /** Whether the hub keeps no list of sources at all, rather than being unable to give it now. */
  hasNoList(): Promise<boolean>;
}

/** Says what the hub lacks for as long as the reading goes on, and plans around it. Nothing rejects. */
export function otherHub(parts: OtherHubParts): OtherHub {
  const { session, signal, state, change, listeners } = parts;
  // The reading may have been closed while this code was on its way.
  const asked = signal.aborted ? Promise.resolve(undefined) : readCapabilities(session);
  const without = new Map<StreamId, readonly string[]>();
  let capabilities: Capabilities | undefined;
  let naming: 'not yet' | 'asked' | 'done' = 'not yet';
  let said: string | undefined;

  const nameWhatIsNot = async (missing: readonly string[]): Promise<void> => {
    naming = 'asked';
    const found = await readNames(session, parts.readAllPages, missing, signal);
    naming = 'done';
    if (found.size > 0) change({ included: new Map([...state().included, ...found]) });
    else say();
  };

  const say = (): void => {
    const { streams, sources, included } = state();
    const read = streams.Encounter.status !== 'loading' && streams.Appointment.status !== 'loading';
    const missing = read
      ? namesMissing([...streams.Encounter.resources, ...streams.Appointment.resources], included)
      : [];
    if (naming === 'not yet' && missing.length > 0) void nameWhatIsNot(missing);
    const unnamed = naming === 'done' ? missing.length : 0;
    const hub = lacksOf({ hubName: session.hubName, state: { streams, sources }, capabilities, without, unnamed });
    const words = JSON.stringify(hub);
    if (words === said) return;
    said = words;
    change({ hub });
  };

  const follow = async (): Promise<void> => {
    capabilities = await asked;
    // A hub that does not say what it can do may be anything: what it refuses is told as refused.
    if (capabilities === undefined || signal.aborted) return;
    listeners.add(say);
    say();
  };
  void follow();

  return {
    async instead(id, refusals) {
      const found = await asked;
      const plan = planFor(id, streamSearch(id, session.patientId), found, refusals);
      if (plan !== undefined) without.set(id, plan.without);
      return plan?.instead;
    },
    async hasNoList() {
      const found = await asked;
      return found !== undefined && !found.searches('Endpoint');
    },
  };
}

/** Whether the hub itself says that it cannot be searched for a type: then trying again cannot help. Never rejects. */
export async function saysItLacks(session: Session, type: string): Promise<boolean> {
  return (await readCapabilities(session))?.searches(type) === false;
}
