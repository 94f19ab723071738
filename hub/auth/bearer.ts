import { decideAccess } from '../access/policy/decide-access.ts';
import { factsOf } from '../access/read-facts.ts';
import { offersTo } from '../access/relationship/offers.ts';
import type { Reader } from '../access/reader.ts';
import { purposeOf } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { noteUse, type Authorization } from './authorization.ts';
import { outsideRollout } from './outside-rollout.ts';
import { ceilingOf, mayStateGrounds, sharesReadings } from './registered.ts';
import { grantableScopes, scopeGrants } from './scopes.ts';
import { findServiceToken, serviceReaderOf } from './service-token.ts';

/** Of oidc-provider's AccessToken model, what a reader is made from. */
interface StoredToken {
  grantId: string;
  scope?: string;
}

/**
 * Who reads with this access token; undefined when it is unknown, expired or its authorization has ended. Looked up by key
 * at every read and nothing remembered, so that a revocation, the end of a ground and a choice hold at once on every hub.
 * @param named the person that the request names: only a service's token, which names none itself, takes it from there
 */
export async function readerOf(
  parts: AuthParts,
  token: string,
  named: string | undefined,
): Promise<Reader | undefined> {
  const found = await parts.records.findReading(token);
  if (found === undefined) {
    const service = await findServiceToken(parts, token);
    return service && serviceReaderOf(parts, service, named);
  }
  const { grantId, scope } = found.token as StoredToken;
  await noteUse(parts.records, grantId, found.usedLast, parts.lifetimes.authorizationIdle * 1000);
  const { client, user, patient, from, reason, signedOnAt } = found.authorization as Authorization;
  const app = parts.registrations.apps.find(({ clientId }) => clientId === client);
  // Registered no longer, or for less: what was granted before does not outlive it.
  if (app === undefined) return undefined;
  // A phase that is over, or that they were taken out of, holds for what is open already.
  if ((await outsideRollout(parts, user, patient)) !== undefined) return undefined;
  const access = decideAccess(parts.policy, factsOf({ user, from }, found.facts));
  return {
    client,
    grant: grantId,
    user: { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
    patient,
    scopes: scopeGrants(grantableScopes(scope, ceilingOf(app, user.role)).join(' ')),
    // v3 PurposeOfUse: what is read through a broken glass is marked as that in the audit.
    purpose: access.brokeGlass ? 'BTG' : purposeOf(user.role),
    from,
    reason,
    access,
    ...(mayStateGrounds(parts.registrations, app) ? { offers: offersTo(parts.policy, { role: user.role, from }) } : {}),
    ...(sharesReadings(app, user.role) ? { readings: true } : {}),
    signedOnAt,
  };
}
