import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runClients } from './clients.ts';
import { readRegistrations } from './registrations.ts';

describe('npm run clients', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'clients-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const run = (...args: string[]) => {
    const lines: string[] = [];
    const code = runClients(args, { dataDir }, (line) => lines.push(line));
    return { code, text: lines.join('\n') };
  };
  const file = () => join(dataDir, 'registrations.json');
  const own = ['add', 'app', 'care-timeline', '--name', 'Care Timeline', '--redirect', 'https://hub.example/callback'];
  const publicKey = { kty: 'EC', crv: 'P-384', x: 'x', y: 'y', kid: 'k1' };
  const keyFile = (keys: object[]) => {
    const path = join(dataDir, 'keys.json');
    writeFileSync(path, JSON.stringify({ keys }));
    return path;
  };

  it('registers an app, a service and a clinical system, as the hub then reads them, and says what it did', () => {
    expect(run(...own).code).toBe(0);
    const words =
      'add app monitor --redirect https://monitor.example/cb --redirect http://localhost:3000/cb --scope patient/*.rs';
    const more =
      '--launch https://monitor.example/launch --scope patient/Observation.cu --own-scope patient/Consent.cruds --grounds --name';
    const app = run(...`${words} ${more}`.split(' '), 'Home monitoring', '--jwks', keyFile([publicKey]));
    expect(app.code).toBe(0);
    expect(app.text).toContain('Added app monitor');
    expect(app.text).toContain('states grounds');
    expect(app.text).toContain('restarted');
    const service = ['--organisation', 'X26', '--scope', 'system/Observation.rs system/Patient.r'];
    const keys = ['--jwks-url', 'https://register.example/jwks.json'];
    expect(run('add', 'service', 'register', '--name', 'Register', ...service, ...keys).code).toBe(0);
    const system = ['--name', 'EMIS', '--source', 'emis', '--jwks-url', 'https://emis.example/jwks.json'];
    expect(run('add', 'system', 'emis-desk', ...system, '--origin', 'https://emis.example').code).toBe(0);
    expect(readRegistrations({ dataDir })).toEqual({
      apps: [
        { clientId: 'care-timeline', name: 'Care Timeline', redirectUris: ['https://hub.example/callback'] },
        {
          clientId: 'monitor',
          name: 'Home monitoring',
          redirectUris: ['https://monitor.example/cb', 'http://localhost:3000/cb'],
          launchUrl: 'https://monitor.example/launch',
          scopes: ['patient/*.rs', 'patient/Observation.cu'],
          ownScopes: ['patient/Consent.cruds'],
          grounds: true,
          jwks: { keys: [publicKey] },
        },
      ],
      services: [
        {
          clientId: 'register',
          name: 'Register',
          organisation: 'X26',
          scopes: ['system/Observation.rs', 'system/Patient.r'],
          jwksUri: 'https://register.example/jwks.json',
        },
      ],
      clinicalSystems: [
        {
          clientId: 'emis-desk',
          name: 'EMIS',
          source: 'emis',
          jwksUri: 'https://emis.example/jwks.json',
          origins: ['https://emis.example'],
        },
      ],
      signOn: undefined,
    });
    for (const id of ['care-timeline', 'monitor', 'register', 'emis-desk']) expect(run('list').text).toContain(id);
  });

  it('keeps the file for the hub’s own user, and what else is in it', () => {
    run(...own);
    const stored = JSON.parse(readFileSync(file(), 'utf8')) as object;
    const signOn = { name: 'Sign-on', issuer: 'https://idp.example/oidc', clientId: 'hub', clientSecret: 'secret' };
    writeFileSync(file(), JSON.stringify({ ...stored, signOn, idleMinutes: 5 }));
    const added = run('add', 'app', 'other', '--name', 'Other', '--redirect', 'https://other.example/cb');
    expect(added.text).not.toContain('secret');
    expect(readRegistrations({ dataDir })).toMatchObject({ signOn: [signOn], idleMinutes: 5 });
    expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('removes a client, and neither one that is not there nor the last app', () => {
    run(...own);
    run('add', 'app', 'other', '--name', 'Other', '--redirect', 'https://other.example/cb');
    expect(run('remove', 'nobody')).toEqual({ code: 1, text: 'nobody is not registered.' });
    expect(run('remove', 'other').code).toBe(0);
    expect(readRegistrations({ dataDir }).apps.map(({ clientId }) => clientId)).toEqual(['care-timeline']);
    expect(run('remove', 'care-timeline').code).toBe(1);
    expect(readRegistrations({ dataDir }).apps).toHaveLength(1);
  });

  const app = (id: string, ...more: string[]) => ['add', 'app', id, '--name', 'App', ...more];
  const service = (...more: string[]) => ['add', 'service', 'svc', '--name', 'S', '--organisation', 'X26', ...more];
  const redirect = ['--redirect', 'https://app.example/cb'];
  const jwksUrl = ['--jwks-url', 'https://app.example/jwks.json'];
  it.each<[string, string[]]>([
    ['a redirect address that is not encrypted', app('app', '--redirect', 'http://app.example/cb')],
    ['a redirect address with a fragment', app('app', '--redirect', 'https://app.example/cb#x')],
    ['a redirect address of no web page', app('app', '--redirect', 'javascript:alert(1)')],
    ['no redirect address', app('app')],
    ['a launch address that is not encrypted', app('app', ...redirect, '--launch', 'http://app.example/launch')],
    ['a name that is taken', app('care-timeline', ...redirect)],
    ['the name of a source, whose statements it could then change', app('emis', ...redirect)],
    ['a name with blanks', app('an app', ...redirect)],
    ['a scope of every person', app('app', ...redirect, '--scope', 'user/*.rs')],
    ['a system scope for an app', app('app', ...redirect, '--scope', 'system/*.rs')],
    [
      'a scope with a query that is not kept',
      app('app', ...redirect, '--scope', 'patient/Observation.rs?status=final'),
    ],
    ['a scope to write what is not written', app('app', ...redirect, '--scope', 'patient/Provenance.c')],
    ['keys at an address that is not encrypted', app('app', ...redirect, '--jwks-url', 'http://app.example/jwks')],
    ['an option of another kind', app('app', ...redirect, '--introspects')],
    ['an unknown option', app('app', ...redirect, '--secret', 'x')],
    ['a key file that is not there', app('app', ...redirect, '--jwks', '/nonexistent/keys.json')],
    ['a service without keys', service('--scope', 'system/Observation.rs')],
    ['a service that writes', service('--scope', 'system/Observation.cud', ...jwksUrl)],
    ['a service without scopes', service(...jwksUrl)],
    ['an unknown kind', ['add', 'thing', 'x']],
    ['no command', []],
  ])('refuses %s, and changes nothing', (_why, args) => {
    run(...own);
    const before = readFileSync(file(), 'utf8');
    const { code, text } = run(...args);
    expect([code, text === '']).toEqual([1, false]);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('refuses a private key and keys in two ways', () => {
    run(...own);
    expect(run(...app('app', ...redirect, '--jwks', keyFile([{ ...publicKey, d: 'secret' }]))).text).toContain(
      'private',
    );
    expect(run(...app('app', ...redirect, '--jwks', keyFile([publicKey]), ...jwksUrl)).text).toContain('one way');
  });
});

describe('the registrations a hub starts with', () => {
  it('are refused in one line when they are not JSON or not safe', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'clients-'));
    const wrong = (text: string) => {
      writeFileSync(join(dataDir, 'registrations.json'), text);
      try {
        readRegistrations({ dataDir });
      } catch (error) {
        return (error as Error).message;
      }
      return 'taken';
    };
    try {
      expect(wrong('{"apps"')).toMatch(/^\S+registrations.json cannot be used: it is not JSON$/);
      const app = { clientId: 'a', name: 'A', redirectUris: ['http://a.example/cb'] };
      expect(wrong(JSON.stringify({ apps: [app], clinicalSystems: [] }))).toMatch(/cannot be used: .*https[^\n]*$/);
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
