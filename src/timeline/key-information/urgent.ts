import { type AlertTopic, alertsOf } from './alerts.ts';
import { allergiesOf } from './allergies.ts';
import type { KeySection } from './state.ts';
import type { KeyFacts } from './topics.ts';

/** What must be known before anything else is read, each topic in one of its states (misreadings 1 and 2). */
export interface UrgentInformation {
  allergies: KeySection;
  alerts: Record<AlertTopic, KeySection>;
}

/** Allergies, alerts and plans: needed with the first row, while the rest of the key information may come after it. */
export function urgentInformationOf(facts: KeyFacts): UrgentInformation {
  return { allergies: allergiesOf(facts), alerts: alertsOf(facts) };
}
