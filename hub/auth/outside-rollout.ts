import { ownOutsideWords, personOutsideWords, userOutsideWords } from '../rollout/outside-words.ts';
import { includesPerson, includesUser, phaseAt, type Phase } from '../rollout/rollout.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';

/** Who reads, as far as it decides whether they get in: a member of staff, the person themself, or a service. */
type RolloutReader = Pick<SignedOnUser, 'id' | 'role' | 'organisation' | 'organisationName'>;

/**
 * Why this user does not get in yet, in words for them; undefined where they do. Whoever reads their own record is asked
 * for by their record alone.
 */
export function userOutside({ rollout }: AuthParts, user: RolloutReader): string | undefined {
  if (rollout === undefined || user.role === 'person') return undefined;
  const phase = phaseAt(rollout, new Date());
  const isIn = phase !== undefined && includesUser(phase, user);
  return isIn ? undefined : userOutsideWords(rollout, user.organisationName);
}

/** Why the record of this person, by the hub's id, is not opened to them yet; undefined where it is. */
export async function outsideRollout(
  parts: AuthParts,
  user: RolloutReader,
  patient: string,
): Promise<string | undefined> {
  const { rollout } = parts;
  if (rollout === undefined) return undefined;
  const phase = phaseAt(rollout, new Date());
  const byUser = userOutside(parts, user);
  if (byUser !== undefined) return byUser;
  if (phase !== undefined && (await isIn(parts, phase, patient))) return undefined;
  return user.role === 'person' ? ownOutsideWords(rollout) : personOutsideWords(rollout, phase?.name);
}

async function isIn({ database }: AuthParts, phase: Phase, patient: string): Promise<boolean> {
  if (phase.people === undefined) return true;
  const [row] = await database.query<{ nhs_number: string | null }>('select nhs_number from person where id = $1', [
    patient,
  ]);
  return includesPerson(phase, row?.nhs_number ?? undefined);
}
