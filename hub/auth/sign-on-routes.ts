import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import type { Interaction, InteractionRequest, Interactions } from './interactions.ts';
import { signOnProblemPage } from './pages.ts';
import { upsertPractitioner } from './practitioner.ts';
import { nameOf, sendPage } from './send-page.ts';
import { SignOnRefused, signOnSystem } from './sign-on-claims.ts';
import type { SignOnResult } from './sign-on-session.ts';
import { operatorSignOn, upstreamOf } from './sign-on.ts';

type BeginSignOn = (interaction: Interaction, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The way back from the organisation's sign-on service. Answers the way to it. */
export function addSignOnRoutes(app: FastifyInstance, parts: AuthParts, interactions: Interactions): BeginSignOn {
  const { config } = parts;
  const { issuer } = addresses(config);
  const upstream = upstreamOf(parts);

  // One fixed address is registered with the sign-on service; the interaction's cookie is sent to its own path only.
  app.get('/sign-on/callback', async (request, reply) => {
    const query = new URL(request.url, issuer).searchParams;
    const uid = await upstream?.interactionOf(query.get('state') ?? '');
    if (uid === undefined) throw new errors.SessionNotFound('sign-on not found');
    // The operator's pages sign on by the same address (hub/ops).
    const back = uid.startsWith(operatorSignOn) ? '/ops' : interactions.addressOf(uid);
    return reply.redirect(`${back}/signed-on?${query.toString()}`, 303);
  });

  app.get('/interaction/:uid/signed-on', async (request: InteractionRequest, reply) => {
    const interaction = await interactions.current(request, reply);
    if (upstream === undefined) throw new errors.SessionNotFound('sign-on not found');
    let user: SignedOnUser;
    try {
      user = await upstream.finish(interaction.uid, new URL(request.url, issuer).searchParams.toString());
    } catch (error) {
      const words = error instanceof SignOnRefused ? error.message : 'The sign-on did not succeed.';
      request.log.warn({ reason: nameOf(error) }, 'a sign-on was refused');
      return sendPage(reply, 403, signOnProblemPage({ config, words, again: interactions.againOf(interaction) }));
    }
    await parts.database.transaction((sql) => upsertPractitioner(sql, signOnSystem, user));
    const signedOn: SignOnResult = { user };
    return interactions.finish(request, reply, {
      login: { accountId: user.practitioner, amr: ['sign-on'] },
      signOn: signedOn,
    });
  });

  return async (interaction, request, reply) => {
    if (upstream === undefined) {
      const words = 'This hub has no sign-on of its own. Open the record from your clinical system.';
      return sendPage(reply, 403, signOnProblemPage({ config, words, again: undefined }));
    }
    const { prompt } = interaction.params;
    const afresh = typeof prompt === 'string' && prompt.split(' ').includes('login');
    let address: URL;
    try {
      address = await upstream.begin(interaction.uid, { afresh });
    } catch (error) {
      request.log.error({ reason: nameOf(error) }, 'the sign-on service could not be reached');
      const words = 'The sign-on service cannot be reached at the moment.';
      const again = interactions.addressOf(interaction.uid);
      return sendPage(reply, 502, signOnProblemPage({ config, words, again }));
    }
    return reply.redirect(address.href, 303);
  };
}
