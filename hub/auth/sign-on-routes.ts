import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import { addresses } from '../config.ts';
import { auditRefusal } from '../audit/audit.ts';
import { audienceOf, endOtherSession } from './asked-audience.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { browserOf } from './browser.ts';
import { finishSignOn } from './finish-sign-on.ts';
import type { Interaction, Interactions } from './interactions.ts';
import { userOutside } from './outside-rollout.ts';
import { notOpenYetPage, signOnProblemPage } from './pages.ts';
import { nameOf, sendPage } from './send-page.ts';
import { signOnChoicePage } from './sign-on-choice-page.ts';
import { SignOnRefused, signOnSystem } from './sign-on-claims.ts';
import type { SignOnResult } from './sign-on-session.ts';
import { noteBrowser, type StaffPage } from './staff-page.ts';
import type { Freshness, UpstreamSignOn } from './sign-on.ts';

type BeginSignOn = (interaction: Interaction, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type ServiceRequest = FastifyRequest<{ Params: { uid: string; service: string } }>;

/** Pages of the hub that sign staff on by the same services: `ops:` before a sign-on's name leads back to `/ops`. */
const pageOf = /^(ops|privacy):/;

/** The way back from the services by which people sign on. Answers the way to them. */
export function addSignOnRoutes(app: FastifyInstance, parts: AuthParts, interactions: Interactions): BeginSignOn {
  const { config, signOns } = parts;
  const { issuer } = addresses(config);

  // Fixed addresses are registered with the sign-on services; the interaction's cookie is sent to its own path only.
  app.get<{ Params: { service?: string } }>('/sign-on/callback/:service?', async (request, reply) => {
    const query = new URL(request.url, issuer).searchParams;
    const { service: id = 'sign-on' } = request.params;
    const uid = await signOns.find(id)?.interactionOf(query.get('state') ?? '');
    if (uid === undefined) throw new errors.SessionNotFound('sign-on not found');
    const page = pageOf.exec(uid)?.[1] as StaffPage | undefined;
    if (page !== undefined) await noteBrowser(parts, page, request, reply);
    const back = page === undefined ? interactions.addressOf(uid) : `/${page}`;
    return reply.redirect(`${back}/signed-on/${id}?${query.toString()}`, 303);
  });

  app.get('/interaction/:uid/signed-on/:service', async (request: ServiceRequest, reply) => {
    const interaction = await interactions.current(request, reply);
    const upstream = servicesOf(parts, interaction).find(({ id }) => id === request.params.service);
    if (upstream === undefined) throw new errors.SessionNotFound('sign-on not found');
    let signOn: SignOnResult;
    const audience = audienceOf(interaction.params);
    try {
      const answer = await upstream.answer(interaction.uid, new URL(request.url, issuer).searchParams.toString());
      signOn = await finishSignOn(parts, upstream, answer, String(interaction.params['client_id']));
    } catch (error) {
      const words = error instanceof SignOnRefused ? error.message : 'The sign-on did not succeed.';
      request.log.warn({ reason: nameOf(error) }, 'a sign-on was refused');
      const client = String(interaction.params['client_id']);
      const actor = auditActor({ client, user: undefined, patient: undefined, from: signOnSystem });
      await auditRefusal(parts.database, actor, { action: 'sign-on', detail: upstream.id });
      return sendPage(
        reply,
        403,
        signOnProblemPage({ config, words, again: interactions.againOf(interaction), audience }),
      );
    }
    const outside = userOutside(parts, signOn.user);
    if (outside !== undefined) {
      const actor = auditActor({ client: undefined, user: signOn.user, patient: undefined, from: signOnSystem });
      await auditRefusal(parts.database, actor, { action: 'authorize', detail: 'not in this phase' });
      return sendPage(reply, 403, notOpenYetPage(config, outside));
    }
    await endOtherSession(parts, interaction, browserOf(request.raw), signOn);
    return interactions.finish(request, reply, {
      // A person's own sign-in is for this one authorization: on a family's computer nobody else gets in by it.
      login: { accountId: signOn.user.practitioner, amr: ['sign-on'], remember: signOn.ownRecord === undefined },
      signOn,
    });
  });

  // Where staff of several organisations sign on here, each by a service of its own.
  app.get('/interaction/:uid/sign-on/:service', async (request: ServiceRequest, reply) => {
    const interaction = await interactions.current(request, reply);
    const upstream = servicesOf(parts, interaction).find(({ id }) => id === request.params.service);
    if (upstream === undefined || interaction.prompt.name !== 'login') throw new errors.SessionNotFound('no sign-on');
    return leaveFor(upstream, interaction, request, reply);
  });

  const leaveFor = async (
    upstream: UpstreamSignOn,
    interaction: Interaction,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    let address: URL;
    try {
      address = await upstream.begin(interaction.uid, freshness(interaction));
    } catch (error) {
      request.log.error({ reason: nameOf(error) }, 'the sign-on service could not be reached');
      const words = 'The sign-on service cannot be reached at the moment.';
      const again = interactions.addressOf(interaction.uid);
      return sendPage(
        reply,
        502,
        signOnProblemPage({ config, words, again, audience: audienceOf(interaction.params) }),
      );
    }
    return reply.redirect(address.href, 303);
  };

  return async (interaction, request, reply) => {
    const [first, ...others] = servicesOf(parts, interaction);
    if (first === undefined) {
      const words =
        audienceOf(interaction.params) === 'person'
          ? 'This hub has no sign-in for the people whose records it holds.'
          : 'This hub has no sign-on of its own. Open the record from your clinical system.';
      return sendPage(
        reply,
        403,
        signOnProblemPage({ config, words, again: undefined, audience: audienceOf(interaction.params) }),
      );
    }
    if (others.length === 0) return leaveFor(first, interaction, request, reply);
    const base = `${interactions.addressOf(interaction.uid)}/sign-on`;
    return sendPage(reply, 200, signOnChoicePage(config, base, [first, ...others]));
  };
}

function servicesOf({ signOns }: AuthParts, interaction: Interaction): readonly UpstreamSignOn[] {
  if (audienceOf(interaction.params) === 'staff') return signOns.staff;
  return signOns.person === undefined ? [] : [signOns.person];
}

/** What the app asked for, handed on. A person's own sign-in is always made anew. */
function freshness({ params }: Interaction): Freshness {
  const { prompt, max_age: maxAge } = params;
  const afresh = typeof prompt === 'string' && prompt.split(' ').includes('login');
  return {
    afresh: afresh || audienceOf(params) === 'person',
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
  };
}
