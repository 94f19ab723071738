import { createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { desks, hub } from '../../addresses.ts';
import { personWith, type Person } from '../../people.ts';
import {
  ask,
  authorize,
  callback,
  codeFor,
  fhir,
  launchHandle,
  redemption,
  token,
  verifier,
  type Changes,
} from './steps.ts';

// Somebody tries to be let in, or in further, than they may: by the addresses of sign-on, by tokens, by their own assertions.

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
let person: Person;

test.beforeAll(async () => {
  person = await personWith(/ADEYEMI/);
});

/** Whatever was answered leads nowhere but to the app, the hub's own pages and the sign-on. */
function expectNoWayOut(answer: Response, what: string): void {
  const to = answer.headers.get('location');
  if (to === null) return;
  expect([new URL(hub).origin, new URL(desks).origin], `${what} leads to ${to}`).toContain(new URL(to, hub).origin);
}

test('no code is sent anywhere but to the registered address, and no launch is spent on the attempt', async () => {
  const launch = await launchHandle('emis', person.nhsNumber);
  const elsewhere = [
    'https://evil.example/callback',
    `${callback}/../../evil`,
    `${callback}?next=https://evil.example`,
    `${callback}#@evil.example`,
    `${callback}.evil.example`,
    callback.replace('//', '//evil.example@'),
    callback.replace('localhost', 'localhost.evil.example'),
    callback.replace('localhost', '127.0.0.1'),
    callback.replace('http:', 'javascript:'),
    `${callback}/`,
    callback.toUpperCase(),
    '//evil.example/callback',
    '',
  ];
  for (const redirect_uri of [...elsewhere, undefined]) {
    const answer = await authorize({ launch, redirect_uri });
    expect([answer.status, answer.headers.get('location')], redirect_uri).toEqual([400, null]);
    expect(await answer.text(), redirect_uri).not.toContain('href="https://evil.example');
  }
  for (const changes of [
    { response_mode: 'fragment' },
    { response_mode: 'form_post' },
    { response_mode: 'web_message' },
    { response_mode: 'jwt' },
    { response_type: 'token' },
    { response_type: 'code id_token' },
    { request: `${part({ alg: 'none' })}.${part({ redirect_uri: 'https://evil.example/' })}.` },
    { request_uri: 'https://evil.example/request' },
  ] satisfies Changes[]) {
    const answer = await authorize({ launch, ...changes });
    const said = `${answer.headers.get('location') ?? ''} ${await answer.text()}`;
    expect(said, JSON.stringify(changes)).toMatch(/invalid_request|unsupported|not_supported|response_mode/);
    expect(said, JSON.stringify(changes)).not.toMatch(/[?#&](?:code|id_token|access_token)=|name="code"|evil\.example/);
  }
  const two = await fetch(
    `${hub}/oauth/authorize?client_id=care-timeline&redirect_uri=${callback}&redirect_uri=https://evil.example`,
    { redirect: 'manual' },
  );
  expect([two.status, two.headers.get('location')]).toEqual([400, null]);
  const stranger = await authorize({ launch, client_id: 'evil', redirect_uri: 'https://evil.example/' });
  expect([stranger.status, stranger.headers.get('location')]).toEqual([400, null]);
  // The handle still opens the record for whom it was made.
  const good = new URL((await authorize({ launch })).headers.get('location') ?? 'about:blank');
  expect([`${good.origin}${good.pathname}`, good.searchParams.has('code')]).toEqual([callback, true]);
});

test('no other door of the sign-on leads out of the hub or takes what it did not begin', async () => {
  const evil = encodeURIComponent('https://evil.example/');
  for (const path of [
    `/oauth/sign-on/callback?state=made-up&code=x&redirect_uri=${evil}`,
    `/oauth/sign-on/callback?error=x&state=${evil}`,
    '/oauth/interaction/https:%2F%2Fevil.example/signed-on',
    '/oauth/interaction/..%2F..%2Fops',
    '/oauth/interaction/x?again=https://evil.example',
    `/ops/signed-on?state=${evil}`,
    `/ops?again=${evil}`,
    `/oauth/logout?post_logout_redirect_uri=${evil}`,
    `/oauth/session/end?post_logout_redirect_uri=${evil}`,
    '//evil.example/..',
    '/%2F%2Fevil.example',
    '/\\evil.example',
    `/launch?iss=${evil}&launch=x`,
    `/?next=${evil}`,
  ]) {
    const answer = await fetch(`${hub}${path}`, { redirect: 'manual', headers: { accept: 'text/html' } });
    expect(answer.status, path).toBeLessThan(500);
    expectNoWayOut(answer, path);
    expect(await answer.text(), path).not.toMatch(/(?:href|action|src)="(?:https?:)?\/\/evil\.example/);
  }
});

test('a form of another site chooses nobody, signs nobody off and operates nothing', async () => {
  const begun = await authorize({ scope: 'launch/patient openid patient/*.rs' });
  const interaction = new URL(begun.headers.get('location') ?? '', hub);
  const cookies = begun.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/samesite=lax.*httponly|httponly.*samesite=lax/i);
  const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
  for (const step of ['find', 'choose', 'leave']) {
    // Even with the victim's cookies, which SameSite keeps from a form of another site.
    const answer = await fetch(`${interaction.href}/${step}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: 'https://evil.example' },
      body: new URLSearchParams({ nhsNumber: person.nhsNumber, reason: 'agrees', token: 'e30.x', choice: 'e30.x' }),
    });
    const page = await answer.text();
    expect([answer.status, answer.headers.get('location')], step).toEqual([400, null]);
    expect(page, step).not.toContain('Adeyemi');
  }
  for (const path of [
    '/ops/replay',
    '/ops/people',
    '/ops/messages/emis/1/retry',
    '/ops/messages/emis/1/release',
    '/privacy/person',
    '/privacy/user',
    '/privacy/broken-glass',
    '/privacy/mine',
  ]) {
    const answer = await fetch(`${hub}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: 'ops=made-up; privacy=made-up', origin: 'https://evil.example' },
      body: new URLSearchParams({ source: 'emis', from: '1', to: '9', key: '' }),
    });
    expect([answer.status, answer.headers.get('location')], path).toEqual([403, null]);
    expect(await answer.text()).toContain('Nothing was done.');
  }
});

test('what is given once is good once: a launch handle, a code, and the tokens of a code that came twice', async () => {
  const launch = await launchHandle('emis', person.nhsNumber);
  const first = new URL((await authorize({ launch })).headers.get('location') ?? 'about:blank');
  const code = first.searchParams.get('code') ?? '';
  expect(code).not.toBe('');
  const again = await authorize({ launch });
  expect(new URL(again.headers.get('location') ?? 'about:blank').searchParams.get('code')).toBeNull();

  const stolen = await token({ ...redemption(code), code_verifier: 'x'.repeat(43) });
  expect([stolen.status, stolen.body['error']]).toEqual([400, 'invalid_grant']);
  const honest = await codeFor('emis', person.nhsNumber);
  const given = await token(redemption(honest));
  expect(given.status).toBe(200);
  const bearer = String(given.body['access_token']);
  expect((await ask(bearer, `Patient/${String(given.body['patient'])}`)).status).toBe(200);
  const twice = await token(redemption(honest));
  expect([twice.status, twice.body['error']]).toEqual([400, 'invalid_grant']);
  expect((await ask(bearer, `Patient/${String(given.body['patient'])}`)).status).toBe(401);
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token: String(given.body['refresh_token']) });
  expect([refreshed.status, refreshed.body['error']]).toEqual([400, 'invalid_grant']);
});

