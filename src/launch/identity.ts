import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import { IdentityRefused } from './identity-refused.ts';
import { asObject, text, trimSlash } from './shape.ts';
import type { Tab } from './tab.ts';

/** Who reads, as the identity token says. */
export interface Identity {
  name: string | undefined;
  fhirUser: string | undefined;
}

export interface IdentityCheck {
  idToken: string;
  /** From smart-configuration; an older hub that names none is asked through the token's own issuer. */
  issuer: string | undefined;
  jwksUri: string | undefined;
  clientId: string;
  /** When the token was received, epoch milliseconds: it has to be live then, not at a later reload. */
  receivedAt: number;
}

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const timeoutMs = 15_000;
/** A ward computer's clock may be off by minutes. */
const clockToleranceSeconds = 300;

/**
 * Verifies an identity token: signature by the hub's keys, `iss`, `aud`, `exp` (OpenID Connect Core 3.1.3.7). Throws
 * IdentityRefused when the token does not hold; any other error means that the keys could not be fetched and nothing is
 * known yet.
 */
export async function verifyIdentity(tab: Tab, check: IdentityCheck): Promise<Identity> {
  try {
    const issuer = check.issuer ?? decodeJwt(check.idToken).iss;
    if (issuer === undefined) throw new IdentityRefused('The identity token names no issuer.');
    const jwksUri = check.jwksUri ?? (await jwksUriOf(tab, issuer));
    const keys = asObject(await fetchJson(tab, jwksUri))?.['keys'];
    if (!Array.isArray(keys)) throw new Error('The hub sent no keys.');
    const { payload } = await jwtVerify(check.idToken, createLocalJWKSet({ keys }), {
      issuer,
      audience: check.clientId,
      algorithms,
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(check.receivedAt),
      clockTolerance: clockToleranceSeconds,
    });
    const parties = [payload.aud].flat();
    if (parties.length > 1 && payload['azp'] !== check.clientId) {
      throw new IdentityRefused('The identity token was made for another app.');
    }
    return { name: text(payload, 'name'), fhirUser: text(payload, 'fhirUser') };
  } catch (error) {
    if (error instanceof errors.JOSEError)
      throw new IdentityRefused(`The identity token: ${error.code}`, { cause: error });
    throw error;
  }
}

async function jwksUriOf(tab: Tab, issuer: string): Promise<string> {
  const about = asObject(await fetchJson(tab, `${trimSlash(issuer)}/.well-known/openid-configuration`));
  if (text(about, 'issuer') !== issuer) throw new IdentityRefused('The issuer names itself otherwise.');
  const uri = text(about, 'jwks_uri');
  if (uri === undefined) throw new Error('The issuer names no keys.');
  return uri;
}

async function fetchJson(tab: Tab, address: string): Promise<unknown> {
  const response = await tab.fetch(address, { signal: AbortSignal.timeout(timeoutMs), credentials: 'omit' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}
