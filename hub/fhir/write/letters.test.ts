import type { FastifyInstance } from 'fastify';
import type { Observation } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../../store/testing.ts';
import { asker, jsonBody, patchBody, stock, storeStock } from '../testing-advertised.ts';
import { startHub } from '../testing-hub.ts';

eachEngine('a scope of one letter', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db());
    await storeStock(db());
  });
  afterAll(() => app.close());
  const ask = asker(() => app);

  // SMART 2.2, 3.0.2: which interactions a letter stands for.
  it.each([
    ['c', { create: 201, update: 403, patch: 403, delete: 403, read: 403, history: 403, search: 403 }],
    ['u', { create: 403, update: 200, patch: 200, delete: 403, read: 403, history: 403, search: 403 }],
    ['d', { create: 403, update: 403, patch: 403, delete: 204, read: 403, history: 403, search: 403 }],
    ['r', { create: 403, update: 403, patch: 403, delete: 403, read: 200, history: 200, search: 403 }],
    ['s', { create: 403, update: 403, patch: 403, delete: 403, read: 403, history: 403, search: 200 }],
  ])('%s is what it stands for, and nothing else', async (letter, expected) => {
    const unnamed = { ...stock.Observation.resource, id: undefined };
    const made = (await ask('POST', 'Observation', { body: unnamed, headers: jsonBody })).json<Observation>();
    const path = `Observation/${made.id}`;
    const token = `a-only-${letter}`;
    const status = async (
      method: string,
      where: string,
      type: Record<string, string>,
      body?: unknown,
      version?: number,
    ) => {
      const headers = version === undefined ? type : { ...type, 'if-match': `W/"${version}"` };
      return (await ask(method, where, { token, headers, ...(body === undefined ? {} : { body }) })).statusCode;
    };
    const changes = letter === 'u' ? 2 : 1;
    expect({
      create: await status('POST', 'Observation', jsonBody, unnamed),
      update: await status('PUT', path, jsonBody, { ...made, language: 'en' }, 1),
      patch: await status('PATCH', path, patchBody, [{ op: 'add', path: '/language', value: 'cy' }], changes),
      read: await status('GET', path, {}),
      history: await status('GET', `${path}/_history`, {}),
      search: await status('GET', 'Observation', {}),
      delete: await status('DELETE', path, {}, undefined, 1),
    }).toEqual(expected);
  });
});
