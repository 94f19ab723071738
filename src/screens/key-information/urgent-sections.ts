import { type AlertTopic, alertTopics } from '../../timeline/key-information/alerts.ts';
import type { KeySection } from '../../timeline/key-information/state.ts';
import type { UrgentInformation } from '../../timeline/key-information/urgent.ts';
import { lowerStart } from '../../timeline/words.ts';

/**
 * Alerts and plans for the strip: the resuscitation plan always, in whatever state, since its absence from the page must
 * not read as absence from life (misreading 2); others when something is recorded. The panel has every one.
 */
export function urgentSections({ alerts }: UrgentInformation): [AlertTopic, KeySection][] {
  return alertTopics
    .map((topic): [AlertTopic, KeySection] => [topic, alerts[topic]])
    .filter(([topic, { state }]) => topic === 'resuscitation' || state === 'known');
}

/** The other alerts that could not be read, for one sentence: `Safeguarding concerns, special notes unavailable`. */
export function unreadAlerts({ alerts }: UrgentInformation): KeySection[] {
  return alertTopics
    .filter((topic) => topic !== 'resuscitation' && alerts[topic].state === 'unavailable')
    .map((topic) => alerts[topic]);
}

/** Their titles as one, in the words each of them has. */
export function unreadWords(sections: readonly KeySection[]): string {
  const names = sections.map(({ title }, index) => {
    const name = title.replace(/ unavailable$/, '');
    return index === 0 ? name : lowerStart(name);
  });
  return `${names.join(', ')} unavailable`;
}
