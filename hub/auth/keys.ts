import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { AuthRecords } from './records.ts';

/** One set of what the authorization server signs with. */
interface KeySet {
  /** Private RS256 key for id_tokens (SMART 2.2, sso-openid-connect). */
  signing: JWK;
  /** Signs cookies. */
  cookies: string;
  /** Signs what a form carries between two pages. */
  forms: string;
}

/** A set that signs nothing new; what it signed is still known. */
interface RetiredKeys extends KeySet {
  /** Epoch milliseconds. */
  retiredAt: number;
}

/** The set that signs, and those that were before it. */
export interface AuthKeys extends KeySet {
  /** Newest first. Absent where keys were never rotated. */
  earlier?: RetiredKeys[] | undefined;
}

/** Longer than anything lives that a set has signed: a sign-on's cookie, 12 hours. */
export const keptMillis = 24 * 3_600_000;

const [kind, key] = ['Keys', 'current'];

/** Reads the keys from the store; on the first start makes them. Hubs that start together end with the same keys. */
export async function loadKeys(records: AuthRecords): Promise<AuthKeys> {
  const stored = await records.find(kind, key);
  if (stored !== undefined) return withoutOld(stored.payload as AuthKeys);
  const made: AuthKeys = await newKeys();
  if (await records.add(kind, key, made, { expiresAt: undefined })) return made;
  return loadKeys(records);
}

/**
 * Makes a new set that signs from the hub's next start on. The set before it goes on being known for a day, in the published
 * keys as well, so that no token, sign-on or open page ends. Rejects when another rotation came between.
 */
export async function rotateKeys(records: AuthRecords): Promise<AuthKeys> {
  const before = await loadKeys(records);
  const { signing, cookies, forms, earlier = [] } = before;
  const rotated: AuthKeys = {
    ...(await newKeys()),
    earlier: [{ signing, cookies, forms, retiredAt: Date.now() }, ...earlier],
  };
  if (!(await records.exchange(kind, key, rotated, (now) => (now as AuthKeys).signing.kid === signing.kid))) {
    throw new Error('The keys were rotated by somebody else at the same moment.');
  }
  return rotated;
}

/** Every set that is known, the one that signs first. */
export function knownKeys(keys: AuthKeys): KeySet[] {
  return [keys, ...(keys.earlier ?? [])];
}

function withoutOld(keys: AuthKeys): AuthKeys {
  const earlier = keys.earlier?.filter(({ retiredAt }) => retiredAt > Date.now() - keptMillis);
  return { ...keys, earlier };
}

async function newKeys(): Promise<KeySet> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  return {
    signing: { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: randomUUID() },
    cookies: randomBytes(32).toString('base64url'),
    forms: randomBytes(32).toString('base64url'),
  };
}
