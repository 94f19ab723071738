import fastify from 'fastify';
import type { Reader } from '../hub/access/reader.ts';
import { accessOf } from '../hub/access/testing.ts';
import { fhirPlugin } from '../hub/fhir/plugin.ts';
import type { Database } from '../hub/store/database.ts';
import { person } from './hub-readings.ts';

/** Who reads with any token. */
export const reader: Reader = {
  client: 'bench',
  grant: 'bench',
  user: { id: 'u1', name: 'Bench', role: 'R0260', organisation: 'F83004' },
  patient: person,
  scopes: [{ context: 'patient', type: '*', actions: 'cruds' }],
  purpose: 'TREAT',
  from: 'bench',
  reason: undefined,
  access: accessOf(),
};

/**
 * The FHIR service alone on a free port, its person known; answers its address. Every token is let in as one reader of one
 * person, so that what is measured is the service and the store.
 */
export async function serveFhir(database: Database): Promise<string> {
  await database.query('insert into person (id) values ($1) on conflict do nothing', [person]);
  const app = fastify();
  await app.register(fhirPlugin, {
    prefix: '/fhir',
    database,
    base: 'http://bench.example/fhir',
    readerOf: () => Promise.resolve(reader),
    smartConfiguration: () => ({}),
    allowedOrigins: [],
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}
