import type { Rollout } from './rollout.ts';

/** For staff whose organisation is not in yet. */
export function userOutsideWords({ askWhom }: Rollout, organisationName: string): string {
  return `Care Timeline is not open to ${organisationName} yet. To join, ask ${askWhom}. Until then, use your own system.`;
}

/** For whoever wants a record that is not in yet. It says nothing of the person but that. */
export function personOutsideWords({ askWhom }: Rollout, phase: string | undefined): string {
  const which =
    phase === undefined ? 'Care Timeline has not begun yet' : `This person’s record is not part of ${phase}`;
  return `${which}. This does not mean that there is nothing on record: use the source systems. Questions: ${askWhom}.`;
}

/** For a person whose own record is not in yet. */
export function ownOutsideWords({ askWhom }: Rollout): string {
  return `Your care record cannot be opened here yet. Care Timeline is being introduced step by step. Questions: ${askWhom}.`;
}
