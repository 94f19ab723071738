/** The secret an authorization starts with and the hash of it that is sent ahead. */
export interface PkcePair {
  codeVerifier: string;
  codeChallenge: string;
}

/**
 * A fresh PKCE pair (RFC 7636, 4.1 and 4.2, S256): 96 random bytes, so that the verifier has the 128 characters that are
 * allowed at most.
 */
export async function makePkcePair(): Promise<PkcePair> {
  const codeVerifier = base64Url(crypto.getRandomValues(new Uint8Array(96)));
  return { codeVerifier, codeChallenge: await challengeOf(codeVerifier) };
}

/** The S256 hash of a verifier (RFC 7636, 4.2). */
export async function challengeOf(codeVerifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return base64Url(new Uint8Array(digest));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
