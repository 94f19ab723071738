import { connect, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { desks, hub, port } from '../../addresses.ts';
import { personWith } from '../../people.ts';
import { ask, authorize, codeFor, expectRefused, fhir, launchHandle, raw, redemption, token } from './steps.ts';

// What is sent is not what a browser would send: malformed, huge, slow, under another host’s name; and what every answer
// says to the browser that gets it.

test.describe.configure({ mode: 'default' });

let bearer: string;
let patient: string;
const trickling: { socket: Socket; opened: number; closed: Promise<number>; said: string }[] = [];

test.beforeAll(async () => {
  const person = await personWith(/ADEYEMI/);
  const { body } = await token(redemption(await codeFor('emis', person.nhsNumber)));
  bearer = String(body['access_token']);
  patient = String(body['patient']);
  // They stay open while all else is asked, and are looked at in the last test.
  for (let i = 0; i < 300; i += 1) {
    const socket = connect(port, 'localhost');
    const opened = performance.now();
    const drip = setInterval(() => socket.write('x'), 500);
    const closed = new Promise<number>((resolve) => {
      socket.on('close', () => {
        clearInterval(drip);
        resolve(performance.now() - opened);
      });
    });
    const held = { socket, opened, closed, said: '' };
    socket.on('data', (bytes) => (held.said += bytes.toString()));
    // Cut off while it writes: that is what is looked for.
    socket.on('error', () => undefined);
    socket.write('GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    trickling.push(held);
  }
});

test.afterAll(() => {
  for (const { socket } of trickling) socket.destroy();
});

/** One of every kind of answer, and who may show it in a frame. */
const kinds: [what: string, path: string, status: number, frames: 'systems' | 'nobody', init?: RequestInit][] = [
  ['the app', '/', 200, 'systems'],
  ['the launch', '/launch?iss=x&launch=y', 200, 'systems'],
  ['the way back', '/callback?code=x&state=y', 200, 'systems'],
  ['no page', '/nowhere', 404, 'systems', { headers: { accept: 'text/html' } }],
  ['the service worker', '/sw.js', 200, 'systems'],
  ['nothing', '/nowhere', 404, 'nobody'],
  ['the configuration', '/config.json', 200, 'nobody'],
  ['health', '/healthz', 200, 'nobody'],
  ['readiness', '/readyz', 200, 'nobody'],
  ['the FHIR base as a page', '/fhir', 200, 'nobody', { headers: { accept: 'text/html' } }],
  ['the CapabilityStatement', '/fhir/metadata', 200, 'nobody'],
  ['SMART configuration', '/fhir/.well-known/smart-configuration', 200, 'nobody'],
  ['a read without a token', '/fhir/Patient/x', 401, 'nobody'],
  ['an address that cannot be read', '/fhir/%zz', 400, 'nobody'],
  ['what FHIR does not have', '/fhir/Nothing/x', 404, 'nobody'],
  ['a refused authorization', '/oauth/authorize?client_id=x', 400, 'systems'],
  ['an interaction nobody began', '/oauth/interaction/x', 400, 'nobody'],
  [
    'a refused token',
    '/oauth/token',
    400,
    'nobody',
    { method: 'POST', body: new URLSearchParams({ grant_type: 'x', client_id: 'care-timeline' }) },
  ],
  [
    'a refused launch',
    '/oauth/launch',
    401,
    'nobody',
    { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
  ],
  ['the keys', '/oauth/jwks', 200, 'nobody'],
  ['the style of the hub’s pages', '/oauth/pages.css', 200, 'nobody'],
  ['a feed without a token', '/feeds/emis/hl7-v2', 401, 'nobody', { method: 'POST', body: 'x' }],
  [
    'an operator’s form without a session',
    '/ops/replay',
    403,
    'nobody',
    { method: 'POST', body: new URLSearchParams() },
  ],
  [
    'a privacy officer’s form without a session',
    '/privacy/person',
    403,
    'nobody',
    { method: 'POST', body: new URLSearchParams() },
  ],
  ['the way to the operator’s pages', '/ops', 303, 'nobody'],
  ['the way to the privacy officer’s pages', '/privacy', 303, 'nobody'],
  ['what a user has open', '/oauth/sessions', 200, 'nobody'],
  [
    'a logout token that does not hold',
    '/oauth/backchannel-logout',
    400,
    'nobody',
    { method: 'POST', body: new URLSearchParams({ logout_token: 'a.b.c' }) },
  ],
];

for (const [what, path, status, frames, init = {}] of kinds) {
  test(`${what}: says who may frame it, runs nothing that is not the hub’s own, and lends no ability of the device`, async () => {
    const { status: got, headers } = await fetch(`${hub}${path}`, { redirect: 'manual', ...init });
    expect(got).toBe(status);
    const policy = headers.get('content-security-policy') ?? '';
    const ancestors = /frame-ancestors ([^;]+)/.exec(policy)?.[1];
    const systems = ["'self'", desks, desks.replace('localhost', '127.0.0.1')];
    expect(new Set(ancestors?.split(' '))).toEqual(new Set(frames === 'systems' ? systems : ["'none'"]));
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).not.toMatch(/unsafe-|\*|https?:(?![/][/](?:localhost|127\.0\.0\.1):)/);
    if (headers.get('content-type')?.startsWith('text/html') === true)
      expect(policy).toContain("require-trusted-types-for 'script'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('geolocation=()');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    // This product speaks plain http on one machine; server.test.ts has the header of a hub that speaks https.
    expect(headers.get('strict-transport-security')).toBeNull();
  });
}

test('a line break in an address, a form or a header begins no header of the answer', async () => {
  const crlf = '%0d%0aX-Injected:%20yes%0d%0aSet-Cookie:%20a=b';
  for (const path of [
    `/${crlf}`,
    `/fhir/Patient/${crlf}`,
    `/fhir/Encounter?patient=${patient}&_after=${crlf}`,
    `/oauth/interaction/${crlf}`,
    `/oauth/interaction/${crlf}/find`,
    `/oauth/sign-on/callback?state=${crlf}`,
    `/oauth/authorize?client_id=care-timeline&redirect_uri=${encodeURIComponent(`${hub}/callback`)}&state=${crlf}`,
    `/ops/messages/${crlf}/1`,
    `/launch?iss=${crlf}`,
  ]) {
    const answer = await fetch(`${hub}${path}`, { redirect: 'manual', headers: { authorization: `Bearer ${bearer}` } });
    expect(answer.headers.get('x-injected'), path).toBeNull();
    expect(
      answer.headers.getSetCookie().filter((each) => each.startsWith('a=b')),
      path,
    ).toEqual([]);
    expect(answer.status, path).toBeLessThan(500);
  }
  const state = 'a\r\nX-Injected: yes';
  const back = await authorize({ launch: await launchHandle('emis', (await personWith(/ADEYEMI/)).nhsNumber), state });
  expect(back.headers.get('x-injected')).toBeNull();
  expect(new URL(back.headers.get('location') ?? 'about:blank').searchParams.get('state')).toBe(state);
  const said = await raw(
    'GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: a\rX-Injected: yes\r\nConnection: close\r\n\r\n',
  );
  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said).not.toContain('X-Injected');
});

test('no address in an answer comes from what a caller calls the hub', async () => {
  const evil =
    'Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\nX-Original-URL: /ops\r\nX-Rewrite-URL: /ops\r\nConnection: close\r\n';
  for (const [path, more] of [
    ['/fhir/.well-known/smart-configuration', ''],
    ['/fhir/metadata', ''],
    ['/oauth/.well-known/openid-configuration', ''],
    ['/config.json', ''],
    [`/fhir/Encounter?patient=${patient}&_count=1`, `Authorization: Bearer ${bearer}\r\n`],
    ['/oauth/authorize?client_id=care-timeline&scope=launch/patient%20patient/*.rs', ''],
    ['/oauth/sign-on/callback?state=x', ''],
    ['/ops', ''],
  ]) {
    const said = await raw(`GET ${path} HTTP/1.1\r\n${evil}${more ?? ''}\r\n`);
    expect(said, path).toMatch(/^HTTP\/1\.1 [234]\d\d /);
    expect(said, path).not.toContain('evil.example');
  }
});

test('a request that two servers could read in two ways is read in none', async () => {
  const smuggled = 'GET /ops HTTP/1.1\r\nHost: x\r\n\r\n';
  for (const [what, head, body] of [
    ['length and chunks', 'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${smuggled}`],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 60\r\n', `a=b&c${smuggled}`],
    ['a length that is none', 'Content-Length: +5\r\n', `a=b&c${smuggled}`],
    ['an encoding nobody knows', 'Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${smuggled}`],
    ['chunks in disguise', 'Transfer-Encoding : chunked\r\n', `0\r\n\r\n${smuggled}`],
    ['a broken chunk', 'Transfer-Encoding: chunked\r\n', `zz\r\n${smuggled}`],
    ['a folded header', 'X-A: a\r\n b\r\nContent-Length: 0\r\n', ''],
    ['two hosts', 'Host: evil.example\r\nContent-Length: 0\r\n', ''],
  ]) {
    const said = await raw(
      `POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n${head}\r\n${body}`,
    );
    expect(said, what).toMatch(/^HTTP\/1\.1 400 /);
    expect(said.match(/HTTP\/1\.1/g), what).toHaveLength(1);
  }
});

test('what is too large is refused before it is held, each in its own words', async () => {
  // Announced, not sent: whoever reads no further cannot be made to hold it.
  const announced: [path: string, type: string, bytes: number, status: number, more?: string][] = [
    ['/fhir', 'application/fhir+json', 9_000_000, 413, `Authorization: Bearer ${bearer}\r\n`],
    ['/fhir', 'application/fhir+json', 9_000_000, 401],
    ['/oauth/token', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/oauth/revoke', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/oauth/introspect', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/oauth/authorize', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/oauth/interaction/x/find', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/oauth/launch', 'application/json', 60_000, 400],
    ['/ops/replay', 'application/x-www-form-urlencoded', 60_000, 413],
    ['/feeds/emis/hl7-v2', 'application/octet-stream', 900_000_000, 401],
  ];
  for (const [path, type, bytes, status, more = ''] of announced) {
    const head = `Host: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${bytes}\r\n${more}`;
    expect(await raw(`POST ${path} HTTP/1.1\r\n${head}\r\n`), path).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  }
  expect(await raw(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  expect(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\n${'X-A: b\r\n'.repeat(5000)}\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  const packed = await fetch(fhir, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' },
    body: 'x',
  });
  expect(packed.status).toBe(415);
  const search = { authorization: `Bearer ${bearer}`, 'content-type': 'application/x-www-form-urlencoded' };
  const many = await ask(bearer, 'Encounter/_search', {
    method: 'POST',
    headers: search,
    body: `patient=${patient}&_id=${'a,'.repeat(150_000)}`,
  });
  expectRefused(many, 413, [], 'a form of 300 KB');
});

test('what is nested or repeated without end is answered quickly, and by a refusal', async () => {
  const json = { 'content-type': 'application/fhir+json' };
  const deep = `{"resourceType":"Bundle","type":"batch","entry":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  const entries = JSON.stringify({
    resourceType: 'Bundle',
    type: 'batch',
    entry: Array.from({ length: 20_000 }, () => ({ request: { method: 'GET', url: `Encounter?patient=${patient}` } })),
  });
  for (const [what, body] of [
    ['deep', deep],
    ['many entries', entries],
    ['a number of a million digits', `{"resourceType":"Bundle","type":"batch","entry":${'9'.repeat(1_000_000)}}`],
    ['a prototype', '{"resourceType":"Bundle","__proto__":{"type":"batch"},"constructor":{"entry":[]}}'],
  ] as const) {
    const from = performance.now();
    const answer = await ask(bearer, '', { method: 'POST', headers: json, body });
    expect([400, 413, 422], `${what}: ${answer.status} ${answer.text.slice(0, 200)}`).toContain(answer.status);
    expect(performance.now() - from, what).toBeLessThan(5000);
  }
  for (const query of [
    `patient=${patient}&date=${'ge2020&date='.repeat(300)}ge2020`,
    `patient=${patient}&${Array.from({ length: 700 }, (_, i) => `_id=${i}`).join('&')}`,
    `patient=${patient}&_include=${'Encounter:subject&_include='.repeat(200)}Encounter:subject`,
    `patient=${patient}&_elements=${'id,'.repeat(2000)}id`,
    `patient=${patient}&type=${'a|'.repeat(3000)}`,
  ]) {
    const from = performance.now();
    const answer = await ask(bearer, `Encounter?${query}`);
    expect([200, 400], query.slice(0, 60)).toContain(answer.status);
    expect(performance.now() - from, query.slice(0, 60)).toBeLessThan(5000);
  }
});

test('no file but the app’s own is served, and no method but those that are known', async () => {
  for (const path of [
    '/../package.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fhub/main.ts',
    '/.built-from',
    '/.git/config',
    '/assets/',
    '/index.html/../../package.json',
    '/assets/..\\..\\package.json',
    '/%00',
  ]) {
    const said = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(said, path).toMatch(/^HTTP\/1\.1 (?:400|403|404) /);
    expect(said, path).not.toMatch(/care-timeline"|startHub|\[core\]/);
  }
  for (const method of ['TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'DEBUG']) {
    const said = await raw(
      `${method} /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nCookie: a=secret\r\nConnection: close\r\n\r\n`,
    );
    expect(said, method).toMatch(/^(?:HTTP\/1\.1 (?:400|404|405|501) |$)/);
    expect(said, method).not.toContain('secret');
  }
});

test('a page of another origin is told nothing by the browser: no origin is let read but the app’s', async () => {
  for (const origin of ['https://evil.example', 'null', `${hub}.evil.example`, hub.replace('localhost', '127.0.0.1')]) {
    for (const path of [`/fhir/Patient/${patient}`, `/fhir/Encounter?patient=${patient}`]) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await fetch(`${hub}${path}`, {
          method,
          headers: {
            origin,
            authorization: `Bearer ${bearer}`,
            'access-control-request-method': 'GET',
            'access-control-request-headers': 'authorization',
          },
        });
        expect(answer.headers.get('access-control-allow-origin'), `${method} ${path} ${origin}`).toBeNull();
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      }
    }
    // Whose app asks for a token stands in the body, after the browser’s question: it is the answer that is kept from the page.
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'care-timeline', refresh_token: 'x' });
    const answer = await fetch(`${hub}/oauth/token`, { method: 'POST', headers: { origin }, body: form });
    expect(answer.headers.get('access-control-allow-origin'), origin).toBeNull();
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  }
});

test('three hundred callers who trickle their requests hold up nobody, and are cut off', async () => {
  const from = performance.now();
  expect((await ask(bearer, `Patient/${patient}`)).status).toBe(200);
  expect(performance.now() - from).toBeLessThan(5000);
  for (const held of trickling) {
    expect(await held.closed).toBeLessThan(20_000);
    expect(held.said).toMatch(/^HTTP\/1\.1 408 /);
  }
});
