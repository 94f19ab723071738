import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { findAuthorization } from './authorization.ts';
import { findServiceToken } from './service-token.ts';
import { standingContext } from './standing-context.ts';

/** Who asks about a token. */
export interface Asking {
  client: string;
  /** Whether it is told of every client's tokens, not of its own alone. */
  all: boolean;
}

/** Of oidc-provider's token models, what an introspection tells. */
interface StoredToken {
  grantId: string;
  clientId: string;
  accountId: string;
  scope?: string;
  exp: number;
  iat: number;
}

const inactive = { active: false };

/**
 * What a token stands for now (RFC 7662; SMART 2.2, token introspection), with the launch context, as far as its
 * user may see it now. Whatever is unknown, ended or none of the asker's business is `{ active: false }` and nothing more.
 */
export async function introspect(parts: AuthParts, value: string, asking: Asking): Promise<object> {
  const service = await findServiceToken(parts, value);
  if (service !== undefined) {
    if (!asking.all && service.client !== asking.client) return inactive;
    return {
      active: true,
      client_id: service.client,
      scope: service.scope,
      token_type: 'Bearer',
      exp: service.expiresAt,
      iat: service.issuedAt,
      iss: addresses(parts.config).issuer,
    };
  }
  for (const kind of ['AccessToken', 'RefreshToken'] as const) {
    const found = await parts.records.find(kind, value);
    if (found === undefined) continue;
    const token = found.payload as StoredToken;
    const authorization = await findAuthorization(parts.records, token.grantId);
    if (authorization === undefined || found.usedAt !== undefined) return inactive;
    if (!asking.all && token.clientId !== asking.client) return inactive;
    const { issuer, fhirBase } = addresses(parts.config);
    const scopes = (token.scope ?? '').split(' ');
    return {
      active: true,
      client_id: token.clientId,
      scope: token.scope ?? '',
      ...(kind === 'AccessToken' ? { token_type: 'Bearer' } : {}),
      exp: token.exp,
      iat: token.iat,
      iss: issuer,
      sub: token.accountId,
      ...(scopes.includes('fhirUser') ? { fhirUser: `${fhirBase}/Practitioner/${token.accountId}` } : {}),
      ...(await standingContext(parts, token.grantId, authorization)),
    };
  }
  return inactive;
}
