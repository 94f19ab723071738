import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditAct, auditRefusal, type AuditAct, type AuditActor } from '../audit/audit.ts';
import type { SignedOnUser, UpstreamSession } from '../auth/authorization.ts';
import type { Page } from '../auth/pages.ts';
import type { AuthRecords } from '../auth/records.ts';
import { endOthersInBrowser } from '../auth/end-sessions.ts';
import { nameOf, sendPage } from '../auth/send-page.ts';
import { signOnChoicePage } from '../auth/sign-on-choice-page.ts';
import { SignOnRefused } from '../auth/sign-on-claims.ts';
import type { UpstreamSignOn } from '../auth/sign-on.ts';
import { browserOfSignOn, type Here, type StaffPage } from '../auth/staff-page.ts';
import type { HubConfig } from '../config.ts';
import type { Database, Sql } from '../store/database.ts';
import { isOwnForm, StaffSessions, type StaffSession } from './session.ts';

/** Pages of the hub's own that staff sign on to, by the organisation's own service. */
export interface StaffPagesOptions {
  page: StaffPage;
  database: Database;
  config: HubConfig;
  records: AuthRecords;
  /** The services by which staff sign on; none, and nobody gets in. */
  signOns: readonly UpstreamSignOn[];
  /** Job role codes (SDS) that may. */
  roles: readonly string[];
  /** v3 PurposeOfUse of what is done here. */
  purpose: 'HOPERAT' | 'HCOMPL';
  refusedPage(config: HubConfig, words: string): Page;
  signedOffPage(config: HubConfig, words: string): Page;
  /** What these pages are for, to end `No sign-on and no role is configured for …`. */
  for: string;
}

/** What was sent by a form of the user's own session. */
export interface Submitted {
  session: StaffSession;
  fields: URLSearchParams;
}

/** Who is at one of these pages. Each answers undefined when it has sent an answer itself. */
export interface StaffPages {
  /** Somebody of the roles that may. */
  signedOn: (request: FastifyRequest, reply: FastifyReply) => Promise<StaffSession | undefined>;
  /** Anybody who is signed on. */
  anybody: (request: FastifyRequest, reply: FastifyReply) => Promise<StaffSession | undefined>;
  /** Somebody of the roles that may, or anybody, and what they sent; what another site's page sends is refused. */
  submitted: (request: FastifyRequest, reply: FastifyReply, who?: 'anybody') => Promise<Submitted | undefined>;
  /** Writes an act of theirs to the audit, before it is answered; in a transaction with the act, where `sql` is one. */
  audit: (
    session: StaffSession,
    act: AuditAct,
    about?: { person?: string; reason?: string },
    sql?: Sql,
  ) => Promise<void>;
}

