import { type AlertTopic, alertTopics } from '../../timeline/key-information/alerts.ts';
import type { KeySection } from '../../timeline/key-information/state.ts';
import type { UrgentInformation } from '../../timeline/key-information/urgent.ts';

/**
 * Alerts and plans for the strip: the resuscitation plan always, in whatever state, since its absence from the page must
 * not read as absence from life (misreading 2); others when something is recorded or could not be read. The panel has
 * every one.
 */
export function urgentSections({ alerts }: UrgentInformation): [AlertTopic, KeySection][] {
  return alertTopics
    .map((topic): [AlertTopic, KeySection] => [topic, alerts[topic]])
    .filter(([topic, { state }]) => topic === 'resuscitation' || state === 'known' || state === 'unavailable');
}
