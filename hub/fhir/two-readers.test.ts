import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labelBits } from '../access/labels.ts';
import { accessOf, readerOf } from '../access/testing.ts';
import { oneDatabase, type FreshDatabase } from '../store/testing.ts';
import { fhirPlugin } from './plugin.ts';
import { base, personA, put } from './testing-hub.ts';

// Harm: leaked record. A page that one role was given is never another's: nothing between hub and reader may keep it, and the
// hub answers nobody "as you have it" by the word of an earlier answer.

const readers = {
  gp: readerOf(personA, { access: accessOf() }),
  'social-worker': readerOf(personA, { access: accessOf({ role: 'R9570', organisation: '706' }) }),
  receptionist: readerOf(personA, { access: accessOf({ role: 'R8009' }) }),
};
type Who = keyof typeof readers;

let fresh: FreshDatabase;
let app: FastifyInstance;
beforeAll(async () => {
  fresh = await oneDatabase();
  app = fastify();
  await app.register(fhirPlugin, {
    prefix: '/fhir',
    database: fresh.db,
    base,
    readerOf: (token: string) => Promise.resolve(Object.hasOwn(readers, token) ? readers[token as Who] : undefined),
    smartConfiguration: () => ({}),
    allowedOrigins: [],
  });
  const subject = { reference: `Patient/${personA}` };
  const visit = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject } as const;
  await put(fresh.db, personA, [{ resourceType: 'Patient', id: personA }]);
  await put(fresh.db, personA, [{ ...visit, id: 'open' }]);
  await put(fresh.db, personA, [{ ...visit, id: 'restricted' }], labelBits.restricted);
});
afterAll(async () => {
  await app.close();
  await fresh.drop();
});

const addresses = [
  'Encounter?_sort=-date&_count=100',
  'Encounter?_summary=count',
  'Encounter/restricted',
  'Encounter/restricted/_history/1',
  'Encounter/restricted/_history',
  'Encounter/_history',
  `Patient/${personA}/$everything`,
];

const ask = async (who: Who, path: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'GET', url: `/fhir/${path}`, headers: { authorization: `Bearer ${who}`, ...headers } });

it.each(addresses)('%s: kept by nobody, and never answered from what another role was given', async (path) => {
  const first = await ask('gp', path);
  expect(first.statusCode).toBe(200);
  expect(first.headers['cache-control']).toBe('no-store');
  expect(first.body).toMatch(/restricted|"total":2/);
  // Whatever the first answer could be known by, sent along by the others.
  const known = {
    'if-none-match': first.headers['etag'] ?? 'W/"1"',
    'if-modified-since': new Date(Date.now() + 60_000).toUTCString(),
  };
  for (const who of ['social-worker', 'receptionist'] as const) {
    const askings: Record<string, string>[] = [{}, known, { 'if-none-match': '*' }];
    for (const headers of askings) {
      const { statusCode, body, headers: told } = await ask(who, path, headers);
      expect([who, statusCode]).not.toEqual([who, 304]);
      expect(told['cache-control']).toBe('no-store');
      expect(told['age']).toBeUndefined();
      const named = body.replaceAll(encodeURI(path), '');
      expect([who, /Encounter\/restricted"|"id":"restricted"|"total":2/.test(named)]).toEqual([who, false]);
    }
  }
  expect((await ask('gp', path)).body).toMatch(/restricted|"total":2/);
});
