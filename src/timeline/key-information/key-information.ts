import type { Entry } from '../entry.ts';
import { type AlertTopic, alertsOf } from './alerts.ts';
import { allergiesOf } from './allergies.ts';
import { careTeamOf, type TeamMember } from './care-team.ts';
import { listWarningsOf } from './list-warnings.ts';
import { medicinesOf } from './medicines.ts';
import { type NextAppointment, nextAppointment } from './next-appointment.ts';
import { problemsOf } from './problems.ts';
import { incompleteWords, type KeySection, missingFor } from './state.ts';
import type { KeyFacts, KeyItem, TopicId } from './topics.ts';

/**
 * A plain list of the panel: what is stated, and whether that is all. `status: failed` must never be shown as none, and
 * an empty list is "Not recorded", never "none".
 */
export interface KeyList<T extends KeyItem = KeyItem> {
  status: 'loading' | 'read' | 'failed';
  items: T[];
  /** What may be missing, in words. */
  note: string | undefined;
}

/** The key-information panel: who needs what to be known before anything else is read. */
export interface KeyInformationView {
  allergies: KeySection;
  alerts: Record<AlertTopic, KeySection>;
  problems: KeyList;
  medicines: KeyList;
  careTeam: KeyList<TeamMember>;
  /** What sources say about their own lists: items held back, a record still in transfer. Always shown. */
  listWarnings: KeyItem[];
  /** `complete` false: a nearer booking may still be loading or unread. */
  next: { appointment: NextAppointment | undefined; complete: boolean };
}

/** Puts the panel together; `entries` and `bookingsComplete` are for the next booking only. */
export function keyInformationOf(
  facts: KeyFacts,
  entries: readonly Entry[],
  bookingsComplete: boolean,
): KeyInformationView {
  return {
    allergies: allergiesOf(facts),
    alerts: alertsOf(facts),
    problems: listOf(['Condition'], problemsOf(facts), facts),
    medicines: listOf(['MedicationRequest', 'MedicationStatement'], medicinesOf(facts), facts),
    careTeam: listOf(['CareTeam'], careTeamOf(facts), facts),
    listWarnings: listWarningsOf(facts),
    next: { appointment: nextAppointment(entries, facts.now), complete: bookingsComplete },
  };
}

function listOf<T extends KeyItem>(types: readonly TopicId[], items: T[], facts: KeyFacts): KeyList<T> {
  const topics = new Set(types.map((type) => facts.topics[type].status));
  const status = topics.has('failed') ? 'failed' : topics.has('loading') ? 'loading' : 'read';
  const missing = missingFor(types, facts);
  if (status === 'failed') return { status, items, note: 'Could not be read whole. Items may be missing.' };
  // In the words of the topics above, so that what holds for all can be said once.
  const note = missing.failed || missing.mixed || missing.late ? incompleteWords('known', missing) : undefined;
  return { status, items, note };
}
