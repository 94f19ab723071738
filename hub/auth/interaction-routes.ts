import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors, type InteractionResults } from 'oidc-provider';
import { addresses } from '../config.ts';
import { findById } from '../people/find.ts';
import type { AuthParts } from './auth-parts.ts';
import { FormSeal } from './form-seal.ts';
import type { ChosenPatient } from './grant.ts';
import { errorPage, type Page } from './pages.ts';
import { candidatesPage, pickerPage, signOnProblemPage, type PickerView } from './picker-page.ts';
import { emptyForm, problemsOf, readPickerForm, reasonWords } from './picker-search.ts';
import { searchAudited } from './picker-audit.ts';
import { upsertPractitioner } from './practitioner.ts';
import type { SmartProvider } from './smart-provider.ts';
import { SignOnRefused, signOnSystem } from './sign-on-claims.ts';
import { findSignOn, type SignOnResult } from './sign-on-session.ts';
import { UpstreamSignOn } from './sign-on.ts';

interface InteractionPath {
  Params: { uid: string };
}
type InteractionRequest = FastifyRequest<InteractionPath>;
type Interaction = Awaited<ReturnType<SmartProvider['interactionDetails']>>;

/** The steps of a standalone launch that a person sees: sign-on at the organisation's own service, and the picker. */
export function addInteractionRoutes(app: FastifyInstance, parts: AuthParts, provider: SmartProvider): void {
  const { issuer } = addresses(parts.config);
  const seal = new FormSeal(parts.keys.forms);
  const callback = `${issuer}/sign-on/callback`;
  const { signOn } = parts.registrations;
  const upstream = signOn && new UpstreamSignOn(signOn, callback, parts.records, parts.lifetimes.interaction);

  app.get('/interaction/:uid', async (request: InteractionRequest, reply) => {
    const interaction = await current(request, reply);
    if (interaction.prompt.name !== 'login')
      return send(reply, 200, pickerPage(await view(interaction), emptyForm, []));
    if (upstream === undefined) {
      const words = 'This hub has no sign-on of its own. Open the record from your clinical system.';
      return send(reply, 403, signOnProblemPage({ config: parts.config, words, again: undefined }));
    }
    const afresh = promptsOf(interaction).includes('login');
    try {
      return await reply.redirect((await upstream.begin(interaction.uid, { afresh })).href, 303);
    } catch (error) {
      request.log.error({ reason: nameOf(error) }, 'the sign-on service could not be reached');
      const words = 'The sign-on service cannot be reached at the moment.';
      const again = `${issuer}/interaction/${interaction.uid}`;
      return send(reply, 502, signOnProblemPage({ config: parts.config, words, again }));
    }
  });

  // One fixed address is registered with the sign-on service; the interaction's cookie is sent to its own path only.
  app.get('/sign-on/callback', async (request, reply) => {
    const query = new URL(request.url, issuer).searchParams;
    const uid = await upstream?.interactionOf(query.get('state') ?? '');
    if (uid === undefined) throw new errors.SessionNotFound('sign-on not found');
    return reply.redirect(`${issuer}/interaction/${uid}/signed-on?${query.toString()}`, 303);
  });

  app.get('/interaction/:uid/signed-on', async (request: InteractionRequest, reply) => {
    const interaction = await current(request, reply);
    if (upstream === undefined) throw new errors.SessionNotFound('sign-on not found');
    try {
      const query = new URL(request.url, issuer).searchParams.toString();
      const user = await upstream.finish(interaction.uid, query);
      await parts.database.transaction((sql) => upsertPractitioner(sql, signOnSystem, user));
      const signedOn: SignOnResult = { user };
      return await finish(request, reply, {
        login: { accountId: user.practitioner, amr: ['sign-on'] },
        signOn: signedOn,
      });
    } catch (error) {
      const words = error instanceof SignOnRefused ? error.message : 'The sign-on did not succeed.';
      request.log.warn({ reason: nameOf(error) }, 'a sign-on was refused');
      return send(reply, 403, signOnProblemPage({ config: parts.config, words, again: againOf(interaction) }));
    }
  });

  app.post('/interaction/:uid/find', async (request: InteractionRequest, reply) => {
    const { interaction, fields } = await submitted(request, reply);
    const shown = await view(interaction);
    const form = readPickerForm(fields);
    const problems = problemsOf(form);
    if (problems.length > 0) return send(reply, 400, pickerPage(shown, form, problems));
    const people = await searchAudited(parts, shown.user, String(interaction.params['client_id']), form);
    request.log.info({ user: shown.user.practitioner, found: people.length }, 'a person was searched for');
    if (people.length === 0) return send(reply, 404, pickerPage(shown, form, [nobody(form.nhsNumber !== '')]));
    const reason = reasonWords(form);
    const choices = people.map((person) => {
      const chosen: ChosenPatient = { id: person.id, reason };
      return { person, choice: seal.seal(interaction.uid, 'choice', chosen) };
    });
    return send(reply, 200, candidatesPage(shown, choices, reason));
  });

  // A page of results that is opened again without its form starts the search anew.
  app.get('/interaction/:uid/find', async (request: InteractionRequest, reply) =>
    reply.redirect(`${issuer}/interaction/${request.params.uid}`, 303),
  );

  app.post('/interaction/:uid/choose', async (request: InteractionRequest, reply) => {
    const { interaction, fields } = await submitted(request, reply);
    // Only somebody who was shown on the page before, with the reason given there, can be chosen.
    const chosen = seal.open(interaction.uid, 'choice', fields.get('choice') ?? '') as ChosenPatient | undefined;
    const person = chosen && (await findById(parts.database, chosen.id));
    // A person merged into another one since then is not who was shown.
    if (chosen === undefined || person?.id !== chosen.id) throw new errors.SessionNotFound('choice not found');
    return finish(request, reply, { patient: chosen });
  });

  app.post('/interaction/:uid/leave', async (request: InteractionRequest, reply) => {
    await submitted(request, reply);
    return finish(request, reply, { error: 'access_denied', error_description: 'No record was chosen.' });
  });

  app.setErrorHandler(async (error, request, reply) => {
    if (error instanceof errors.SessionNotFound) {
      const words = 'This page has ended, because it was left open too long or somebody else signed on.';
      return send(reply, 400, errorPage(parts.config, 400, words));
    }
    const status = statusOf(error);
    if (status >= 500) request.log.error({ reason: nameOf(error) }, 'a page of the sign-on failed');
    return send(reply, status, errorPage(parts.config, status, 'What was sent could not be read.'));
  });

  /** The interaction of this path, if this browser holds its cookie. Rejects with SessionNotFound. */
  async function current(request: InteractionRequest, reply: FastifyReply): Promise<Interaction> {
    const interaction = await provider.interactionDetails(request.raw, reply.raw);
    if (interaction.uid !== request.params.uid) throw new errors.SessionNotFound('another interaction');
    return interaction;
  }

  /** The fields of a form that came from a page of this interaction, at the step of choosing. */
  async function submitted(request: InteractionRequest, reply: FastifyReply) {
    const interaction = await current(request, reply);
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    if (interaction.prompt.name === 'login' || seal.open(interaction.uid, 'form', fields.get('token') ?? '') !== true) {
      throw new errors.SessionNotFound('form not of this interaction');
    }
    return { interaction, fields };
  }

  async function view(interaction: Interaction): Promise<PickerView> {
    const user = interaction.session && (await findSignOn(parts.records, interaction.session.uid));
    if (user === undefined) throw new errors.SessionNotFound('nobody is signed on');
    return {
      config: parts.config,
      user,
      base: `${issuer}/interaction/${interaction.uid}`,
      someoneElse: againOf(interaction),
      appOrigin: originOf(interaction.params['redirect_uri']),
      formToken: seal.seal(interaction.uid, 'form', true),
    };
  }

  /** The same authorization from its start, with a fresh sign-on. */
  function againOf(interaction: Interaction): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...interaction.params, prompt: 'login' })) {
      if (typeof value === 'string' && name !== 'resource') query.set(name, value);
    }
    return `${issuer}/authorize?${query.toString()}`;
  }

  async function finish(request: FastifyRequest, reply: FastifyReply, result: InteractionResults) {
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303);
  }
}

function promptsOf({ params }: Interaction): string[] {
  return typeof params['prompt'] === 'string' ? params['prompt'].split(' ') : [];
}

/** Origin of the app's registered redirect address, already checked by oidc-provider. */
function originOf(redirectUri: unknown): string {
  if (typeof redirectUri !== 'string') throw new errors.SessionNotFound('no redirect address');
  return new URL(redirectUri).origin;
}

function nobody(byNumber: boolean) {
  return byNumber
    ? {
        field: 'nhsNumber',
        words: 'Nobody in this record fits. Check the NHS number, or search by name and date of birth',
      }
    : { field: 'family', words: 'Nobody in this record fits. Check the name and date of birth, or use the NHS number' };
}

function send(reply: FastifyReply, status: number, { html, policy }: Page): FastifyReply {
  return reply
    .code(status)
    .header('Content-Type', 'text/html; charset=utf-8')
    .header('Content-Security-Policy', policy)
    .header('Cache-Control', 'no-store')
    .header('Referrer-Policy', 'no-referrer')
    .send(html);
}

/** An error's kind, for the log: messages may hold what was typed. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
