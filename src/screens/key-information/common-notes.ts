import type { KeySection } from '../../timeline/key-information/state.ts';

/**
 * The notes that can be shown once for all topics: those of every topic, then those of every alert and plan (`Check the
 * original.`). A note of one topic alone is never among them: it is shown where it holds (misreadings 1 and 2).
 */
export function commonNotes(allergies: KeySection, alerts: readonly KeySection[]): string[] {
  const ofAlerts = alerts[0]?.notes.filter((note) => alerts.every(({ notes }) => notes.includes(note))) ?? [];
  const ofAll = ofAlerts.filter((note) => allergies.notes.includes(note));
  return [...ofAll, ...ofAlerts.filter((note) => !ofAll.includes(note))];
}
