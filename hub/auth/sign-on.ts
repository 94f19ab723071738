import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { addresses, type SignOn } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import { SignOnRefused, userOfClaims } from './sign-on-claims.ts';
import type { AuthRecords } from './records.ts';

/** What must be remembered between sending the browser to the sign-on and its return. */
interface PendingSignOn {
  interaction: string;
  nonce: string;
  verifier: string;
}

/** A sign-on for the operator's pages is told from one of an app by how its name begins. */
export const operatorSignOn = 'ops:';

const kind = 'PendingSignOn';
const timeoutSeconds = 5;
// National roles and the chosen one (CIS2); a provider that does not know a scope leaves it out.
const scope = 'openid profile nationalrbacaccess selectedrole';

/** The organisation's own sign-on (an OpenID provider, CIS2 in production), with PKCE, state and nonce. */
export class UpstreamSignOn {
  readonly #signOn: SignOn;
  readonly #callback: string;
  readonly #records: AuthRecords;
  readonly #lifeSeconds: number;
  #configuration: Promise<Configuration> | undefined;

  constructor(signOn: SignOn, callback: string, records: AuthRecords, lifeSeconds: number) {
    this.#signOn = signOn;
    this.#callback = callback;
    this.#records = records;
    this.#lifeSeconds = lifeSeconds;
  }

  /** Where to send the browser. Rejects when the sign-on service cannot be reached. */
  async begin(interaction: string, options: { afresh: boolean }): Promise<URL> {
    const configuration = await this.#discovered();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const pending: PendingSignOn = { interaction, nonce, verifier };
    await this.#records.put(kind, state, pending, { expiresAt: Date.now() + this.#lifeSeconds * 1000 });
    return buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback,
      scope,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(options.afresh ? { prompt: 'login' } : {}),
    });
  }

  /** Which interaction an answer of the sign-on service belongs to, by its state; it is not used up by asking. */
  async interactionOf(state: string): Promise<string | undefined> {
    return ((await this.#records.find(kind, state))?.payload as PendingSignOn | undefined)?.interaction;
  }

  /**
   * Ends the sign-on with the query string of the answer, once. `interaction` is the one this browser holds the cookie
   * of. Rejects with SignOnRefused in words for the page, or with the library's error.
   */
  async finish(interaction: string, query: string): Promise<SignedOnUser> {
    const state = new URLSearchParams(query).get('state') ?? '';
    const pending = (await this.#records.take(kind, state))?.payload as PendingSignOn | undefined;
    if (pending === undefined || pending.interaction !== interaction) {
      throw new SignOnRefused('This sign-on was already used, or began in another window.');
    }
    const configuration = await this.#discovered();
    const tokens = await authorizationCodeGrant(configuration, new URL(`${this.#callback}?${query}`), {
      pkceCodeVerifier: pending.verifier,
      expectedState: state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new SignOnRefused('The sign-on service did not say who signed on.');
    if (claims['nhsid_nrbac_roles'] !== undefined) return userOfClaims(claims);
    // CIS2 gives the roles by userinfo.
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return userOfClaims(claims);
    return userOfClaims({ ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims });
  }

  async #discovered(): Promise<Configuration> {
    this.#configuration ??= this.#discover();
    try {
      return await this.#configuration;
    } catch (error) {
      // Asked again next time: the service may have been down.
      this.#configuration = undefined;
      throw error;
    }
  }

  async #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#signOn;
    const server = new URL(issuer);
    const local = server.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname);
    return discovery(
      server,
      clientId,
      { client_secret: clientSecret },
      (as, client, body, headers) => {
        // Basic is the default of OpenID Connect Discovery where the service names no methods.
        const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
        const authenticate = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
        authenticate(clientSecret)(as, client, body, headers);
      },
      { timeout: timeoutSeconds, ...(local ? { execute: [allowInsecureRequests] } : {}) },
    );
  }
}

/** The sign-on that is configured, with the one address to return to that is registered there. */
export function upstreamOf({ config, registrations, records, lifetimes }: AuthParts): UpstreamSignOn | undefined {
  const { signOn } = registrations;
  const callback = `${addresses(config).issuer}/sign-on/callback`;
  return signOn && new UpstreamSignOn(signOn, callback, records, lifetimes.interaction);
}
