import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditAct } from '../audit/audit.ts';
import { addresses } from '../config.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { browserOf, cookieOf, sessionCookie } from './browser.ts';
import { endAuthorization, endBrowser, endUser } from './end-sessions.ts';
import { sessionOf } from './find-session.ts';
import { FormSeal } from './form-seal.ts';
import { knownKeys } from './keys.ts';
import { listSessions, type OpenSession } from './list-sessions.ts';
import { nameOf, sendPage } from './send-page.ts';
import { sessionsPage, signedOffPage } from './sessions-page.ts';
import { signOnSystem } from './sign-on-claims.ts';
import { findSignOn, type SignOnResult } from './sign-on-session.ts';

/** Who is signed on in the browser that asks. */
interface Here {
  uid: string;
  signOn: SignOnResult;
}

/**
 * `/oauth/sessions`: what whoever is signed on in this browser has open anywhere, ending any of it, and signing off, which
 * ends the sign-on here and all that it opened in this browser (single logout, asked for by the user).
 */
export function addSessionsRoutes(app: FastifyInstance, parts: AuthParts): void {
  const { config, records, database } = parts;
  const base = `${addresses(config).issuer}/sessions`;
  const seal = new FormSeal(parts.keys.forms, ...knownKeys(parts.keys).map(({ forms }) => forms));

  const here = async (request: FastifyRequest): Promise<Here | undefined> => {
    const uid = await sessionOf(records, cookieOf(request.raw, sessionCookie));
    const signOn = uid === undefined ? undefined : await findSignOn(records, uid);
    return uid === undefined || signOn === undefined ? undefined : { uid, signOn };
  };
  const nobody = (reply: FastifyReply) =>
    sendPage(reply, 200, signedOffPage(config, 'Nobody is signed on in this browser.'));
  const show = async (request: FastifyRequest, reply: FastifyReply, { uid, signOn: { user } }: Here, done?: string) => {
    const sessions = await listSessions(database, user.id, { session: uid, browser: browserOf(request.raw) });
    const endKey = ({ kind, key }: OpenSession) => seal.seal(uid, 'end-session', { kind, key });
    const formKey = seal.seal(uid, 'sessions', true);
    return sendPage(reply, 200, sessionsPage({ config, base, user, sessions, formKey, endKey, done }));
  };
  const audit = ({ signOn: { user } }: Here, detail: string, ended: number) => {
    const actor = auditActor({ client: undefined, user, patient: undefined, from: signOnSystem });
    return auditAct(database, actor, { action: 'end-sessions', detail }, ended);
  };
  /** Who sent a form of this page, and its key's content; undefined when it is not of this session. */
  const submitted = async (request: FastifyRequest, purpose: string) => {
    const who = await here(request);
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const value = who && seal.open(who.uid, purpose, fields.get('key') ?? '');
    return who === undefined || value === undefined ? undefined : { who, value };
  };

  const signOffThere = async (request: FastifyRequest, { upstream, service }: SignOnResult) => {
    try {
      const address = await parts.signOns.find(upstream.service)?.endAddress();
      return address && { name: service, href: address.href };
    } catch (error) {
      // Here it has ended all the same.
      request.log.warn({ reason: nameOf(error) }, 'the sign-on service could not be reached');
      return undefined;
    }
  };

  app.get('/sessions', async (request, reply) => {
    const who = await here(request);
    return who === undefined ? nobody(reply) : show(request, reply, who);
  });

  app.post('/sessions/end', async (request, reply) => {
    const sent = await submitted(request, 'end-session');
    if (sent === undefined) return nobody(reply);
    const { kind, key } = sent.value as Pick<OpenSession, 'kind' | 'key'>;
    const { id } = sent.who.signOn.user;
    const ended =
      kind === 'record' ? await endAuthorization(database, id, key) : await endBrowser(database, undefined, key);
    await audit(sent.who, `one ${kind}`, ended);
    const still = await here(request);
    return still === undefined ? nobody(reply) : show(request, reply, still, 'It has ended.');
  });

  app.post('/sessions/end-all', async (request, reply) => {
    const sent = await submitted(request, 'sessions');
    if (sent === undefined) return nobody(reply);
    await audit(sent.who, 'all of their own', await endUser(database, sent.who.signOn.user.id));
    return sendPage(reply, 200, signedOffPage(config, 'All of it has ended, in this browser and everywhere else.'));
  });

  app.post('/sessions/sign-off', async (request, reply) => {
    const sent = await submitted(request, 'sessions');
    if (sent === undefined) return nobody(reply);
    const { uid, signOn } = sent.who;
    await audit(sent.who, 'sign-off', await endBrowser(database, browserOf(request.raw), uid));
    const there = await signOffThere(request, signOn);
    return sendPage(
      reply,
      200,
      signedOffPage(config, 'You are signed off, and the records you opened are closed.', there),
    );
  });
}
