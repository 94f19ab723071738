import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createServer } from './server.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await createServer();
  app.get('/', ({ ip }) => ip);
  await app.ready();
});
afterAll(() => app.close());

const callerSeen = async (remoteAddress: string, forwarded: string): Promise<string> =>
  (await app.inject({ url: '/', remoteAddress, headers: { 'x-forwarded-for': forwarded } })).body;

it.each(['127.0.0.1', '10.0.0.1', '::1', '::ffff:10.0.0.1', 'fd00::1'])(
  'a balancer at %s names the caller that it saw',
  async (balancer) => {
    expect(await callerSeen(balancer, '203.0.113.7')).toBe('203.0.113.7');
  },
);

it('a ward’s computer on a private network cannot give itself another address through the balancer', async () => {
  for (const madeUp of ['203.0.113.7', '10.9.9.9', '127.0.0.1', '::1', 'nonsense']) {
    expect(await callerSeen('10.0.0.1', `${madeUp}, 10.1.2.3`)).toBe('10.1.2.3');
  }
});

it.each(['203.0.113.1', '2001:db8::1', '11.0.0.1', '::ffff:203.0.113.1'])(
  'whoever comes from elsewhere (%s) names nobody',
  async (address) => {
    expect(await callerSeen(address, '10.1.2.3')).toBe(address);
  },
);
