import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSecurityHeaders } from './security-headers.ts';
import { createServer } from './server.ts';

const secret = 'SMITH, Jane 9990000018';
let app: FastifyInstance;
const lines: string[] = [];

beforeAll(async () => {
  app = await createServer({ logLevel: 'trace', log: { write: (line) => void lines.push(line) } });
  await addSecurityHeaders(app, { framedBy: ['https://desk.example'], https: true });
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
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'self' https://desk.example");
  expect(policy).not.toContain('unsafe');
  expect(headers['x-frame-options']).toBeUndefined();
  expect(headers).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
  });
});
