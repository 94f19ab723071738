import type { FastifyInstance } from 'fastify';
import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { auditAct } from '../audit/audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { endUpstream } from './end-sessions.ts';
import { keySetOf } from './key-set.ts';
import { nameOf } from './send-page.ts';
import type { UpstreamSignOn } from './sign-on.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

const logoutClaims = z
  .object({
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    jti: z.string().min(1),
    events: z.record(z.string(), z.unknown()),
    nonce: z.unknown().optional(),
  })
  // A token with a nonce is an id_token in disguise (2.4).
  .refine(({ nonce }) => nonce === undefined)
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)
  .refine(({ events }) => typeof events[event] === 'object' && events[event] !== null);

/** Older than this, and it is not about a session that ends now. */
const oldestSeconds = 300;

/**
 * `POST /backchannel-logout/:service`: a sign-on service says that somebody's session there has ended; what it led to here
 * ends with it (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8). 400 for a token that does not hold.
 */
export function addBackchannelLogout(app: FastifyInstance, parts: AuthParts): void {
  const keySets = new Map<string, JWTVerifyGetKey>();

  app.post<{ Params: { service?: string } }>('/backchannel-logout/:service?', async (request, reply) => {
    void reply.header('Cache-Control', 'no-store');
    const { service = 'sign-on' } = request.params;
    const upstream = parts.signOns.find(service);
    const token = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('logout_token');
    try {
      if (upstream === undefined || token === null) throw new errors.JWTInvalid('no token, or of nobody known here');
      const { sub, sid, jti } = await verified(upstream, token, keySets);
      // Told twice it changes nothing; taken twice, it could end a session that began meanwhile.
      const isNew = await parts.records.add(
        'LogoutToken',
        `${service}|${jti}`,
        {},
        { expiresAt: Date.now() + 3_600_000 },
      );
      const ended = isNew ? await endUpstream(parts.database, { service, subject: sub, sid }) : 0;
      if (ended > 0) {
        const actor = { client: service, grant: undefined, user: undefined, patient: undefined };
        const more = { purpose: undefined, from: service, reason: undefined };
        await auditAct(
          parts.database,
          { ...actor, ...more },
          { action: 'end-sessions', detail: 'ended at the sign-on' },
          ended,
        );
      }
      return reply.code(200).send('');
    } catch (error) {
      if (!(error instanceof errors.JOSEError || error instanceof z.ZodError)) throw error;
      request.log.warn({ reason: nameOf(error) }, 'a logout token was not believed');
      const words = 'The logout token does not hold';
      return reply.code(400).send({ error: 'invalid_request', error_description: words });
    }
  });
}

async function verified(upstream: UpstreamSignOn, token: string, keySets: Map<string, JWTVerifyGetKey>) {
  const { issuer, jwks_uri: jwksUri } = await upstream.metadata();
  const keys = keySets.get(upstream.id) ?? keySetOf({ jwksUri });
  if (keys === undefined) throw new errors.JWKSNoMatchingKey('the service publishes no keys');
  keySets.set(upstream.id, keys);
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: upstream.signOn.clientId,
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
    requiredClaims: ['iat', 'jti', 'events'],
    maxTokenAge: oldestSeconds,
    clockTolerance: 60,
  });
  return logoutClaims.parse(payload);
}
