import type { AuthParts } from './auth-parts.ts';
import type { Interaction } from './interactions.ts';

/** Who is to sign on: the people whose records they are ask for it by `login_hint=person`, everybody else is staff. */
export function audienceOf(params: Record<string, unknown>): 'staff' | 'person' {
  return params['login_hint'] === 'person' ? 'person' : 'staff';
}

/**
 * Ends the session of whoever was signed on in this browser before somebody else did (a shared workstation), with all
 * that was opened in it. The authorization under way goes on without it.
 */
export async function endOtherSession(parts: AuthParts, interaction: Interaction, account: string): Promise<void> {
  const before = interaction.session;
  if (before?.accountId === undefined || before.accountId === account) return;
  await parts.records.removeByUid('Session', before.uid);
  delete interaction.session;
  await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)));
}
