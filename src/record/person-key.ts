import type { Session } from '../launch/session.ts';

/**
 * What every cached answer is kept under: two launches in one tab never meet, not even for one person, nor do answers from
 * before the record was read anew stand beside later ones.
 */
export function personKey(session: Session): readonly [string, string, number, number] {
  return [session.base, session.patientId, session.openedAt, session.readings ?? 0];
}