test('a code is nothing without its own verifier, address and app', async () => {
  for (const changes of [
    { code_verifier: undefined },
    { code_verifier: createHash('sha256').update(verifier).digest('base64url') },
    { redirect_uri: 'https://evil.example/callback' },
    { client_id: 'results-reader' },
    { client_id: 'desk-emis' },
    { client_id: undefined },
  ] satisfies Changes[]) {
    const answer = await token({ ...redemption(await codeFor('emis', person.nhsNumber)), ...changes });
    expect([400, 401], JSON.stringify(changes)).toContain(answer.status);
    expect(answer.body, JSON.stringify(changes)).not.toHaveProperty('access_token');
  }
  for (const changes of [
    { code_challenge: undefined },
    { code_challenge_method: 'plain' },
    { code_challenge: 'short' },
  ] satisfies Changes[]) {
    const answer = await authorize({ launch: await launchHandle('emis', person.nhsNumber), ...changes });
    expect(
      new URL(answer.headers.get('location') ?? `${hub}/x`).searchParams.get('code'),
      JSON.stringify(changes),
    ).toBeNull();
  }
});

test('scopes grow nowhere: not when asked for, not at the exchange, not at refresh', async () => {
  const wide =
    'launch openid online_access offline_access patient/*.cruds user/*.cruds system/*.cruds patient/Encounter.rs';
  const code = await codeFor('emis', person.nhsNumber, { scope: wide });
  const given = await token({ ...redemption(code), scope: 'system/*.cruds' });
  expect(given.status).toBe(200);
  const scope = String(given.body['scope']);
  expect(scope).not.toMatch(/system|user\/|offline_access/);
  for (const each of scope.split(' ').filter((one) => /^patient\/(?!Consent)/.test(one)))
    expect(each).toMatch(/\.(?:rs|r|s|read)$/);

  const narrow = await token(
    redemption(await codeFor('emis', person.nhsNumber, { scope: 'launch online_access patient/Patient.r' })),
  );
  expect(narrow.body['scope']).not.toContain('Encounter');
  const more = await token({
    grant_type: 'refresh_token',
    refresh_token: String(narrow.body['refresh_token']),
    scope: 'patient/*.rs',
  });
  expect([more.status, more.body['error']]).toEqual([400, 'invalid_scope']);
  const same = await token({ grant_type: 'refresh_token', refresh_token: String(narrow.body['refresh_token']) });
  expect(same.body['scope']).toBe(narrow.body['scope']);
  const read = await ask(String(same.body['access_token']), `Encounter?patient=${String(same.body['patient'])}`);
  expect(read.status).toBe(403);
  for (const grant_type of [
    'client_credentials',
    'password',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'implicit',
    '__proto__',
  ]) {
    const answer = await token({ grant_type, username: 'x', password: 'x', scope: 'system/*.rs' });
    expect([400, 401], grant_type).toContain(answer.status);
    expect(answer.body).not.toHaveProperty('access_token');
  }
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });

