import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { ClientKeys } from '../config.ts';

/** A key set is a page of text; what is longer is none. */
const longestBytes = 256 * 1024;

/**
 * A client's public keys as registered: written down, or at its own address. From there they are kept for five minutes,
 * asked for again at most twice a minute when a key id is new, and given up on after three seconds or 256 KiB; other
 * addresses are not followed to. Undefined when none are registered.
 */
export function keySetOf({ jwksUri, jwks }: ClientKeys): JWTVerifyGetKey | undefined {
  if (jwks !== undefined) return createLocalJWKSet(jwks);
  if (jwksUri === undefined) return undefined;
  return createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: 3000,
    cooldownDuration: 30_000,
    cacheMaxAge: 300_000,
    [customFetch]: async (url, options) => {
      const response = await fetch(url, { ...options, redirect: 'error' });
      return new Response(await shortText(response), { status: response.status });
    },
  });
}

/** The body as far as it may go. Throws when it is longer. */
async function shortText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop by an error ends the transfer.
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    if (length > longestBytes) throw new Error('the key set is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
