import type { Session } from '../launch/session.ts';

/** What every cached answer is kept under: two launches in one tab never meet, not even for one person. */
export function personKey(session: Session): readonly [string, string, number] {
  return [session.base, session.patientId, session.openedAt];
}
