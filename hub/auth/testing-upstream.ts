import { createServer } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { interactionPolicy, Provider } from 'oidc-provider';
import type { Database } from '../store/database.ts';
import { recordsAdapter } from './adapter.ts';
import { AuthRecords } from './records.ts';

/** A sign-on service in the shape of CIS2: a second, real OpenID provider that signs `user` on without asking. */
export interface Upstream {
  issuer: string;
  /** The hub as it knows it. */
  client: { issuer: string; clientId: string; clientSecret: string };
  /** Who is at the keyboard, with the claims told about them. */
  user: { sub: string } & Record<string, unknown>;
  /** Authorization requests it saw. */
  asked: URL[];
  /** What its id_tokens say instead; undefined takes a claim out. */
  told: Record<string, unknown>;
  /** Signs its id_tokens instead of its own key. */
  sign: ((claims: Record<string, unknown>) => Promise<string>) | undefined;
  /** A logout token, as it tells the hub that a session has ended. */
  logoutToken(claims?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
  close(): Promise<void>;
}

export const nurse = {
  sub: 'nurse-1',
  name: 'Nadia Karim',
  nhsid_useruid: '555000000077',
  selected_roleid: 'role-2',
  authentication_assurance_level: '2',
  nhsid_nrbac_roles: [
    { person_roleid: 'role-1', org_code: 'RRV', org_name: 'UCLH', role_name: 'Admin', role_code: 'S8000:G8000:R8008' },
    {
      person_roleid: 'role-2',
      org_code: 'RKE',
      org_name: 'Whittington',
      role_name: 'Nurse',
      role_code: 'S8000:G8000:R8001',
    },
  ],
};

/** The first of the tests' people, as NHS login proves who she is. */
export const ann = {
  sub: 'citizen-1',
  nhs_number: '9990000018',
  birthdate: '1941-03-31',
  family_name: 'Lark',
  identity_proofing_level: 'P9',
  vot: 'P9.Cp.Cd',
};

export async function startUpstream(database: Database, callback: string): Promise<Upstream> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const issuer = `http://localhost:${address.port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const upstream: Upstream = {
    issuer,
    client: { issuer, clientId: 'hub', clientSecret: 'a secret of the tests' },
    user: nurse,
    asked: [],
    told: {},
    sign: undefined,
    logoutToken: (claims = {}, key = privateKey) =>
      new SignJWT({
        sub: upstream.user.sub,
        jti: crypto.randomUUID(),
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        iss: issuer,
        aud: 'hub',
        iat: Math.floor(Date.now() / 1000),
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'upstream', typ: 'logout+jwt' })
        .sign(key),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };

  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy.get('login')?.checks.clear();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        client_secret: 'a secret of the tests',
        redirect_uris: ['intranet', 'council', 'citizen'].map((service) => `${callback}/${service}`),
      },
    ],
    cookies: { keys: ['tests'] },
    conformIdTokenClaims: false,
    claims: { openid: [...new Set([...Object.keys(nurse), ...Object.keys(ann)])] },
    scopes: ['openid', 'profile', 'nationalrbacaccess', 'selectedrole'],
    pkce: { required: () => true },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Session: 60 },
    interactions: { policy },
    features: { devInteractions: { enabled: false } },
    extraParams: {
      vtr: null,
      none: (ctx) => {
        upstream.asked.push(ctx.URL);
        ctx.oidc.session?.loginAccount({ accountId: upstream.user.sub, transient: true });
      },
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ accountId: upstream.user.sub, clientId: oidc.client?.clientId });
      grant.addOIDCScope([...oidc.requestParamOIDCScopes].join(' '));
      await grant.save();
      return grant;
    },
    findAccount: async (_ctx, accountId) => ({ accountId, claims: async () => upstream.user }),
    adapter: recordsAdapter(new AuthRecords(database)),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', kid: 'upstream' }] },
  });
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if ((ctx as { oidc?: { route?: string } }).oidc?.route !== 'token' || body?.id_token === undefined) return;
    const claims = { ...decodeJwt(body.id_token), ...upstream.told };
    const own = (all: Record<string, unknown>) =>
      new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'upstream' }).sign(privateKey);
    ctx.body = { ...body, id_token: await (upstream.sign ?? own)(claims) };
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return upstream;
}
