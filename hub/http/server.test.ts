import { connect, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSecurityHeaders, appPolicy, dataPolicy } from './security-headers.ts';
import { createServer } from './server.ts';

const secret = 'SMITH, Jane 9990000018';
let app: FastifyInstance;
const lines: string[] = [];

beforeAll(async () => {
  app = await createServer({ logLevel: 'trace', log: { write: (line) => void lines.push(line) } });
  await addSecurityHeaders(app, { https: true });
  app.get('/fine/:id', () => 'x'.repeat(2000));
  app.get('/fault', () => Promise.reject(new Error(`row of ${secret}\n    at secret line`)));
  app.post('/taken', () => ({}));
  await app.ready();
});
afterAll(() => app.close());

it('logs where and how long, and nothing of an address, a header, a body or what a fault says', async () => {
  const headers = { authorization: `Bearer ${secret}`, cookie: `a=${secret}`, referer: `http://x/${secret}` };
  await app.inject({ url: `/fine/9990000018?name=${encodeURIComponent(secret)}`, headers });
  await app.inject({ url: `/nowhere/9990000018`, headers });
  await app.inject({ url: '/%zz9990000018', headers });
  await app.inject({ method: 'POST', url: '/taken', headers, payload: { secret } });
  await app.inject({
    method: 'POST',
    url: '/taken',
    headers: { 'content-type': 'application/json' },
    payload: `{${secret}`,
  });
  const fault = await app.inject({ url: '/fault', headers });
  expect(fault.statusCode).toBe(500);
  expect(fault.body).not.toContain('SMITH');
  const log = lines.join('\n');
  expect(log).toContain('"route":"/fine/:id"');
  expect(log).toContain('a request failed');
  expect(log).toMatch(/server\.test\.ts:\d+/);
  for (const word of ['SMITH', '9990000018', 'secret line']) expect(log).not.toContain(word);
});

it('lets the clinical systems frame its pages, and nothing run on them that is not its own', async () => {
  const { headers } = await app.inject({ url: '/fine/1' });
  const policy = appPolicy({ framedBy: ['https://desk.example'], https: true });
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'self' https://desk.example");
  expect(policy).toContain("require-trusted-types-for 'script'; trusted-types default dompurify inert;");
  expect(policy).not.toContain('unsafe');
  expect(headers['x-frame-options']).toBeUndefined();
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers['permissions-policy']).toMatch(/^camera=\(\), .*geolocation=\(\), .*usb=\(\)$/);
});

it('sends data under a policy by which a browser that is led to show it does nothing with it', async () => {
  const { headers } = await app.inject({ method: 'POST', url: '/taken' });
  expect(headers['content-security-policy']).toBe(dataPolicy);
  const missing = await app.inject({ url: '/nowhere' });
  expect(missing.headers['content-security-policy']).toBe(dataPolicy);
});

describe('a caller who trickles its request to hold a connection', () => {
  let slow: FastifyInstance;
  let port: number;
  beforeAll(async () => {
    slow = await createServer({ patience: { headers: 200, request: 400 } });
    slow.post('/taken', () => ({}));
    slow.get('/fine', () => ({ fine: true }));
    await slow.listen({ port: 0, host: '127.0.0.1' });
    port = (slow.server.address() as AddressInfo).port;
  });
  afterAll(() => slow.close());

  /** Sends `first`, then a byte every 50 ms until the hub ends the connection; answers what it said, and after how long. */
  async function trickle(first: string): Promise<{ said: string; ms: number }> {
    const from = performance.now();
    const socket = connect(port, '127.0.0.1');
    let said = '';
    socket.on('data', (bytes) => (said += bytes.toString()));
    // Cut off while it writes: that is what is looked for.
    socket.on('error', () => undefined);
    socket.write(first);
    const drip = setInterval(() => socket.write('x'), 50);
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(drip);
    return { said, ms: performance.now() - from };
  }

  it.each([
    ['its headers', 'GET /fine HTTP/1.1\r\nHost: hub\r\nX-Slow: '],
    [
      'its body',
      'POST /taken HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n',
    ],
  ])('by %s is answered 408 and cut off, and meanwhile others are answered', async (_what, first) => {
    const many = Promise.all(Array.from({ length: 50 }, () => trickle(first)));
    expect((await fetch(`http://127.0.0.1:${port}/fine`)).status).toBe(200);
    for (const { said, ms } of await many) {
      expect(said).toMatch(/^HTTP\/1\.1 408 /);
      expect(ms).toBeLessThan(3000);
    }
  });

  it('is given ten seconds for its headers and two minutes for all of it, unless told otherwise', () => {
    expect(app.server.headersTimeout).toBe(10_000);
    expect(app.server.requestTimeout).toBe(120_000);
  });
});
