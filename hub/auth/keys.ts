import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { AuthRecords } from './records.ts';

/** What the authorization server signs with. */
export interface AuthKeys {
  /** Private RS256 key for id_tokens (SMART 2.2, sso-openid-connect). */
  signing: JWK;
  /** Signs cookies. */
  cookies: string;
  /** Signs what a form carries between two pages. */
  forms: string;
}

/** Reads the keys from the store; on the first start makes them. Hubs that start together end with the same keys. */
export async function loadKeys(records: AuthRecords): Promise<AuthKeys> {
  const stored = await records.find('Keys', 'current');
  if (stored !== undefined) return stored.payload as AuthKeys;
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const made: AuthKeys = {
    signing: { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomUUID() },
    cookies: randomBytes(32).toString('base64url'),
    forms: randomBytes(32).toString('base64url'),
  };
  if (await records.add('Keys', 'current', made, { expiresAt: undefined })) return made;
  return loadKeys(records);
}
