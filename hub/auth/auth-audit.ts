import type { AuditActor } from '../audit/audit.ts';
import type { SignedOnUser } from './authorization.ts';

/** What is known of an act at a launch, a sign-on or the picker. */
export interface ActorParts {
  /** The app, or the clinical system where it acts itself. */
  client: string | undefined;
  grant?: string;
  user: Omit<SignedOnUser, 'practitioner'> | undefined;
  patient: string | undefined;
  /** Source id of the clinical system, or `intranet`. */
  from: string;
  reason?: string | undefined;
}

/** The same actor as the audit of the reads that follow has it. */
export function auditActor({ client, grant, user, patient, from, reason }: ActorParts): AuditActor {
  return {
    client,
    grant,
    user: user && { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
    patient,
    purpose: purposeOf(user?.role),
    from,
    reason,
  };
}

/** v3 PurposeOfUse: the person's own request, or treatment. */
export function purposeOf(role: string | undefined): string {
  return role === 'person' ? 'PATRQT' : 'TREAT';
}
