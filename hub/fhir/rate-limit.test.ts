import fastify from 'fastify';
import type { OperationOutcome } from 'fhir/r4';
import { expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { limitRequests } from '../http/limit-requests.ts';
import { fhirPlugin } from './plugin.ts';

eachEngine('too many requests', ({ db }) => {
  it('of one token are refused in words, with when to come back, while another token goes on', async () => {
    const app = fastify();
    await app.register(async (scope) => {
      await limitRequests(scope, 2, { by: 'token' });
      await scope.register(fhirPlugin, {
        prefix: '/fhir',
        database: db(),
        base: 'http://localhost/fhir',
        readerOf: () => Promise.resolve(undefined),
        smartConfiguration: () => ({}),
        allowedOrigins: [],
      });
    });
    const ask = (token: string) =>
      app.inject({ method: 'GET', url: '/fhir/Patient/x', headers: { authorization: `Bearer ${token}` } });
    expect([(await ask('a')).statusCode, (await ask('a')).statusCode]).toEqual([401, 401]);
    const third = await ask('a');
    expect([third.statusCode, Number(third.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect((JSON.parse(third.body) as OperationOutcome).issue[0]!.code).toBe('throttled');
    expect((await ask('b')).statusCode).toBe(401);
    await app.close();
  });
});
