import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Provider, type AccountClaims, type Adapter, type AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { html, page } from './html.ts';
import type { HubRegistrations } from './registrations.ts';

/** Somebody who may sign on at the intranet. */
export interface SignOnUser {
  id: string;
  name: string;
  role: string;
  roleName: string;
  organisation: string;
  organisationName: string;
}

const prefix = '/sso';

/**
 * The borough's own sign-on: an OpenID provider whose claims are shaped as NHS Care Identity Service 2 shapes them. Where the real
 * one asks for a smartcard, this one offers a list of the demonstration staff.
 */
export function addSignOn(
  app: FastifyInstance,
  signOn: HubRegistrations['signOn'],
  hubUrl: string,
  users: readonly SignOnUser[],
): void {
  const provider = makeProvider(signOn, hubUrl, users);
  const callback = provider.callback();

  app.get<{ Params: { uid: string } }>(`${prefix}/interaction/:uid`, async (request, reply) => {
    reply.type('text/html; charset=utf-8');
    return choicePage(request.params.uid, users);
  });

  app.post<{ Params: { uid: string } }>(`${prefix}/interaction/:uid`, async (request, reply) => {
    const choice = z.object({ user: z.string() }).safeParse(request.body);
    const user = users.find((each) => choice.success && each.id === choice.data.user);
    if (user === undefined) return reply.code(400).type('text/html').send(choicePage(request.params.uid, users));
    const { grantId } = await provider.interactionDetails(request.raw, reply.raw);
    const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    // The grant of whoever was signed on before goes with that sign-on; somebody else gets one of their own.
    const consent =
      grant?.accountId === user.id ? grant : new provider.Grant({ accountId: user.id, clientId: signOn.clientId });
    consent.addOIDCScope('openid profile');
    const result = { login: { accountId: user.id, amr: ['smartcard'] }, consent: { grantId: await consent.save() } };
    const to = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
    return reply.redirect(to, 303);
  });

  // Everything else below /sso is the provider's own: it reads the raw request, so that no body parser may come first.
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const hand = async (request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      const raw = Object.assign(request.raw, { originalUrl: request.raw.url });
      raw.url = (raw.url ?? '').slice(prefix.length) || '/';
      await callback(raw, reply.raw);
    };
    scope.route({ method: ['GET', 'POST', 'OPTIONS'], url: `${prefix}/*`, handler: hand });
  });
}

function makeProvider(signOn: HubRegistrations['signOn'], hubUrl: string, users: readonly SignOnUser[]): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return new Provider(signOn.issuer, {
    adapter: inMemory(),
    clients: [
      {
        client_id: signOn.clientId,
        client_secret: signOn.clientSecret,
        redirect_uris: [`${hubUrl}/oauth/sign-on/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'sign-on', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: [randomBytes(24).toString('base64url')], short: { path: '/' }, long: { path: '/' } },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub', 'nhsid_useruid', 'selected_roleid', 'nhsid_nrbac_roles', 'authentication_assurance_level'],
      profile: ['name'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `${prefix}/interaction/${interaction.uid}` },
    ttl: {
      Session: 12 * 3600,
      Grant: 12 * 3600,
      Interaction: 3600,
      AccessToken: 600,
      IdToken: 600,
      AuthorizationCode: 60,
    },
    findAccount: (_context, id) => {
      const user = users.find((each) => each.id === id);
      return user === undefined ? undefined : { accountId: id, claims: () => claimsOf(user) };
    },
  });
}

/** What the stand-in remembers, for as long as it runs. The library's own memory is the same, with a warning for production. */
function inMemory(): (model: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>();
  const find = (key: string) => {
    const entry = kept.get(key);
    return entry === undefined || entry.until < Date.now() ? undefined : entry.payload;
  };
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload, seconds) => {
        kept.set(keyOf(id), { payload, until: Date.now() + (seconds ?? 3600) * 1000 });
        if (payload.uid !== undefined)
          kept.set(keyOf(`uid:${payload.uid}`), { payload, until: Date.now() + (seconds ?? 3600) * 1000 });
      },
      find: async (id) => find(keyOf(id)),
      findByUid: async (uid) => find(keyOf(`uid:${uid}`)),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = find(keyOf(id));
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => {
        const uid = find(keyOf(id))?.uid;
        kept.delete(keyOf(id));
        if (uid !== undefined) kept.delete(keyOf(`uid:${uid}`));
      },
      revokeByGrantId: async (grantId) => {
        // This model's only: an interaction names its grant too, and has to outlive the sign-off of the user before.
        for (const [key, { payload }] of kept)
          if (key.startsWith(keyOf('')) && payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}

function claimsOf(user: SignOnUser): AccountClaims {
  const roleId = `${user.id}-1`;
  return {
    sub: user.id,
    name: user.name,
    nhsid_useruid: user.id,
    selected_roleid: roleId,
    authentication_assurance_level: '3',
    nhsid_nrbac_roles: [
      {
        person_roleid: roleId,
        org_code: user.organisation,
        org_name: user.organisationName,
        role_name: user.roleName,
        role_code: user.role,
      },
    ],
  };
}

function choicePage(uid: string, users: readonly SignOnUser[]): string {
  const css = `body{font:16px/1.5 Arial,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#212b32}
    h1{font-size:1.4rem}button{display:block;width:100%;text-align:left;font:inherit;padding:.7rem 1rem;margin:.5rem 0;border:1px solid #768692;border-radius:4px;background:#fff;cursor:pointer}
    button:focus-visible{outline:3px solid #ffeb3b;box-shadow:0 0 0 5px #212b32}small{color:#4c6272;display:block}`;
  return page(
    'Borough sign-on',
    css,
    html`<main>
      <h1>Borough sign-on</h1>
      <p>The real one asks for a smartcard. Here, choose who you are.</p>
      <form method="post" action="${prefix}/interaction/${uid}">
        ${users.map(
          (user) =>
            html`<button name="user" value="${user.id}">
              ${user.name}<small>${user.roleName}, ${user.organisationName}</small>
            </button>`,
        )}
      </form>
    </main>`,
  );
}
