import type { Reader } from '../access/reader.ts';
import type { Authorization } from './authorization.ts';
import type { AuthRecords } from './records.ts';
import { scopeGrants } from './scopes.ts';

/** Of oidc-provider's AccessToken model, what a reader is made from. */
interface StoredToken {
  grantId: string;
  scope?: string;
}

/**
 * Who reads with this access token; undefined when it is unknown, expired or its authorization has ended. One look-up by
 * key at every read and nothing remembered, so that a revocation holds at once on every hub.
 */
export async function readerOf(records: AuthRecords, token: string): Promise<Reader | undefined> {
  const found = await records.findPair('AccessToken', token, 'Authorization');
  if (found === undefined) return undefined;
  const { grantId, scope } = found.one as StoredToken;
  const { client, user, patient, from, reason } = found.other as Authorization;
  return {
    client,
    grant: grantId,
    user: { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
    patient,
    scopes: scopeGrants(scope),
    purpose: 'TREAT',
    from,
    reason,
  };
}
