import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  PrivateKeyJwt,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
  type ServerMetadata,
} from 'openid-client';
import type { SignOn } from '../config.ts';
import type { SignedOnUser, UpstreamSession } from './authorization.ts';
import { userOfMapping } from './mapped-claims.ts';
import { askedTrust } from './nhs-login-claims.ts';
import { SignOnRefused, userOfClaims } from './sign-on-claims.ts';
import type { AuthRecords } from './records.ts';

/** What must be remembered between sending the browser to the sign-on and its return. */
interface PendingSignOn {
  interaction: string;
  /** Which service was asked: another one's answer is none (mix-up, RFC 9700, 4.4). */
  service: string;
  nonce: string;
  verifier: string;
  /** Epoch seconds before which the user must not have proved who they are, where it was asked for. */
  notBefore?: number | undefined;
}

/** How fresh a sign-on must be. */
export interface Freshness {
  /** The user proves anew who they are, whoever is signed on there. */
  afresh: boolean;
  /** The most seconds that may have gone by since they last did. */
  maxAge?: number | undefined;
}

/** What a sign-on service said, its id_token verified. */
export interface SignOnAnswer {
  claims: Record<string, unknown>;
  session: UpstreamSession;
  /** Epoch milliseconds of when the user proved who they are; of now where it was not asked for and is not said. */
  at: number;
}

const kind = 'PendingSignOn';
const timeoutSeconds = 5;
/** Clocks of two servers differ. */
const skewSeconds = 60;
/** Asks for the time of the sign-on to be said (OpenID Connect Core, 2: with max_age it must be). */
const justNow = 300;

/** One service by which people sign on (an OpenID provider: CIS2, a council's, NHS login), with PKCE, state and nonce. */
export class UpstreamSignOn {
  readonly signOn: SignOn;
  /** Its name in addresses and in what is remembered. */
  readonly id: string;
  readonly #callback: string;
  readonly #records: AuthRecords;
  readonly #lifeSeconds: number;
  #configuration: Promise<Configuration> | undefined;

  constructor(signOn: SignOn, callback: string, records: AuthRecords, lifeSeconds: number) {
    this.signOn = signOn;
    this.id = signOn.id ?? 'sign-on';
    this.#callback = callback;
    this.#records = records;
    this.#lifeSeconds = lifeSeconds;
  }

  /** Where to send the browser. Rejects when the sign-on service cannot be reached. */
  async begin(interaction: string, { afresh, maxAge }: Freshness): Promise<URL> {
    const configuration = await this.#discovered();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const now = Math.floor(Date.now() / 1000);
    const notBefore = afresh ? now - skewSeconds : maxAge === undefined ? undefined : now - maxAge - skewSeconds;
    const pending: PendingSignOn = { interaction, service: this.id, nonce, verifier, notBefore };
    await this.#records.put(kind, state, pending, { expiresAt: Date.now() + this.#lifeSeconds * 1000 });
    return buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback,
      scope: this.#scope(),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(this.signOn.claims === 'nhs-login' ? { vtr: askedTrust } : {}),
      ...(afresh
        ? { prompt: 'login', max_age: String(justNow) }
        : maxAge === undefined
          ? {}
          : { max_age: String(maxAge) }),
    });
  }

  /** Which interaction an answer of this sign-on service belongs to, by its state; it is not used up by asking. */
  async interactionOf(state: string): Promise<string | undefined> {
    const pending = (await this.#records.find(kind, state))?.payload as PendingSignOn | undefined;
    return pending?.service === this.id ? pending.interaction : undefined;
  }

  /**
   * What the service said, with the query string of its answer, once. `interaction` is the one this browser holds the cookie
   * of. Rejects with SignOnRefused in words for the page, or with the library's error.
   */
  async answer(interaction: string, query: string): Promise<SignOnAnswer> {
    const state = new URLSearchParams(query).get('state') ?? '';
    const pending = (await this.#records.take(kind, state))?.payload as PendingSignOn | undefined;
    if (pending === undefined || pending.interaction !== interaction || pending.service !== this.id) {
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
    const { auth_time: at } = claims;
    if (pending.notBefore !== undefined && (at === undefined || at < pending.notBefore)) {
      throw new SignOnRefused('The sign-on service did not ask you again who you are. Sign on again.');
    }
    const more = this.#isWhole(claims) ? {} : await this.#userInfo(configuration, tokens.access_token, claims.sub);
    const sid = typeof claims['sid'] === 'string' ? claims['sid'] : undefined;
    const session = { service: this.id, subject: claims.sub, sid };
    return { claims: { ...more, ...claims }, session, at: at === undefined ? Date.now() : at * 1000 };
  }

  /** The member of staff. Throws SignOnRefused, also of a service by which people sign in to their own record. */
  userOf(claims: unknown): SignedOnUser {
    const mapping = this.signOn.claims ?? 'cis2';
    if (mapping === 'nhs-login') throw new SignOnRefused('This sign-in is not for staff.');
    return mapping === 'cis2' ? userOfClaims(claims) : userOfMapping(claims, mapping, this.id);
  }

  /** What it publishes of itself. Rejects when it cannot be reached. */
  async metadata(): Promise<ServerMetadata> {
    return (await this.#discovered()).serverMetadata();
  }

  /** Where its own session is ended by the user (RP-Initiated Logout 1.0); undefined where it offers no such page. */
  async endAddress(): Promise<URL | undefined> {
    const configuration = await this.#discovered();
    return configuration.serverMetadata().end_session_endpoint === undefined
      ? undefined
      : buildEndSessionUrl(configuration, {});
  }

  // National roles and the chosen one (CIS2); a provider that does not know a scope leaves it out.
  #scope(): string {
    const { claims = 'cis2' } = this.signOn;
    if (claims === 'cis2') return 'openid profile nationalrbacaccess selectedrole';
    return claims === 'nhs-login' ? 'openid profile' : `openid ${claims.scope ?? 'profile'}`;
  }

  /** Whether the id_token itself says enough. CIS2 gives the roles by userinfo. */
  #isWhole(claims: Record<string, unknown>): boolean {
    const { claims: mapping = 'cis2' } = this.signOn;
    if (mapping === 'cis2') return claims['nhsid_nrbac_roles'] !== undefined;
    // What an organisation's provider says beside the id_token bears no proof of how the user signed on.
    return mapping !== 'nhs-login' || ['nhs_number', 'birthdate', 'family_name'].every((name) => name in claims);
  }

  async #userInfo(configuration: Configuration, token: string, subject: string): Promise<Record<string, unknown>> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return fetchUserInfo(configuration, token, subject);
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
    const { issuer, clientId, clientSecret } = this.signOn;
    const server = new URL(issuer);
    const local = server.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname);
    return discovery(
      server,
      clientId,
      clientSecret === undefined ? {} : { client_secret: clientSecret },
      await this.#authentication(),
      // Signatures too: what a proxy between the two could put in is no sign-on.
      { timeout: timeoutSeconds, execute: [enableNonRepudiationChecks, ...(local ? [allowInsecureRequests] : [])] },
    );
  }

  async #authentication(): Promise<ClientAuth> {
    const { clientSecret, clientKey } = this.signOn;
    if (clientKey !== undefined) {
      const key = await importPKCS8(await readFile(clientKey.file, 'utf8'), clientKey.alg);
      return PrivateKeyJwt(clientKey.kid === undefined ? key : { key, kid: clientKey.kid });
    }
    return (as, client, body, headers) => {
      // Basic is the default of OpenID Connect Discovery where the service names no methods.
      const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      const authenticate = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
      authenticate(clientSecret)(as, client, body, headers);
    };
  }
}
