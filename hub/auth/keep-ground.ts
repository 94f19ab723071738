import type { Declaration } from '../access/relationship/grounds.ts';
import { keepDeclaration, keepSystemGround } from '../access/relationship/keep.ts';
import { auditAct } from '../audit/audit.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import type { Authorization } from './authorization.ts';

/**
 * Keeps on what ground an authorization reads: what its reader declared in the picker, or that the launching system has the
 * person as its own. Without either there is none, and what is read is who the person is.
 * @param grant the authorization's id
 */
export async function keepGround(
  parts: AuthParts,
  grant: string,
  { client, user, patient, from, reason }: Pick<Authorization, 'client' | 'user' | 'patient' | 'from' | 'reason'>,
  declared: Declaration | undefined,
): Promise<void> {
  await parts.database.transaction(async (sql) => {
    if (declared === undefined) {
      await keepSystemGround(sql, { patient, user, from });
      return;
    }
    await keepDeclaration(sql, { patient, user, from }, declared);
    const actor = auditActor({ client, grant, user, patient, from, reason });
    await auditAct(sql, actor, { action: 'declare-relationship', detail: declared.ground });
  });
}