/** An assertion with these headers and claims, signed with a key that nobody registered. */
function signed(header: object, claims: object): string {
  const text = `${part({ typ: 'JWT', alg: 'ES384', ...header })}.${part(claims)}`;
  return `${text}.${sign('sha384', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

interface KeySet {
  keys: { kid: string }[];
}

/** What a forger makes of a system's public keys and of claims that would be right. */
const forgeries: Record<string, (claims: object, kid: string, keys: KeySet) => string> = {
  'no alg': (claims) => `${part({ alg: 'none' })}.${part(claims)}.`,
  'no alg, in capitals': (claims, kid) => `${part({ alg: 'NONE', kid })}.${part(claims)}.`,
  'the public key as a secret': (claims, kid, { keys }) => byHash(claims, kid, JSON.stringify(keys[0])),
  'the whole key set as a secret': (claims, kid, keys) => byHash(claims, kid, JSON.stringify(keys)),
  'a key of one’s own under its kid': (claims, kid) => signed({ kid }, claims),
  'a kid that is a path': (claims) => signed({ kid: '../../../../dev/null' }, claims),
  'a kid that is a query': (claims) => signed({ kid: "' or 1=1 --" }, claims),
  'a key set of one’s own (jku)': (claims) => signed({ kid: 'mine', jku: 'https://evil.example/jwks' }, claims),
  'a certificate of one’s own (x5u)': (claims) => signed({ kid: 'mine', x5u: 'https://evil.example/cert' }, claims),
  'a key in the header (jwk)': (claims) =>
    signed({ kid: 'mine', jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'mine', alg: 'ES384' } }, claims),
  'critical extensions': (claims, kid) => signed({ kid, crit: ['exp'] }, claims),
  'no signature': (claims, kid) => signed({ kid }, claims).replace(/[^.]*$/, ''),
  'a signature of zeros': (claims, kid) =>
    signed({ kid }, claims).replace(/[^.]*$/, Buffer.alloc(96).toString('base64url')),
  'nobody’s name': (claims, kid) => signed({ kid }, { ...claims, iss: '__proto__', sub: '__proto__' }),
  'no JWT': () => 'a.b.c',
};

function byHash(claims: object, kid: string, secret: string): string {
  const text = `${part({ typ: 'JWT', alg: 'HS256', kid })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

test('no assertion of one’s own making stands for a clinical system’s: no alg, no key, no address of keys', async () => {
  // In turn, because who fails often has to wait, and other tests launch from these desks.
  const systems = ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic'];
  for (const [place, [what, forge]] of Object.entries(forgeries).entries()) {
    const system = systems[place % systems.length] ?? 'emis';
    const keys = (await (await fetch(`${desks}/jwks/${system}`)).json()) as KeySet;
    const [known] = keys.keys;
    if (known === undefined) throw new Error(`the desk of ${system} serves no key`);
    const now = Math.floor(Date.now() / 1000);
    const name = `desk-${system}`;
    const aud = `${hub}/oauth/token`;
    const claims = { iss: name, sub: name, aud, exp: now + 60, iat: now, jti: randomUUID() };
    const proof = { client_assertion_type: assertionType, client_assertion: forge(claims, known.kid, keys) };
    const launch = await fetch(`${hub}/oauth/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...proof,
        user: { id: '1', name: 'x', role: 'R8000', roleName: 'x', organisation: 'x', organisationName: 'x' },
        patient: { nhsNumber: person.nhsNumber },
      }),
    });
    const said = (await launch.json()) as Record<string, unknown>;
    expect([launch.status, said['error'], said['launch']], what).toEqual([401, 'invalid_client', undefined]);
    const service = await token({ client_id: undefined, grant_type: 'client_credentials', ...proof });
    expect([service.status, service.body['error']], what).toEqual([401, 'invalid_client']);
    expect((await ask(proof.client_assertion, 'Encounter')).status, what).toBe(401);
  }
});

test('nothing but an access token reads: no id_token, refresh token, code or handle', async () => {
  const launch = await launchHandle('emis', person.nhsNumber);
  const code = await codeFor('emis', person.nhsNumber);
  const { body } = await token(redemption(code));
  const patient = String(body['patient']);
  for (const bearer of [body['id_token'], body['refresh_token'], code, launch]) {
    const answer = await ask(String(bearer), `${fhir}/Patient/${patient}`);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('Adeyemi');
  }
  expect((await ask(String(body['access_token']), `Patient/${patient}`)).text).toContain('Adeyemi');
});
