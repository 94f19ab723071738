import type { Session } from '../launch/session.ts';

/** One launch of one person: what a reader does with it, such as a search, goes on when the record is read anew. */
export function sittingKey({ base, patientId, openedAt }: Session): readonly [string, string, number] {
  return [base, patientId, openedAt];
}

/**
 * What every cached answer is kept under: two launches in one tab never meet, not even for one person, nor do answers from
 * before the record was read anew stand beside later ones.
 */
export function personKey(session: Session): readonly [string, string, number, number] {
  return [...sittingKey(session), session.readings ?? 0];
}
