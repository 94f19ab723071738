import type { FastifyPluginAsync } from 'fastify';
import { everyIdOf, readLines, type LineQuery } from '../audit/lines.ts';
import type { AuthRecords } from '../auth/records.ts';
import { sendPage } from '../auth/send-page.ts';
import type { UpstreamSignOn } from '../auth/sign-on.ts';
import type { HubConfig } from '../config.ts';
import { namesOfOrganisations } from '../fhir/organisation-names.ts';
import type { StaffSession } from '../ops/session.ts';
import { staffPages } from '../ops/staff-pages.ts';
import { findByNhsNumber } from '../people/find.ts';
import type { Database } from '../store/database.ts';
import { countToReview, keepFinding, namesOf, readBrokenGlass, recentLooks } from './look.ts';
import {
  brokenGlassPage,
  lookUpPage,
  notAnOfficerPage,
  ownPage,
  patternsPage,
  personPage,
  signedOffPage,
  userPage,
  type Shown,
  type Trail,
} from './pages.ts';
import { oddPatterns } from './patterns.ts';

export interface PrivacyOptions {
  database: Database;
  config: HubConfig;
  records: AuthRecords;
  /** The services by which staff sign on; none, and nobody gets in. */
  signOns: readonly UpstreamSignOn[];
  /** Job role codes (SDS) of the privacy officers. */
  privacyRoles: readonly string[];
}

/** Lines on one page. */
const atOnce = 100;

/**
 * The privacy officer's pages at `/privacy`: who looked at a person's record, what a user looked at, broken glass to review, odd
 * patterns; and anybody's own trail at `/privacy/mine`. What is asked travels by POST, so that no address names anybody. Each
 * look is audited before it is answered: about the person, where there is one.
 */
