import { keyTopics } from '../key-topics.ts';
import { streamIds, type HubLack, type RecordState, type StreamId } from '../record-state.ts';
import type { Capabilities } from './capabilities.ts';

/** What is known of another hub, to be put into words. */
export interface HubFacts {
  hubName: string;
  state: Pick<RecordState, 'streams' | 'sources'>;
  capabilities: Capabilities | undefined;
  /** What each stream's search had to go without. */
  without: ReadonlyMap<StreamId, readonly string[]>;
  /** How many places and members of staff have no name, because the hub did not send it. */
  unnamed: number;
}

const streamWords: Record<StreamId, string> = {
  Encounter: 'visits',
  Appointment: 'bookings',
  ServiceRequest: 'requests for social care',
  Task: 'care assessments and reviews',
  EpisodeOfCare: 'care packages and services',
  DocumentReference: 'letters',
  DiagnosticReport: 'test results',
  Observation: 'readings shared by the person',
};

const keyWords: Record<(typeof keyTopics)[number], string> = {
  AllergyIntolerance: 'allergies',
  Flag: 'alerts',
  Condition: 'problems',
  MedicationRequest: 'prescriptions',
  MedicationStatement: 'medicines taken',
  CareTeam: 'care teams',
  CarePlan: 'care plans',
  Consent: 'consents',
  List: 'lists of medicines and allergies',
};

const social: readonly StreamId[] = ['ServiceRequest', 'Task', 'EpisodeOfCare'];

/** Everything that has to be said of what the hub lacks, gravest first (T3: never silently). */
export function lacksOf(facts: HubFacts): HubLack[] {
  return [...notHeld(facts), ...unordered(facts), ...slower(facts), ...names(facts), ...statesUnknown(facts)];
}

function statesUnknown({ hubName, state: { sources } }: HubFacts): HubLack[] {
  if (sources.length > 0) return [];
  const text = `${hubName} does not say when a source is late, or could not be read.`;
  return [{ kind: 'listed', key: 'hub:state', text }];
}

/** Types the hub cannot be asked for: not connected, rather than failed, and never as if there were none. */
function notHeld({ hubName, state, capabilities, without }: HubFacts): HubLack[] {
  const absent = streamIds.filter((id) => isAbsent(id, state, capabilities));
  const allSocial = social.every((id) => absent.includes(id));
  const streams = absent.filter((id) => !allSocial || !social.includes(id)).map((id) => streamWords[id]);
  const keys = keyTopics.filter((type) => capabilities?.searches(type) === false).map((type) => keyWords[type]);
  const things = [...(allSocial ? ['social care records'] : []), ...streams, ...keys];
  const own = without.get('Observation')?.includes('performer') === true;
  const said = [];
  if (things.length > 0) {
    said.push(`${hubName} has no ${listed(things, 'or')}: not connected. This does not mean that there are none.`);
  }
  if (own) said.push(`${hubName} cannot tell which readings the person shared: they are not shown.`);
  return said.length === 0 ? [] : [{ kind: 'lacks', key: 'hub:absent', text: said.join(' ') }];
}

/** Not to be searched for, as its answer or its own statement says; what came all the same counts. */
function isAbsent(id: StreamId, { streams }: HubFacts['state'], capabilities: Capabilities | undefined): boolean {
  const { absent, status, resources } = streams[id];
  if (capabilities?.searches(id) !== false) return false;
  return absent === true || (status !== 'loading' && resources.length === 0);
}

function unordered({ hubName, state: { streams } }: HubFacts): HubLack[] {
  const all = streamIds.filter((id) => streams[id].unordered === true);
  if (all.length === 0) return [];
  const loading = all.some((id) => streams[id].status === 'loading');
  const text = `${hubName} does not send ${listed(all.map((id) => streamWords[id]))} newest first. ${
    loading ? 'Entries are shown when all of them have been read.' : 'They were put in order here.'
  }`;
  return [{ kind: loading ? 'limits' : 'listed', key: 'hub:order', text }];
}

function slower({ hubName, state: { streams }, without }: HubFacts): HubLack[] {
  // In one order, whichever was refused first.
  const all = streamIds.filter((id) => without.get(id)?.includes('encounter:missing') === true);
  if (all.length === 0) return [];
  const loading = all.some((id) => streams[id].status === 'loading');
  const text = `${hubName} cannot leave out the ${listed(all.map((id) => streamWords[id]))} of visits. All are read, which takes longer.`;
  return [{ kind: loading ? 'limits' : 'listed', key: 'hub:linked', text }];
}

function names({ hubName, unnamed }: HubFacts): HubLack[] {
  if (unnamed === 0) return [];
  const text = `Names of ${unnamed} ${unnamed === 1 ? 'place or member' : 'places or members'} of staff were not sent by ${hubName}.`;
  return [{ kind: 'limits', key: 'hub:names', text }];
}

/** `a`, `a and b`, `a, b and c`. */
function listed(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}
