import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthRecords } from '../auth/records.ts';
import { sendPage, nameOf } from '../auth/send-page.ts';
import { SignOnRefused } from '../auth/sign-on-claims.ts';
import { operatorSignOn, type UpstreamSignOn } from '../auth/sign-on.ts';
import { auditAct } from '../audit/audit.ts';
import type { HubConfig } from '../config.ts';
import { releaseDeadLetter, replay, retryDeadLetter } from '../feeds/inbox/operate.ts';
import type { OpenReceiver } from '../feeds/receivers/open-receivers.ts';
import { mergePeople } from '../people/merge.ts';
import type { Database } from '../store/database.ts';
import { deadLetters, lookAtSources, readMessage, settleConflict, worklist } from './look.ts';
import {
  deadLettersPage,
  messagePage,
  notAnOperatorPage,
  signedOffPage,
  sourcesPage,
  worklistPage,
  type Shown,
} from './pages.ts';
import { isOwnForm, OperatorSessions, type OperatorSession } from './session.ts';

export interface OpsOptions {
  database: Database;
  config: HubConfig;
  records: AuthRecords;
  /** The organisation's sign-on; undefined where the hub has none, and then nobody operates it by these pages. */
  upstream: UpstreamSignOn | undefined;
  /** Job role codes (SDS) that may. */
  operatorRoles: readonly string[];
  receivers(): readonly OpenReceiver[];
  /** There is work in the inbox again. */
  wake(): void;
}

interface MessageParams {
  source: string;
  seq: string;
}

/**
 * The operator's pages at `/ops`: how the sources stand, what waits, dead letters, what matching would not decide. For the
 * roles that are configured, signed on by the organisation's own service; every look at a message or a person and every
 * act is audited.
 */