export const privacyPlugin: FastifyPluginAsync<PrivacyOptions> = async (app, options) => {
  const { database, config, privacyRoles } = options;
  const staff = staffPages(app, {
    page: 'privacy',
    database,
    config,
    records: options.records,
    signOns: options.signOns,
    roles: privacyRoles,
    purpose: 'HCOMPL',
    refusedPage: notAnOfficerPage,
    signedOffPage,
    for: 'look at who looked',
  });
  const shownTo = (session: StaffSession, done?: string): Shown => ({
    config,
    session,
    officer: privacyRoles.includes(session.user.role),
    done,
  });

  /** A page of lines, newest first, and a line of the audit about everybody whose name it shows. */
  async function trailOf(
    session: StaffSession,
    query: Pick<LineQuery, 'people' | 'user'>,
    from: URLSearchParams,
    again: { action: string; fields: Record<string, string> },
    about: { detail: string; people?: readonly string[] },
  ): Promise<Trail> {
    const after = placeOf(from);
    const lines = await readLines(database, { ...query, descending: true, after, limit: atOnce + 1 });
    const page = lines.slice(0, atOnce);
    const names = await namesOf(
      database,
      page.map(({ patient }) => patient),
    );
    for (const person of (about.people ?? [...names.keys()]).toSorted()) {
      await staff.audit(session, { action: 'look-at-audit', detail: about.detail }, { person });
    }
    const last = page.at(-1);
    const earlier =
      lines.length > atOnce && last !== undefined
        ? { ...again, fields: { ...again.fields, at: last.at, id: last.id } }
        : undefined;
    return { lines: page, names, organisations: await namesOfOrganisations(database), earlier };
  }

  app.get('/', async (request, reply) => {
    const session = await staff.anybody(request, reply);
    if (session === undefined) return reply;
    if (!privacyRoles.includes(session.user.role)) return reply.redirect('/privacy/mine', 303);
    await staff.audit(session, { action: 'look-at-privacy' });
    return sendPage(reply, 200, lookUpPage(shownTo(session), await countToReview(database)));
  });

  app.post('/person', async (request, reply) => {
    const sent = await staff.submitted(request, reply);
    if (sent === undefined) return reply;
    const { session, fields } = sent;
    const nhsNumber = fields.get('nhsNumber') ?? '';
    const found = await findByNhsNumber(database, nhsNumber);
    const [person] = found;
    if (person === undefined || found.length > 1) {
      await staff.audit(session, {
        action: 'look-at-audit',
        detail: person === undefined ? 'nobody' : 'several people',
      });
      const words =
        person === undefined ? 'Nobody here has this NHS number.' : 'Several people here have this NHS number.';
      return sendPage(reply, 404, lookUpPage(shownTo(session, words), await countToReview(database)));
    }
    const again = { action: '/privacy/person', fields: { nhsNumber } };
    const about = { detail: 'by person', people: [person.id] };
    const trail = await trailOf(session, { people: await everyIdOf(database, person.id) }, fields, again, about);
    return sendPage(reply, 200, personPage(shownTo(session), person, trail));
  });

  app.post('/user', async (request, reply) => {
    const sent = await staff.submitted(request, reply);
    if (sent === undefined) return reply;
    const { session, fields } = sent;
    const user = { id: (fields.get('user') ?? '').trim(), organisation: (fields.get('organisation') ?? '').trim() };
    await staff.audit(session, { action: 'look-at-audit', detail: `of user ${user.id}, ${user.organisation}` });
    const again = { action: '/privacy/user', fields: { user: user.id, organisation: user.organisation } };
    const trail = await trailOf(session, { user }, fields, again, { detail: 'by user' });
    return sendPage(reply, 200, userPage(shownTo(session), user, trail));
  });

  app.get('/broken-glass', async (request, reply) => {
    const session = await staff.signedOn(request, reply);
    return session === undefined ? reply : sendPage(reply, 200, await glassPage(session));
  });

  app.post('/broken-glass', async (request, reply) => {
    const sent = await staff.submitted(request, reply);
    if (sent === undefined) return reply;
    const { session, fields } = sent;
    const [patient = '', grant = ''] = ['patient', 'grant'].map((name) => fields.get(name) ?? '');
    const finding = (fields.get('finding') ?? '').trim();
    if (finding === '') return sendPage(reply, 400, await glassPage(session, 'Say what you found.'));
    const kept = await database.transaction(async (sql) => {
      const first = await keepFinding(sql, { patient, grant, by: session.user.id, finding });
      const about = { person: patient, reason: finding };
      if (first) await staff.audit(session, { action: 'review-broken-glass' }, about, sql);
      return first;
    });
    return sendPage(
      reply,
      200,
      await glassPage(session, kept ? 'The finding is kept.' : 'Somebody has looked at it already.'),
    );
  });

  async function glassPage(session: StaffSession, done?: string) {
    const broken = await readBrokenGlass(database);
    const people = [...new Set(broken.map(({ patient }) => patient))].toSorted();
    for (const person of people)
      await staff.audit(session, { action: 'look-at-audit', detail: 'broken glass' }, { person });
    const names = await namesOf(database, people);
    return brokenGlassPage(shownTo(session, done), broken, {
      names,
      organisations: await namesOfOrganisations(database),
    });
  }

  app.get('/patterns', async (request, reply) => {
    const session = await staff.signedOn(request, reply);
    if (session === undefined) return reply;
    const patterns = oddPatterns(await recentLooks(database)).slice(0, atOnce);
    const people = [...new Set(patterns.flatMap(({ people: all }) => all.slice(0, 3)))].toSorted();
    await staff.audit(session, { action: 'look-at-patterns' });
    for (const person of people) await staff.audit(session, { action: 'look-at-audit', detail: 'pattern' }, { person });
    return sendPage(reply, 200, patternsPage(shownTo(session), patterns, await namesOf(database, people)));
  });

  const own = async (session: StaffSession, fields: URLSearchParams) => {
    await staff.audit(session, { action: 'look-at-audit', detail: 'their own' });
    const again = { action: '/privacy/mine', fields: {} };
    return ownPage(
      shownTo(session),
      await trailOf(session, { user: session.user }, fields, again, { detail: 'their own', people: [] }),
    );
  };

  app.get('/mine', async (request, reply) => {
    const session = await staff.anybody(request, reply);
    return session === undefined ? reply : sendPage(reply, 200, await own(session, new URLSearchParams()));
  });

  app.post('/mine', async (request, reply) => {
    const sent = await staff.submitted(request, reply, 'anybody');
    return sent === undefined ? reply : sendPage(reply, 200, await own(sent.session, sent.fields));
  });
};

/** The line that a page ended with; undefined for the first page, and for what no page ends with. */
function placeOf(fields: URLSearchParams): { at: string; id: string } | undefined {
  const [at, id] = [fields.get('at') ?? '', fields.get('id') ?? ''];
  const sound = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3,6}Z$/.test(at) && !Number.isNaN(Date.parse(at));
  return sound && /^[0-9a-f-]{36}$/.test(id) ? { at, id } : undefined;
}
