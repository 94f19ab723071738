import { base64url } from 'jose';
import { expect, it } from 'vitest';
import { challengeOf, makePkcePair } from './pkce.ts';

it('sends the S256 hash of a verifier that is as long as allowed and never the same', async () => {
  const pairs = await Promise.all(Array.from({ length: 20 }, makePkcePair));
  for (const { codeVerifier, codeChallenge } of pairs) {
    expect(codeVerifier).toMatch(/^[\w-]{128}$/);
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    expect(codeChallenge).toBe(base64url.encode(new Uint8Array(hash)));
  }
  expect(new Set(pairs.map(({ codeVerifier }) => codeVerifier)).size).toBe(20);
});

it('has the example of RFC 7636 right', async () => {
  const example = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const hash = await challengeOf(example);
  expect(hash).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});
