import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { requestId } from '../audit/request-id.ts';
import { createServer } from './server.ts';

let app: FastifyInstance;
let address: string;
beforeAll(async () => {
  app = await createServer({ logLevel: 'fatal' });
  const later = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { inTheAudit: requestId() };
  };
  app.get('/', later);
  app.post('/', later);
  address = await app.listen({ port: 0 });
});
afterAll(() => app.close());

it('every request has an id of its own, in its answer and for whatever is written of it, with a body or without', async () => {
  const requests = [
    {},
    {},
    { method: 'POST', body: '{"a":1}' },
    { method: 'POST', body: `{"a":"${'x'.repeat(200_000)}"}` },
  ];
  const headers = { 'x-request-id': 'chosen-by-the-caller', 'content-type': 'application/json' };
  const ids = await Promise.all(
    requests.map(async (request) => {
      const answer = await fetch(address, { ...request, headers });
      const id = answer.headers.get('x-request-id');
      expect(await answer.json()).toEqual({ inTheAudit: id });
      return id;
    }),
  );
  expect(new Set(ids).size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  expect(requestId()).toBeUndefined();
});
