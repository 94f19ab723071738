import { auditAct } from '../audit/audit.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { endOthersInBrowser } from './end-sessions.ts';
import type { Interaction } from './interactions.ts';
import { signOnSystem } from './sign-on-claims.ts';
import type { SignOnResult } from './sign-on-session.ts';

/** Who is to sign on: the people whose records they are ask for it by `login_hint=person`, everybody else is staff. */
export function audienceOf(params: Record<string, unknown>): 'staff' | 'person' {
  return params['login_hint'] === 'person' ? 'person' : 'staff';
}

/**
 * Ends the session of whoever was signed on in this browser before somebody else did (a shared workstation), with all
 * that was opened in it. The authorization under way goes on without it.
 */
export async function endOtherSession(
  parts: AuthParts,
  interaction: Interaction,
  browser: string | undefined,
  { user }: SignOnResult,
): Promise<void> {
  if (browser !== undefined) {
    const ended = await endOthersInBrowser(parts.database, { browser, session: interaction.session?.uid }, user.id);
    if (ended > 0) {
      const actor = auditActor({
        client: String(interaction.params['client_id']),
        user,
        patient: undefined,
        from: signOnSystem,
      });
      await auditAct(
        parts.database,
        actor,
        { action: 'end-sessions', detail: 'somebody else signed on in the browser' },
        ended,
      );
    }
  }
  const before = interaction.session;
  if (before?.accountId === undefined || before.accountId === user.practitioner) return;
  await parts.records.removeByUid('Session', before.uid);
  delete interaction.session;
  await interaction.save(Math.max(1, interaction.exp - Math.floor(Date.now() / 1000)));
}
