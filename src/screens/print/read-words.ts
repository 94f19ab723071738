import type { Session } from '../../launch/session.ts';
import { paperGround } from '../../timeline/ground-words.ts';
import type { Known } from '../access/use-own-access.ts';

/** Who reads, in words. */
export function readerName({ user }: Session): string {
  return user.name ?? 'a reader whose name is not known';
}

/**
 * Why it could be read, for the document's first part: what stands out (broken glass, or that it is not known), and what is
 * said among the rest. Nothing where the hub has no word for it.
 */
export function readWords(access: Known, session: Session): { grave: string[]; said: string[] } {
  if (access.status === 'failed') {
    return { grave: ['On what ground it was read could not be read; the glass may have been broken.'], said: [] };
  }
  if (access.status !== 'read') return { grave: [], said: [] };
  const openedFrom = session.openedFrom ?? 'the system it was opened from';
  const { broken, ground } = paperGround(access.access, readerName(session), openedFrom);
  return { grave: broken === undefined ? [] : [broken], said: ground === undefined ? [] : [ground] };
}
