import { auditAct, auditRefusal } from '../audit/audit.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { personOfClaims } from './nhs-login-claims.ts';
import { ownRecord } from './own-record.ts';
import { upsertPractitioner } from './practitioner.ts';
import { SignOnRefused, signOnSystem } from './sign-on-claims.ts';
import type { SignOnResult } from './sign-on-session.ts';
import type { SignOnAnswer, UpstreamSignOn } from './sign-on.ts';

/** Where a person comes from who opens their own record. */
export const ownWay = 'person';

/**
 * Who signed on: a member of staff, put into the directory, or the person whose record it is. Rejects with SignOnRefused;
 * a person whose record cannot be told for certain is refused in the same words whatever the reason, and that is audited.
 */
export async function finishSignOn(
  parts: AuthParts,
  upstream: UpstreamSignOn,
  { claims, at, session }: SignOnAnswer,
  client: string,
): Promise<SignOnResult> {
  const service = upstream.signOn.name;
  if (upstream.signOn.audience !== 'person') {
    const user = upstream.userOf(claims);
    // What a role is called elsewhere must not pass for what it means here.
    if (['person', 'service'].includes(user.role)) throw new SignOnRefused('Your role is not known here.');
    await parts.database.transaction(async (sql) => {
      await upsertPractitioner(sql, signOnSystem, user);
      const actor = auditActor({ client, user, patient: undefined, from: signOnSystem });
      await auditAct(sql, actor, { action: 'sign-on', detail: upstream.id });
    });
    return { user, service, at, upstream: session };
  }
  const proved = personOfClaims(claims);
  const record = await ownRecord(parts.database, proved);
  const user = {
    id: `${upstream.id}:${proved.subject}`,
    name: record?.name ?? 'Not told for certain',
    role: 'person',
    roleName: 'The person',
    organisation: ownWay,
    organisationName: service,
  };
  if (record === undefined) {
    const actor = auditActor({ client, user, patient: undefined, from: ownWay });
    await auditRefusal(parts.database, actor, { action: 'launch', detail: 'own record' });
    throw new SignOnRefused(
      'We could not find one record that is certainly yours. Your GP practice can check your NHS number, name and date of birth.',
    );
  }
  const actor = auditActor({ client, user, patient: record.id, from: ownWay });
  await auditAct(parts.database, actor, { action: 'sign-on', detail: upstream.id });
  // The token's subject is the person: `fhirUser` is their own Patient.
  return { user: { ...user, practitioner: record.id }, service, at, ownRecord: record.id, upstream: session };
}
