import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Provider, type AccountClaims } from 'oidc-provider';
import { z } from 'zod';
import { inMemory } from './in-memory.ts';
import type { HubSignOn } from './registrations.ts';

/** Somebody who may sign on here, and what is told about them. */
export interface Account {
  id: string;
  name: string;
  /** The line below the name. */
  about: string;
  claims: Record<string, unknown>;
}

/** A stand-in for a sign-on service. */
export interface SignOnStandIn {
  /** Where it is on the desks' server: `/sso`. */
  prefix: string;
  signOn: HubSignOn;
  accounts: readonly Account[];
  /** Names of the claims told with the scope openid. */
  claims: string[];
  /** How the real one makes sure who it is, as `amr` (RFC 8176). */
  amr: string[];
  choicePage(uid: string): string;
}

/**
 * An OpenID provider whose claims are shaped as a national service's are. Where the real one asks for a smartcard or a
 * face, this one offers a list of demonstration people.
 */
export function addSignOn(app: FastifyInstance, standIn: SignOnStandIn, hubUrl: string): void {
  const { prefix, signOn, accounts } = standIn;
  const provider = makeProvider(standIn, hubUrl);
  const callback = provider.callback();

  app.get<{ Params: { uid: string } }>(`${prefix}/interaction/:uid`, async (request, reply) => {
    reply.type('text/html; charset=utf-8');
    return standIn.choicePage(request.params.uid);
  });

  app.post<{ Params: { uid: string } }>(`${prefix}/interaction/:uid`, async (request, reply) => {
    const choice = z.object({ user: z.string() }).safeParse(request.body);
    const account = accounts.find((each) => choice.success && each.id === choice.data.user);
    if (account === undefined) {
      return reply.code(400).type('text/html').send(standIn.choicePage(request.params.uid));
    }
    const { grantId } = await provider.interactionDetails(request.raw, reply.raw);
    const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    // The grant of whoever was signed on before goes with that sign-on; somebody else gets one of their own.
    const consent =
      grant?.accountId === account.id
        ? grant
        : new provider.Grant({ accountId: account.id, clientId: signOn.clientId });
    consent.addOIDCScope('openid profile');
    const result = { login: { accountId: account.id, amr: standIn.amr }, consent: { grantId: await consent.save() } };
    const to = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
    return reply.redirect(to, 303);
  });

  // Everything else below the prefix is the provider's own: it reads the raw request, so that no body parser may come first.
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

function makeProvider({ prefix, signOn, accounts, claims }: SignOnStandIn, hubUrl: string): Provider {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = prefix.slice(1);
  return new Provider(signOn.issuer, {
    adapter: inMemory(),
    clients: [
      {
        client_id: signOn.clientId,
        client_secret: signOn.clientSecret,
        redirect_uris: [`${hubUrl}/oauth/sign-on/callback/${signOn.id}`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: name, alg: 'RS256', use: 'sig' }] },
    cookies: {
      keys: [randomBytes(24).toString('base64url')],
      // Several of these stand on one server, and cookies know of no port.
      names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
      short: { path: '/' },
      long: { path: '/' },
    },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', ...claims], profile: ['name'] },
    extraParams: ['vtr'],
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
      const account = accounts.find((each) => each.id === id);
      if (account === undefined) return undefined;
      const told: AccountClaims = { sub: id, name: account.name, ...account.claims };
      return { accountId: id, claims: () => told };
    },
  });
}
