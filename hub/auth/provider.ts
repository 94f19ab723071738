import { errors, interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { addresses } from '../config.ts';
import { recordsAdapter } from './adapter.ts';
import { audienceOf } from './asked-audience.ts';
import type { AuthParts } from './auth-parts.ts';
import { findAuthorization } from './authorization.ts';
import { sessionCookie } from './browser.ts';
import { grantFor } from './grant.ts';
import { audience, checkAudience, checkLaunchParameter, cookieRules } from './authorize-request.ts';
import { knownKeys } from './keys.ts';
import { errorPage } from './pages.ts';
import { grantableTo, hasKeys } from './registered.ts';
import { plainScopes } from './scopes.ts';
import { findSignOn, type SignOnResult } from './sign-on-session.ts';
import { clientEndpoints } from './smart-configuration.ts';
import { SmartProvider } from './smart-provider.ts';

/** The authorization server: oidc-provider with SMART App Launch 2.2 and every trap of it that was met handled. */
export function createProvider(parts: AuthParts): SmartProvider {
  const { config, registrations, keys, lifetimes } = parts;
  const { issuer, fhirBase } = addresses(config);
  const path = new URL(issuer).pathname;
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;

  const configuration: Configuration = {
    adapter: recordsAdapter(parts.records),
    clients: registrations.apps.map((app) => ({
      client_id: app.clientId,
      client_name: app.name,
      redirect_uris: app.redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      // A client with keys has proved itself before the library is asked (token-routes.ts).
      ...(hasKeys(app)
        ? { token_endpoint_auth_method: 'client_secret_post', client_secret: parts.handOverSecret }
        : { token_endpoint_auth_method: 'none' }),
      id_token_signed_response_alg: 'RS256',
    })),
    // The first of each signs.
    jwks: { keys: knownKeys(keys).map(({ signing }) => signing) },
    cookies: {
      keys: knownKeys(keys).map(({ cookies }) => cookies),
      names: { session: sessionCookie, interaction: 'ct_interaction', resume: 'ct_resume' },
      long: { ...cookie, path },
      short: cookie,
    },
    routes: { authorization: '/authorize', token: '/token', jwks: '/jwks', revocation: '/revoke' },
    scopes: plainScopes,
    claims: { openid: ['sub'], profile: ['name'], fhirUser: ['fhirUser'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_post'],
    subjectTypes: ['public'],
    acceptQueryParamAccessTokens: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 0,
    pkce: { required: () => true },
    extraParams: {
      aud: async (_ctx, value) => checkAudience(value, fhirBase),
      launch: async (ctx, value) => checkLaunchParameter(parts, ctx, value),
    },
    features: {
      devInteractions: { enabled: false },
      // A launch that was pushed beforehand is in no address, and so would pass by the rule that keeps cookies out of it.
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (ctx) => audience(ctx, fhirBase),
        useGrantedResource: async () => true,
        getResourceServerInfo: async (ctx, resource) => {
          if (resource !== fhirBase) throw new errors.InvalidTarget(`aud must be ${fhirBase}`);
          return {
            scope: scopeInForce(parts, ctx, fhirBase),
            audience: fhirBase,
            accessTokenFormat: 'opaque',
            accessTokenTTL: lifetimes.accessToken,
          };
        },
      },
    },
    // A second launch in the same browser must not end the first one's tokens.
    expiresWithSession: async () => false,
    issueRefreshToken: async (_ctx, _client, source) => source.scopes.has('online_access'),
    rotateRefreshToken: () => true,
    // Never the session's earlier grant: launching B after A would answer A.
    loadExistingGrant: async (ctx) => grantFor(parts, ctx),
    findAccount: async (_ctx, accountId, token) => ({
      accountId,
      claims: async () => {
        const grant = token !== undefined && 'grantId' in token ? token.grantId : undefined;
        const authorization = grant === undefined ? undefined : await findAuthorization(parts.records, grant);
        return {
          sub: accountId,
          name: authorization?.user.name,
          fhirUser: `${fhirBase}/${authorization?.user.role === 'person' ? 'Patient' : 'Practitioner'}/${accountId}`,
        };
      },
    }),
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    interactions: { policy: steps(parts), url: (_ctx, interaction) => `${path}/interaction/${interaction.uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      const framedBy = registrations.clinicalSystems.flatMap((system) => system.origins);
      const page = errorPage(config, ctx.status, out.error_description ?? out.error, framedBy);
      ctx.set('Content-Security-Policy', page.policy);
      ctx.body = page.html;
    },
    ttl: {
      AccessToken: (ctx) => Math.min(lifetimes.accessToken, left(ctx)),
      AuthorizationCode: lifetimes.code,
      Grant: lifetimes.authorization,
      IdToken: lifetimes.accessToken,
      Interaction: lifetimes.interaction,
      // The cap is the authorization's own end, however often it is refreshed.
      RefreshToken: (ctx) => left(ctx),
      Session: (_ctx, session) => {
        if (session.transient) return lifetimes.code;
        const since = session.loginTs === undefined ? 0 : Math.floor(Date.now() / 1000) - session.loginTs;
        return Math.max(1, Math.min(lifetimes.sessionIdle, lifetimes.session - since));
      },
    },
  };

  const provider = new SmartProvider(issuer, configuration, parts);
  // Every address it makes comes from PUBLIC_URL: the plugin sets host and protocol itself, callers cannot.
  provider.proxy = true;
  provider.use(cookieRules(parts, { name: sessionCookie, path }));
  provider.use(async (ctx, next) => {
    await next();
    const route = (ctx as KoaContextWithOIDC).oidc?.route;
    if (route === 'token') ctx.set('Pragma', 'no-cache');
    if (route === 'discovery') ctx.body = { ...(ctx.body as object), ...clientEndpoints(issuer) };
  });
  return provider;
}

/** Seconds until the authorization ends. */
function left(ctx: KoaContextWithOIDC): number {
  const end = ctx.oidc.entities.Grant?.exp ?? 0;
  return Math.max(1, end - Math.floor(Date.now() / 1000));
}

/** At the token endpoint what the grant holds; at the authorization endpoint what can be granted of what is asked. */
function scopeInForce(parts: AuthParts, ctx: KoaContextWithOIDC, fhirBase: string): string {
  const granted = ctx.oidc.route === 'token' ? ctx.oidc.entities.Grant?.getResourceScope(fhirBase) : undefined;
  return granted ?? grantableTo(parts.registrations, ctx).join(' ');
}

/** Sign-on, then the choice of the person, every time. A launch from a clinical system needs neither. */
function steps(parts: AuthParts): interactionPolicy.DefaultPolicy {
  const { Check, Prompt, base } = interactionPolicy;
  const policy = base();
  policy.remove('consent');
  policy.get('login')?.checks.add(
    new Check('no_sign_on', 'who is signed on is no longer known', 'login_required', async ({ oidc }) => {
      if (oidc.entities['Launch'] !== undefined || oidc.session?.accountId === undefined) return false;
      // A person's own sign-in is for one authorization; nobody is let in by it again, and no member of staff either.
      if (audienceOf(oidc.params ?? {}) === 'person') return oidc.result?.login === undefined;
      const signOn = await findSignOn(parts.records, oidc.session.uid);
      return oidc.result?.login === undefined && (signOn === undefined || signOn.ownRecord !== undefined);
    }),
  );
  policy.add(
    new Prompt(
      { name: 'patient', requestable: false },
      new Check('patient_not_chosen', 'the person must be chosen', 'interaction_required', ({ oidc }) => {
        if (oidc.entities['Launch'] !== undefined || oidc.result?.['patient'] !== undefined) return false;
        // Whoever signed in to their own record chooses nobody.
        return (oidc.result?.['signOn'] as SignOnResult | undefined)?.ownRecord === undefined;
      }),
    ),
  );
  return policy;
}
