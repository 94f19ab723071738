import { sourceNames } from '../fhir/sources.ts';
import { readConfig } from '../hub/config.ts';
import { startHub, type Hub } from '../hub/main.ts';
import { readRegistrations } from '../hub/registrations.ts';
import { startDesks } from '../mocks/desks/server.ts';
import { registerDesks } from '../mocks/desks/registrations.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import { LifeGoesOn } from '../mocks/life-goes-on/life-goes-on.ts';
import { demonstrationPeople } from '../mocks/borough/demonstration.ts';
import { deskStaff, intranetStaff } from '../mocks/borough/staff.ts';
import { buildInBackground } from './build-in-background.ts';
import { loadBoroughOnce } from './load-borough.ts';

// `npm start`: hub, app and, in demonstration, the desks and the synthetic borough, in one process and one command.

const started = performance.now();
const config = readConfig(process.env);

try {
  // Building goes on in a process of its own while the store opens.
  const built = buildInBackground();
  // startHub awaits it and reports its failure; until then a failure is not an unhandled one.
  built.catch(() => undefined);
  // The desks let anyone in: they stand only before the demonstration, or before the embedded store, which holds no real person.
  const withDesks = config.demo || config.databaseUrl === undefined;
  const deskRegistrations = registerDesks(config);
  let listening: Hub | undefined;
  const life = config.demo
    ? new LifeGoesOn(
        () => makeBorough({ people: 0, seed: 1, now: new Date() }),
        (source) => listening?.feeds?.receivers.find(({ feed }) => feed.source === source)?.port,
      )
    : undefined;
  const desks = withDesks
    ? await startDesks({
        registrations: deskRegistrations,
        port: config.deskPort,
        people: config.demo ? demonstrationPeople(new Date()) : [],
        staff: deskStaff,
        intranetStaff,
        life,
      })
    : undefined;
  const hub = await startHub({
    config,
    registrations: withDesks ? deskRegistrations.hub : readRegistrations(config),
    appFolder: built,
    ...(config.demo ? { load: (database) => loadBoroughOnce(database, config.demoAsSent === true) } : {}),
  });
  listening = hub;
  const store =
    hub.database.engine === 'postgresql'
      ? 'PostgreSQL'
      : `embedded (PGlite, for demonstration only: not durable against power loss, takes no NHS number outside 999) in ${config.dataDir}`;
  console.log(`Care Timeline  ${config.publicUrl}`);
  if (desks !== undefined)
    console.log(`Desks          http://localhost:${config.deskPort} and http://127.0.0.1:${config.deskPort}`);
  for (const { feed, port } of hub.feeds?.receivers ?? [])
    if (port !== undefined)
      console.log(`HL7            ${sourceNames[feed.source].system} sends to 127.0.0.1:${port} (MLLP)`);
  console.log(`Store          ${store}`);
  console.log(`Ready          in ${((performance.now() - started) / 1000).toFixed(1)} s`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await desks?.close();
    await hub.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  stopWithNpm(() => void stop());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/**
 * npm runs this through a shell that ends on SIGTERM without passing it on: the product would live on with nobody to stop
 * it. So when npm started us and the shell is gone, we go too.
 */
function stopWithNpm(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) stop();
  }, 200).unref();
}
