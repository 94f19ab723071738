import type { FastifyPluginAsync } from 'fastify';
import type { AuthRecords } from '../auth/records.ts';
import { sendPage } from '../auth/send-page.ts';
import type { UpstreamSignOn } from '../auth/sign-on.ts';
import type { HubConfig } from '../config.ts';
import { releaseDeadLetter, replay, retryDeadLetter } from '../feeds/inbox/operate.ts';
import type { OpenReceiver } from '../feeds/receivers/open-receivers.ts';
import { mergePeople } from '../people/merge.ts';
import type { Database } from '../store/database.ts';
import { doubtsPage } from './doubts-page.ts';
import { notTold, takenWithDoubts } from './doubts.ts';
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
import type { StaffSession } from './session.ts';
import { staffPages } from './staff-pages.ts';

export interface OpsOptions {
  database: Database;
  config: HubConfig;
  records: AuthRecords;
  /** The services by which staff sign on; none, and nobody gets in. */
  signOns: readonly UpstreamSignOn[];
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
  const { database, config } = options;
  const {
    signedOn: operator,
    submitted,
    audit,
  } = staffPages(app, {
    page: 'ops',
    database,
    config,
    records: options.records,
    signOns: options.signOns,
    roles: options.operatorRoles,
    purpose: 'HOPERAT',
    refusedPage: notAnOperatorPage,
    signedOffPage,
    for: 'operate this hub',
  });
  const shownTo = (session: StaffSession, done?: string): Shown => ({ config, session, done });
  app.get('/', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    await audit(session, { action: 'look-at-sources' });
    return sendPage(reply, 200, sourcesPage(shownTo(session), await lookAtSources(database), options.receivers()));
  });

  app.get('/dead-letters', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    await audit(session, { action: 'look-at-dead-letters' });
    return sendPage(reply, 200, deadLettersPage(shownTo(session), await deadLetters(database)));
  });

  app.get('/doubts', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    await audit(session, { action: 'look-at-doubts' });
    return sendPage(reply, 200, doubtsPage(shownTo(session), await notTold(database), await takenWithDoubts(database)));
  });

  app.get<{ Params: MessageParams }>('/messages/:source/:seq', async (request, reply) => {
    const session = await operator(request, reply);
    if (session === undefined) return reply;
    const message = await readMessage(database, request.params.source, placeOf(request.params.seq));
    if (message === undefined)
      return sendPage(reply, 404, deadLettersPage(shownTo(session, 'There is no such message.'), []));
    await audit(session, { action: 'look-at-message', detail: `${message.source} ${message.seq}` });
    return sendPage(reply, 200, messagePage(shownTo(session), message));
  });

  app.post<{ Params: MessageParams }>('/messages/:source/:seq/retry', async (request, reply) => {
    const sent = await submitted(request, reply);
    if (sent === undefined) return reply;
    const { source, seq } = request.params;
    await audit(sent.session, { action: 'retry-message', detail: `${source} ${seq}` });
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
    await audit(sent.session, { action: 'release-message', detail: `${source} ${seq}` }, { reason });
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
      await audit(sent.session, { action: 'replay', detail: `${source} ${first} to ${last}` });
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
    for (const { person } of conflicts) await audit(session, { action: 'look-at-worklist' }, { person });
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
      const detail = `${value('is')} ${conflict.kind} ${conflict.other}`;
      await audit(sent.session, { action: 'settle-match', detail }, { person, reason });
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
