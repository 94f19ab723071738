import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from './config.ts';
import { checkRegistrations, registrationsFile, storedRegistrations, writeRegistrations } from './registrations.ts';

const usage = `npm run clients -- list
npm run clients -- add app ID --name NAME --redirect URI… [--launch URL] [--scope SCOPE…] [--own-scope SCOPE…] [--grounds] [--jwks FILE | --jwks-url URL]
npm run clients -- add service ID --name NAME --organisation ODS --scope SCOPE… (--jwks FILE | --jwks-url URL) [--introspects]
npm run clients -- add system ID --name NAME --source SOURCE --jwks-url URL --origin URL…
npm run clients -- remove ID

Edits DATA_DIR/registrations.json. An app reads one person (patient/*.rs) unless --scope says what it may be granted; one with
keys proves who it is by them. A person who reads their own record may grant it what --own-scope says besides. With --grounds it may say why its reader looks, and break the glass for them. A service acts on its own and names the person in each request. A running hub goes on
with what it read at its start: restart it. Without the file the demonstration makes registrations of its own.`;

type Kind = 'app' | 'service' | 'system';
const places = { app: 'apps', service: 'services', system: 'clinicalSystems' } as const;

interface Stored {
  apps?: Client[];
  services?: Client[];
  clinicalSystems?: Client[];
}
interface Client extends Record<string, unknown> {
  clientId: string;
}

/** A request that cannot be done, in words for the one who asked. */
class Refusal extends Error {}

/** `npm run clients`. Answers the exit code: 0 when done, 1 with the reason when not; then nothing was changed. */
export function runClients(args: string[], config: { dataDir: string }, say: (line: string) => void): number {
  try {
    const { positionals, values } = readArguments(args);
    const [command, first, second, ...others] = positionals;
    const stored = (storedRegistrations(config) ?? { apps: [], clinicalSystems: [] }) as Stored;
    if (command === 'list' && first === undefined) {
      for (const line of list(stored)) say(line);
      return 0;
    }
    if (others.length > 0) throw new Refusal(usage);
    if (command === 'add' && isKind(first) && second !== undefined) {
      const added = { ...stored, [places[first]]: [...(stored[places[first]] ?? []), clientOf(first, second, values)] };
      save(config, added);
      say(`Added ${first} ${second} to ${registrationsFile(config)}:`);
    } else if (command === 'remove' && first !== undefined && second === undefined) {
      const places = ['apps', 'services', 'clinicalSystems'] as const;
      const left = { ...stored };
      for (const place of places) {
        const clients = stored[place];
        if (clients !== undefined) left[place] = clients.filter(({ clientId }) => clientId !== first);
      }
      if (places.every((place) => left[place]?.length === stored[place]?.length)) {
        throw new Refusal(`${first} is not registered.`);
      }
      save(config, left);
      say(`Removed ${first} from ${registrationsFile(config)}. Its tokens end when the hub is restarted. Left:`);
    } else {
      throw new Refusal(usage);
    }
    for (const line of list(storedRegistrations(config) as Stored)) say(line);
    say('A running hub takes this up when it is restarted.');
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    say(error.message);
    return 1;
  }
}

function isKind(word: string | undefined): word is Kind {
  return word === 'app' || word === 'service' || word === 'system';
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      name: text,
      redirect: texts,
      launch: text,
      scope: texts,
      'own-scope': texts,
      jwks: text,
      'jwks-url': text,
      organisation: text,
      introspects: { type: 'boolean' },
      grounds: { type: 'boolean' },
      source: text,
      origin: texts,
    },
  });
}

type Options = ReturnType<typeof readArguments>['values'];

/** The options that belong to each kind: another one is a mistake that must not pass unsaid. */
const belongs: Record<Kind, readonly (keyof Options)[]> = {
  app: ['name', 'redirect', 'launch', 'scope', 'own-scope', 'grounds', 'jwks', 'jwks-url'],
  service: ['name', 'organisation', 'scope', 'jwks', 'jwks-url', 'introspects'],
  system: ['name', 'source', 'jwks-url', 'origin'],
};

function clientOf(kind: Kind, clientId: string, values: Options): Client {
  const stray = Object.keys(values).find((option) => !(belongs[kind] as readonly string[]).includes(option));
  if (stray !== undefined) throw new Refusal(`--${stray} does not belong to a ${kind}.`);
  const client = {
    clientId,
    name: values.name,
    redirectUris: values.redirect,
    launchUrl: values.launch,
    organisation: values.organisation,
    source: values.source,
    origins: values.origin,
    scopes: values.scope?.flatMap((scopes) => scopes.split(' ')),
    ownScopes: values['own-scope']?.flatMap((scopes) => scopes.split(' ')),
    introspects: values.introspects,
    grounds: values.grounds,
    jwksUri: values['jwks-url'],
    jwks: values.jwks === undefined ? undefined : (JSON.parse(readFileSync(values.jwks, 'utf8')) as unknown),
  };
  return client;
}

function save(config: { dataDir: string }, stored: Stored): void {
  const checked = checkRegistrations(stored);
  if ('fault' in checked) throw new Refusal(`Nothing was changed. ${checked.fault}`);
  mkdirSync(config.dataDir, { recursive: true });
  writeRegistrations(config, checked.registrations);
}

function list({ apps = [], services = [], clinicalSystems = [] }: Stored): string[] {
  const row = (kind: Kind, client: Client, ...parts: unknown[]) =>
    [kind.padEnd(8), client.clientId.padEnd(24), client['name'], ...parts.filter((part) => part !== '')].join('  ');
  const words = (value: unknown) => (Array.isArray(value) ? value.join(' ') : '');
  const keysOf = (client: Client) => {
    if (typeof client['jwksUri'] === 'string') return `keys at ${client['jwksUri']}`;
    return client['jwks'] === undefined ? '' : 'keys registered';
  };
  const groundsOf = (app: Client) => (app['grounds'] === true ? 'states grounds' : '');
  return [
    ...apps.map((app) =>
      row(
        'app',
        app,
        words(app['redirectUris']),
        words(app['scopes'] ?? ['patient/*.rs']),
        app['ownScopes'] === undefined ? '' : `to the person ${words(app['ownScopes'])}`,
        groundsOf(app),
        keysOf(app),
      ),
    ),
    ...services.map((service) => row('service', service, words(service['scopes']), keysOf(service))),
    ...clinicalSystems.map((system) => row('system', system, system['source'], keysOf(system))),
  ];
}

if (import.meta.main) {
  process.exitCode = runClients(process.argv.slice(2), readConfig(process.env), (line) =>
    process.stdout.write(`${line}\n`),
  );
}
