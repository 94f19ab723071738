import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { limitRequests } from './limit-requests.ts';

let app: FastifyInstance;
afterEach(() => app.close());

async function limitedBy(by: 'token' | 'address'): Promise<(from: string, token?: string) => Promise<number>> {
  app = fastify();
  await app.register(async (scope) => {
    await limitRequests(scope, 2, { by });
    scope.get('/', () => ({}));
  });
  return async (remoteAddress, token) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return (await app.inject({ url: '/', remoteAddress, headers })).statusCode;
  };
}

it('an app that asks without end slows no other app at its address', async () => {
  const ask = await limitedBy('token');
  expect([await ask('10.0.0.1', 'a'), await ask('10.0.0.1', 'a'), await ask('10.0.0.1', 'a')]).toEqual([200, 200, 429]);
  expect(await ask('10.0.0.1', 'b')).toBe(200);
});

it('a flood that makes up a token for every request meets the limit of its address, and no other address does', async () => {
  const ask = await limitedBy('token');
  for (let i = 0; i < 10; i += 1) expect(await ask('10.0.0.1', `made-up-${i}`)).toBe(200);
  expect(await ask('10.0.0.1', 'made-up-again')).toBe(429);
  expect(await ask('10.0.0.2', 'made-up-again')).toBe(200);
});

it('where no token is read, none makes another caller', async () => {
  const ask = await limitedBy('address');
  expect([await ask('10.0.0.1', 'a'), await ask('10.0.0.1', 'b'), await ask('10.0.0.1', 'c')]).toEqual([200, 200, 429]);
  expect(await ask('10.0.0.2')).toBe(200);
});

it('one machine with a whole subnet of IPv6 is one caller', async () => {
  const ask = await limitedBy('address');
  const asked = [await ask('2001:db8::1'), await ask('2001:db8::2'), await ask('2001:db8::3')];
  expect(asked).toEqual([200, 200, 429]);
  expect(await ask('2001:db8:1::1')).toBe(200);
});
