import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { citizenSignIn, phonePage } from './citizen-sign-in.ts';
import { askForLaunch, type DeskUser } from './ask-for-launch.ts';
import { adastraPage } from './pages/adastra.ts';
import { carecastPage, framePage } from './pages/carecast.ts';
import { emisPage } from './pages/emis.ts';
import { indexPage, intranetPage, refusedPage } from './pages/index-page.ts';
import { liquidlogicPage } from './pages/liquidlogic.ts';
import type { DeskPage, DeskPerson } from './pages/shared.ts';
import { systemCPage } from './pages/system-c.ts';
import type { DeskRegistrations } from './registrations.ts';
import { fhirClientScript, secondAppLaunchPage, secondAppPage } from '../second-app/pages.ts';
import { addSignOn } from './sign-on.ts';
import { staffSignOn } from './staff-sign-on.ts';
import { deskSystems, findDesk, type DeskSystem } from './systems.ts';

/** What the desks are opened with. */
export interface DeskOptions {
  registrations: DeskRegistrations;
  port: number;
  people: readonly DeskPerson[];
  /** Who sits at each desk; the first is the default. */
  staff: Record<DeskSystem, readonly DeskUser[]>;
  /** Who may sign on from the intranet. */
  intranetStaff: readonly DeskUser[];
  /** The switch by which people go on coming to the hospitals; none where nothing is to happen. */
  life?: { isOn: boolean; failed: string | undefined; switchOn(): void; switchOff(): void } | undefined;
}

const pages: Record<DeskSystem, (desk: DeskPage) => string> = {
  emis: emisPage,
  'system-c': systemCPage,
  adastra: adastraPage,
  carecast: carecastPage,
  liquidlogic: liquidlogicPage,
};

const launchQuery = z.object({
  system: z.enum(['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic']),
  patient: z.string().min(1),
  user: z.string().optional(),
  encounter: z.string().optional(),
  frame: z.string().optional(),
  /** Another app than ours, by where its launch address is on this server. */
  app: z.enum(['second-app']).optional(),
});

/** Opens the five desks, the intranet, a person's phone and both sign-ons on `port`, at localhost and at 127.0.0.1. */
export async function startDesks(options: DeskOptions): Promise<{ close(): Promise<void> }> {
  const app = fastify({ logger: false });
  await app.register(formbody);
  addPages(app, options);
  addLaunch(app, options);
  addSecondApp(app);
  const { hub, publicUrl } = options.registrations;
  const [staff, citizens] = hub.signOn;
  addSignOn(app, staffSignOn(staff, options.intranetStaff), publicUrl);
  addSignOn(app, citizenSignIn(citizens, options.people), publicUrl);
  await app.listen({ port: options.port, host: 'localhost' });
  return {
    close() {
      options.life?.switchOff();
      return app.close();
    },
  };
}

function addPages(app: FastifyInstance, options: DeskOptions): void {
  const asPage = 'text/html; charset=utf-8';
  const { life } = options;
  app.get('/', (_request, reply) => reply.type(asPage).send(indexPage(life)));
  app.post<{ Body: { is?: string } }>('/life', async (request, reply) => {
    if (request.body.is === 'on') life?.switchOn();
    else life?.switchOff();
    return reply.redirect('/', 303);
  });
  app.get('/intranet', (_request, reply) => reply.type(asPage).send(intranetPage(options.registrations.publicUrl)));
  app.get('/phone', (_request, reply) => reply.type(asPage).send(phonePage(options.registrations.publicUrl)));
  app.get('/people.json', () => options.people);
  app.get<{ Params: { system: string } }>('/jwks/:system', (request, reply) => {
    const system = findDesk(request.params.system);
    if (system === undefined) return reply.code(404).send({ error: 'no such system' });
    return reply.send({ keys: [options.registrations.keys[system.id].publicJwk] });
  });
  for (const system of deskSystems) {
    app.get(`/desk/${system.id}`, (_request, reply) => {
      const user = options.staff[system.id][0];
      if (user === undefined) return reply.code(500).type(asPage).send(refusedPage('Nobody works at this desk.'));
      const people = options.people.filter((person) => person.systems.includes(system.id));
      return reply.type(asPage).send(pages[system.id]({ system, user, people }));
    });
  }
}

/** Another supplier's SMART app, which needs a server of some kind: this one lends it an address. */
function addSecondApp(app: FastifyInstance): void {
  const asPage = 'text/html; charset=utf-8';
  app.get('/second-app/launch', (_request, reply) => reply.type(asPage).send(secondAppLaunchPage()));
  app.get('/second-app/', (_request, reply) => reply.type(asPage).send(secondAppPage()));
  app.get('/second-app/fhir-client.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(fhirClientScript()),
  );
}

function addLaunch(app: FastifyInstance, options: DeskOptions): void {
  app.get('/launch', async (request, reply) => {
    const query = launchQuery.safeParse(request.query);
    reply.type('text/html; charset=utf-8').header('Cache-Control', 'no-store');
    if (!query.success) return reply.code(400).send(refusedPage('A launch names a system and a patient.'));
    const { system, patient, encounter, frame, app: other } = query.data;
    const staff = options.staff[system];
    const user = query.data.user === undefined ? staff[0] : staff.find((each) => each.id === query.data.user);
    if (user === undefined) return reply.code(404).send(refusedPage('Nobody of that name works at this desk.'));
    const answer = await askForLaunch(options.registrations, { system, user, patient, encounter });
    if (!('launchUrl' in answer)) return reply.code(answer.status).send(refusedPage(answer.words));
    // The handle is for whichever registered app the icon stands for.
    if (other !== undefined) return reply.redirect(`/${other}/launch${new URL(answer.launchUrl).search}`, 302);
    if (frame !== '1') return reply.redirect(answer.launchUrl, 302);
    const person = options.people.find((each) => each.nhsNumber === patient);
    return reply.send(framePage(findDesk(system)?.name ?? system, person, answer.launchUrl));
  });
}