export const opsPlugin: FastifyPluginAsync<OpsOptions> = async (app, options) => {
  const { database, config, upstream, operatorRoles } = options;
  const sessions = new OperatorSessions(options.records, config.publicUrl.startsWith('https:'));
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );

  /** The operator, or the way to sign on; undefined when the answer was sent. */
  async function operator(request: FastifyRequest, reply: FastifyReply): Promise<OperatorSession | undefined> {
    const session = await sessions.find(request);
    if (session !== undefined && operatorRoles.includes(session.user.role)) return session;
    if (session !== undefined || upstream === undefined || operatorRoles.length === 0) {
      const words =
        session === undefined
          ? 'No sign-on and no role is configured for operating this hub (docs/deployment.md).'
          : `Your role, ${session.user.roleName}, is not among those that operate this hub.`;
      if (session !== undefined) await sessions.end(request, reply);
      await sendPage(reply, 403, notAnOperatorPage(config, words));
    } else if (request.method === 'GET') {
      const address = await upstream.begin(`${operatorSignOn}${sessions.beginSignOn(reply)}`, {
        afresh: 'afresh' in (request.query as object),
      });
      await reply.redirect(address.href, 303);
    } else await sendPage(reply, 403, signedOffPage(config, 'Your session has ended. Nothing was done.'));
    return undefined;
  }

  /** The operator and what they sent; undefined when it was answered, as what another site's page sends is. */
  async function submitted(request: FastifyRequest, reply: FastifyReply) {
    const session = await operator(request, reply);
    if (session === undefined) return undefined;
    const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    if (isOwnForm(session, fields.get('key'))) return { session, fields };
    await sendPage(reply, 403, notAnOperatorPage(config, 'This form is not of your session. Open the page again.'));
    return undefined;
  }

  const shownTo = (session: OperatorSession, done?: string): Shown => ({ config, session, done });
  const audit = (
    { user }: OperatorSession,
    action: string,
    about: { person?: string; detail?: string; reason?: string },
  ) =>
    auditAct(
      database,
      {
        client: 'ops',
        grant: undefined,
        user: { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
        patient: about.person,
        purpose: 'HOPERAT',
        from: 'ops',
        reason: about.reason,
      },
      { action, detail: about.detail },
    );

  app.get('/signed-on', async (request, reply) => {
    const begun = sessions.signOnBegun(request);
    if (upstream === undefined || begun === undefined) return reply.redirect('/ops', 303);
    try {
      const query = new URL(request.url, config.publicUrl).searchParams.toString();
      await sessions.begin(reply, await upstream.finish(`${operatorSignOn}${begun}`, query));
    } catch (error) {
      request.log.warn({ reason: nameOf(error) }, 'an operator’s sign-on was refused');
      const words = error instanceof SignOnRefused ? error.message : 'The sign-on did not succeed.';
      return sendPage(reply, 403, notAnOperatorPage(config, words));
    }
    return reply.redirect('/ops', 303);
  });

  app.post('/sign-off', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    await sessions.end(request, reply);
    // No redirect: a form may not lead to another site (form-action), and the sign-on is one.
    return sendPage(reply, 200, signedOffPage(config, 'You are signed off.'));
  });

  app.get('/', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    return sendPage(reply, 200, sourcesPage(shownTo(session), await lookAtSources(database), options.receivers()));
  });

  app.get('/dead-letters', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    return sendPage(reply, 200, deadLettersPage(shownTo(session), await deadLetters(database)));
  });

  app.get<{ Params: MessageParams }>('/messages/:source/:seq', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    const message = await readMessage(database, request.params.source, placeOf(request.params.seq));
    if (message === undefined)
      return sendPage(reply, 404, deadLettersPage(shownTo(session, 'There is no such message.'), []));
    await audit(session, 'look-at-message', { detail: `${message.source} ${message.seq}` });
    return sendPage(reply, 200, messagePage(shownTo(session), message));
  });

  app.post<{ Params: MessageParams }>('/messages/:source/:seq/retry', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    const { source, seq } = request.params;
    await audit(sent.session, 'retry-message', { detail: `${source} ${seq}` });
    const found = await retryDeadLetter(database, source, placeOf(seq));
    options.wake();
    const done = found ? `Message ${seq} is worked on again.` : 'It is no dead letter any more.';
    return sendPage(reply, 200, deadLettersPage(shownTo(sent.session, done), await deadLetters(database)));
  });

  app.post<{ Params: MessageParams }>('/messages/:source/:seq/release', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    const { source, seq } = request.params;
    const reason = (sent.fields.get('reason') ?? '').trim();
    if (reason === '')
      return sendPage(
        reply,
        400,
        deadLettersPage(shownTo(sent.session, 'Say why it is not needed.'), await deadLetters(database)),
      );
    await audit(sent.session, 'release-message', { detail: `${source} ${seq}`, reason });
    const found = await releaseDeadLetter(database, source, placeOf(seq), { by: sent.session.user.id, reason });
    const done = found ? `Message ${seq} is done without.` : 'It is no dead letter any more.';
    return sendPage(reply, 200, deadLettersPage(shownTo(sent.session, done), await deadLetters(database)));
  });

  app.post('/replay', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    const [source = '', from = '', to = ''] = ['source', 'from', 'to'].map((name) => sent.fields.get(name) ?? '');
    const [first, last] = [placeOf(from), placeOf(to)];
    let done = 'Give the numbers of the first and the last message.';
    if (first >= 0 && last >= first) {
      await audit(sent.session, 'replay', { detail: `${source} ${first} to ${last}` });
      done = `${await replay(database, source, first, last)} messages are worked on again.`;
      options.wake();
    }
    return sendPage(
      reply,
      200,
      sourcesPage(shownTo(sent.session, done), await lookAtSources(database), options.receivers()),
    );
  });

  app.get('/people', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    const conflicts = await worklist(database);
    for (const { person } of conflicts) await audit(session, 'look-at-worklist', { person });
    return sendPage(reply, 200, worklistPage(shownTo(session), conflicts));
  });

  app.post('/people', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    const value = (name: string): string => sent.fields.get(name) ?? '';
    const conflict = { source: value('source'), localId: value('localId'), kind: value('kind'), other: value('other') };
    const [person, reason, by] = [value('person'), value('reason').trim(), sent.session.user.id];
    const done = await settle();
    return sendPage(reply, 200, worklistPage(shownTo(sent.session, done), await worklist(database)));

    async function settle(): Promise<string> {
      if (reason === '') return 'Say how it was found out.';
      const open = (await worklist(database)).find(
        (each) =>
          each.person === person &&
          Object.entries(conflict).every(([key, its]) => each[key as keyof typeof conflict] === its),
      );
      if (open === undefined) return 'That was settled meanwhile.';
      if (sent === undefined) return '';
      await audit(sent.session, 'settle-match', {
        person,
        reason,
        detail: `${value('is')} ${conflict.kind} ${conflict.other}`,
      });
      if (value('is') === 'one') await mergePeople(database, conflict.other, person, { by, reason });
      await settleConflict(database, conflict, by);
      return value('is') === 'one' ? 'They are one person now.' : 'They stay as they are.';
    }
  });
};

/** A place in the inbox; -1 for what is none. */
function placeOf(text: string): number {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text) : -1;
}
