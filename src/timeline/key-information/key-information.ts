import type { List } from 'fhir/r4';
import type { Entry } from '../entry.ts';
import { hasCode, text } from '../read.ts';
import { carePlansOf } from './care-plans.ts';
import { careTeamOf, type TeamMember } from './care-team.ts';
import { listWarningsOf } from './list-warnings.ts';
import { medicinesOf } from './medicines.ts';
import { type NextAppointment, nextAppointments } from './next-appointments.ts';
import { problemsOf } from './problems.ts';
import { incompleteWords, type KnownState, missingFor, stateOf } from './state.ts';
import type { KeyFacts, KeyItem, TopicId } from './topics.ts';
import { type UrgentInformation, urgentInformationOf } from './urgent.ts';

/**
 * A plain list of the panel: what is stated, and whether that is all. An empty list is "none" only on somebody's statement
 * with everything read, and "Not recorded" only with everything read; else it is unavailable.
 */
export interface KeyList<T extends KeyItem = KeyItem> {
  /** How the reading of its own types went: `failed` must never be shown as none. */
  status: 'loading' | 'read' | 'failed';
  state: KnownState;
  items: T[];
  /** What may be missing, in words. */
  note: string | undefined;
}

/** The key-information panel: who needs what to be known before anything else is read. */
export interface KeyInformationView extends UrgentInformation {
  problems: KeyList;
  medicines: KeyList;
  careTeam: KeyList<TeamMember>;
  carePlans: KeyList;
  /** What sources say about their own lists: items held back, a record still in transfer. Always shown. */
  listWarnings: KeyItem[];
  /** Nearest first. `complete` false: a nearer booking may still be loading or unread. */
  next: { appointments: NextAppointment[]; complete: boolean };
}

/** What the panel is put together from. */
export interface KeyInput {
  facts: KeyFacts;
  /** For the next bookings only, and whether all of them have been read. */
  entries: readonly Entry[];
  bookingsComplete: boolean;
}

/** Puts the panel together. */
export function keyInformationOf({ facts, entries, bookingsComplete }: KeyInput): KeyInformationView {
  return {
    ...urgentInformationOf(facts),
    problems: listOf(['Condition'], problemsOf(facts), facts, problemLists),
    medicines: listOf(['MedicationRequest', 'MedicationStatement'], medicinesOf(facts), facts, medicineLists),
    careTeam: listOf(['CareTeam'], careTeamOf(facts), facts),
    carePlans: listOf(['CarePlan'], carePlansOf(facts), facts),
    listWarnings: listWarningsOf(facts),
    next: { appointments: nextAppointments(entries, facts.now), complete: bookingsComplete },
  };
}

/** LOINC and GP Connect (SNOMED CT) codes of the lists that may say "none known" of a whole topic. */
const problemLists = ['11450-4', '717711000000103'];
const medicineLists = ['10160-0', '933361000000108'];

function listOf<T extends KeyItem>(
  types: readonly TopicId[],
  items: T[],
  facts: KeyFacts,
  lists: readonly string[] = [],
): KeyList<T> {
  const topics = new Set(types.map((type) => facts.topics[type].status));
  const status = topics.has('failed') ? 'failed' : topics.has('loading') ? 'loading' : 'read';
  const missing = missingFor(lists.length === 0 ? types : [...types, 'List'], facts);
  const state = stateOf(items.length, isStatedNone(lists, facts), missing);
  if (status === 'failed') return { status, state, items, note: 'Could not be read whole. Items may be missing.' };
  // In the words of the topics above, so that what holds for all can be said once.
  const gap = missing.failed || missing.partial || missing.mixed || missing.late;
  return { status, state, items, note: gap ? incompleteWords('known', missing) : undefined };
}

/** Whether a source states its list to be empty because nothing is known to belong there (FHIR, List.emptyReason). */
function isStatedNone(codes: readonly string[], facts: KeyFacts): boolean {
  return facts.topics.List.resources.some((resource) => {
    const list = resource as List;
    if (list.resourceType !== 'List' || text(list.status) !== 'current') return false;
    return hasCode(list.emptyReason, 'nilknown') && hasCode(list.code, ...codes);
  });
}
