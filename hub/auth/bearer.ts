import type { Reader } from '../access/reader.ts';
import type { AuthParts } from './auth-parts.ts';
import { findAuthorization } from './authorization.ts';
import { scopeGrants } from './scopes.ts';
import type { SmartProvider } from './smart-provider.ts';

/**
 * Who reads with this access token; undefined when it is unknown, expired or its authorization has ended. Two look-ups by
 * key and nothing remembered, so that a revocation holds at once on every hub.
 */
export async function readerOf(parts: AuthParts, provider: SmartProvider, token: string): Promise<Reader | undefined> {
  const accessToken = await provider.AccessToken.find(token);
  const grant = accessToken?.grantId;
  if (accessToken === undefined || grant === undefined) return undefined;
  const authorization = await findAuthorization(parts.records, grant);
  if (authorization === undefined) return undefined;
  const { user } = authorization;
  return {
    client: authorization.client,
    grant,
    user: { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
    patient: authorization.patient,
    scopes: scopeGrants(accessToken.scope),
    purpose: 'TREAT',
    from: authorization.from,
    reason: authorization.reason,
  };
}
