import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type { ClientKeys } from '../config.ts';

/** A key set is a page of text; what is longer is none. */
const longestBytes = 256 * 1024;

const longestSeconds = 300;

/**
 * A client's public keys as registered: written down, or at its own address. From there they are kept for five minutes, or
 * less where its Cache-Control says so (SMART 2.2, 4.0.3), asked for again at most twice a minute when a key id is new, and
 * given up on after three seconds or 256 KiB; other addresses are not followed to. Undefined when none are registered.
 */
export function keySetOf({ jwksUri, jwks }: ClientKeys): JWTVerifyGetKey | undefined {
  if (jwks !== undefined) return createLocalJWKSet(jwks);
  if (jwksUri === undefined) return undefined;
  let goodUntil = Infinity;
  const remote = createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: 3000,
    cooldownDuration: 30_000,
    cacheMaxAge: longestSeconds * 1000,
    [customFetch]: async (url, options) => {
      const response = await fetch(url, { ...options, redirect: 'error' });
      const text = await shortText(response);
      goodUntil = Date.now() + secondsToKeep(response.headers.get('cache-control')) * 1000;
      return new Response(text, { status: response.status });
    },
  });
  return async (header, token) => {
    if (Date.now() >= goodUntil) await remote.reload();
    return remote(header, token);
  };
}

/** How long an answer may be kept, in seconds; five minutes at most, and when it says nothing. */
function secondsToKeep(control: string | null): number {
  const directives = (control ?? '').toLowerCase().split(/\s*,\s*/);
  if (directives.includes('no-store') || directives.includes('no-cache')) return 0;
  const age = directives.map((directive) => /^max-age="?(\d{1,9})"?$/.exec(directive)?.[1]).find(Boolean);
  return age === undefined ? longestSeconds : Math.min(Number(age), longestSeconds);
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
