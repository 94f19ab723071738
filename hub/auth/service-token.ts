import { randomBytes, randomUUID } from 'node:crypto';
import { auditAct } from '../audit/audit.ts';
import { decideAccess } from '../access/policy/decide-access.ts';
import { readFacts } from '../access/read-facts.ts';
import type { Reader } from '../access/reader.ts';
import type { ServiceRegistration } from '../config.ts';
import { findById } from '../people/find.ts';
import { directory } from '../store/rows.ts';
import type { AuthParts } from './auth-parts.ts';
import { outsideRollout, userOutside } from './outside-rollout.ts';
import { grantableSystemScopes, scopeGrants } from './scopes.ts';

/** A service's access token as it is remembered. */
export interface ServiceToken {
  client: string;
  grant: string;
  scope: string;
  /** Epoch seconds. */
  issuedAt: number;
  expiresAt: number;
}

const kind = 'ServiceToken';

/** Client credentials (SMART 2.2, 4.1): never longer than five minutes, and nothing to refresh. */
export const serviceTokenSeconds = 300;

/** A token for the scopes that the registration allows of those asked for; undefined when it allows none. */
export async function issueServiceToken(
  parts: AuthParts,
  service: ServiceRegistration,
  asked: string | undefined,
): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number; scope: string } | undefined> {
  const scope = grantableSystemScopes(asked, service.scopes).join(' ');
  if (scope === '') return undefined;
  const [value, grant] = [randomBytes(32).toString('base64url'), randomUUID()];
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresAt = issuedAt + serviceTokenSeconds;
  const token: ServiceToken = { client: service.clientId, grant, scope, issuedAt, expiresAt };
  await auditAct(parts.database, actorOf(service, grant), { action: 'authorize', detail: scope });
  await parts.records.put(kind, value, token, { expiresAt: expiresAt * 1000, grant });
  return { access_token: value, token_type: 'Bearer', expires_in: serviceTokenSeconds, scope };
}

export async function findServiceToken(parts: AuthParts, value: string): Promise<ServiceToken | undefined> {
  return (await parts.records.find(kind, value))?.payload as ServiceToken | undefined;
}

export async function removeServiceToken(parts: AuthParts, value: string): Promise<void> {
  await parts.records.remove(kind, value);
}

/** The service that a token was given to, while it is registered. */
export async function serviceOf(parts: AuthParts, value: string): Promise<{ clientId: string } | undefined> {
  const token = await findServiceToken(parts, value);
  const service = parts.registrations.services?.find(({ clientId }) => clientId === token?.client);
  return service && { clientId: service.clientId };
}

/**
 * Who reads with a service's token. The token names nobody, so the request does: the reader is for that one person, and
 * for the directory alone where it names none, or somebody who is not known, was merged away or is withheld.
 * Undefined when the service is registered no longer; scopes taken from it since are gone at once.
 */
export async function serviceReaderOf(
  parts: AuthParts,
  token: ServiceToken,
  named: string | undefined,
): Promise<Reader | undefined> {
  const service = parts.registrations.services?.find(({ clientId }) => clientId === token.client);
  if (service === undefined) return undefined;
  const person = named === undefined ? undefined : await findById(parts.database, named);
  const actor = actorOf(service, token.grant);
  const patient = person !== undefined && person.id === named ? person.id : directory;
  const facts = await readFacts(parts.database, { patient, user: actor.user, from: actor.from, grant: token.grant });
  return {
    ...actor,
    patient,
    access: decideAccess(parts.policy, facts),
    scopes: scopeGrants(grantableSystemScopes(token.scope, service.scopes).join(' ')),
    service: true,
    outside: await outsideFor(parts, service, patient),
  };
}

/** Services get in phase by phase as staff do: by their organisation, or by their client id among the users. */
async function outsideFor(
  parts: AuthParts,
  { clientId, name, organisation }: ServiceRegistration,
  patient: string,
): Promise<string | undefined> {
  const reader = { id: clientId, role: 'service', organisation, organisationName: name };
  return patient === directory ? userOutside(parts, reader) : outsideRollout(parts, reader, patient);
}

function actorOf({ clientId, name, organisation }: ServiceRegistration, grant: string) {
  return {
    client: clientId,
    grant,
    user: { id: clientId, name, role: 'service', organisation },
    patient: undefined,
    purpose: 'TREAT',
    from: 'service',
    reason: undefined,
  };
}