/** Sign-on, sign-off and forms of such pages. Signing on and off is audited, and being refused. */
export function staffPages(app: FastifyInstance, options: StaffPagesOptions): StaffPages {
  const { page, database, config, signOns, roles, purpose } = options;
  const sessions = new StaffSessions(page, options.records, config.publicUrl.startsWith('https:'));
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  const actor = (user: SignedOnUser | undefined, about: { person?: string; reason?: string } = {}): AuditActor => ({
    client: page,
    grant: undefined,
    user: user && { id: user.id, name: user.name, role: user.role, organisation: user.organisation },
    patient: about.person,
    purpose,
    from: page,
    reason: about.reason,
  });

  async function session(
    request: FastifyRequest,
    reply: FastifyReply,
    who: 'the-roles' | 'anybody',
  ): Promise<StaffSession | undefined> {
    const found = await sessions.find(request);
    if (found !== undefined && (who === 'anybody' || roles.includes(found.user.role))) return found;
    if (found !== undefined) {
      const words = `Your role, ${found.user.roleName}, is not among those that ${options.for}.`;
      await auditRefusal(database, actor(found.user), { action: `open-${page}`, detail: 'role' });
      await sessions.end(request, reply);
      await sendPage(reply, 403, options.refusedPage(config, words));
    } else if (signOns.length === 0 || (who === 'the-roles' && roles.length === 0)) {
      const words = `No sign-on and no role is configured for those who ${options.for} (docs/deployment.md).`;
      await sendPage(reply, 403, options.refusedPage(config, words));
    } else if (request.method === 'GET') {
      await beginSignOn(request, reply);
    } else await sendPage(reply, 403, options.signedOffPage(config, 'Your session has ended. Nothing was done.'));
    return undefined;
  }

  /** By the service there is; where there are several, by the one that the user chooses. */
  async function beginSignOn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const afresh = 'afresh' in (request.query as object);
    const [first, ...others] = signOns;
    const { service = others.length === 0 ? first?.id : undefined } = request.params as { service?: string };
    const signOn = signOns.find(({ id }) => id === service);
    if (signOn === undefined) {
      return sendPage(reply, 200, signOnChoicePage(config, `/${page}/sign-on`, signOns, afresh ? '?afresh' : ''));
    }
    const address = await signOn.begin(`${page}:${sessions.beginSignOn(reply)}`, { afresh });
    return reply.redirect(address.href, 303);
  }

  /** At a shared computer a sign-on ends what somebody else has open there. */
  async function endOthers(here: Here, user: SignedOnUser): Promise<void> {
    const ended = await endOthersInBrowser(database, here, user.id);
    const act = { action: 'end-sessions', detail: 'somebody else signed on in the browser' };
    if (ended > 0) await auditAct(database, actor(user), act, ended);
  }

  const pages: StaffPages = {
    signedOn: (request, reply) => session(request, reply, 'the-roles'),
    anybody: (request, reply) => session(request, reply, 'anybody'),
    async submitted(request, reply, who) {
      const found = await (who === 'anybody' ? pages.anybody(request, reply) : pages.signedOn(request, reply));
      if (found === undefined) return undefined;
      const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      if (isOwnForm(found, fields.get('key'))) return { session: found, fields };
      await auditRefusal(database, actor(found.user), { action: `form-${page}`, detail: 'not of this session' });
      const words = 'This form is not of your session. Open the page again.';
      await sendPage(reply, 403, options.refusedPage(config, words));
      return undefined;
    },
    async audit({ user }, act, about, sql = database) {
      await auditAct(sql, actor(user, about), act);
    },
  };

  app.get<{ Params: { service: string } }>('/sign-on/:service', beginSignOn);

  app.get<{ Params: { service: string } }>('/signed-on/:service', async (request, reply) => {
    const begun = sessions.signOnBegun(request);
    const signOn = signOns.find(({ id }) => id === request.params.service);
    if (signOn === undefined || begun === undefined) return reply.redirect(`/${page}`, 303);
    let here: Here | undefined;
    let user: SignedOnUser;
    let session: UpstreamSession;
    try {
      here = await browserOfSignOn(options.records, page, request);
      if (here === undefined) throw new SignOnRefused('This sign-on was already used, or began in another window.');
      const query = new URL(request.url, config.publicUrl).searchParams.toString();
      const answer = await signOn.answer(`${page}:${begun}`, query);
      [user, session] = [signOn.userOf(answer.claims), answer.session];
    } catch (error) {
      request.log.warn({ reason: nameOf(error) }, 'a sign-on to the hub’s own pages was refused');
      await auditRefusal(database, actor(undefined), { action: 'sign-on', detail: page });
      const words = error instanceof SignOnRefused ? error.message : 'The sign-on did not succeed.';
      return sendPage(reply, 403, options.refusedPage(config, words));
    }
    await auditAct(database, actor(user), { action: 'sign-on', detail: page });
    await endOthers(here, user);
    await sessions.begin(reply, user, session, here.browser);
    return reply.redirect(`/${page}`, 303);
  });

  app.post('/sign-off', async (request, reply) => {
    const found = await sessions.find(request);
    const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    if (found !== undefined && !isOwnForm(found, fields.get('key'))) {
      const words = 'This form is not of your session. Open the page again.';
      return sendPage(reply, 403, options.refusedPage(config, words));
    }
    if (found !== undefined) await pages.audit(found, { action: 'sign-off', detail: page });
    await sessions.end(request, reply);
    // No redirect: a form may not lead to another site (form-action), and the sign-on is one.
    return sendPage(reply, 200, options.signedOffPage(config, 'You are signed off.'));
  });

  return pages;
}
