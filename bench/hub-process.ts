import fastify from 'fastify';
import type { Reader } from '../hub/access/reader.ts';
import { fhirPlugin } from '../hub/fhir/plugin.ts';
import { migrate } from '../hub/store/migrate.ts';
import { openDatabase } from '../hub/store/open.ts';
import { upsertRows } from '../hub/store/resources.ts';
import { person, readingRow } from './hub-readings.ts';

// The FHIR service alone over an empty store, in a process of its own: whoever measures it must not share its heap. Every
// token is let in as one reader of one person, so that what is measured is the service and the store.

const reader: Reader = {
  client: 'bench',
  grant: 'bench',
  user: { id: 'u1', name: 'Bench', role: 'R0260', organisation: 'F83004' },
  patient: person,
  scopes: [{ context: 'patient', type: '*', actions: 'cruds' }],
  purpose: 'TREAT',
  from: 'bench',
  reason: undefined,
};

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl: databaseUrl === '' ? undefined : databaseUrl, dataDir });
await migrate(database);
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
const address = await app.listen({ host: '127.0.0.1', port: 0 });

type Order =
  | { do: 'load'; count: number }
  | { do: 'insert'; from: number; count: number; batch: number }
  | { do: 'watch' }
  | { do: 'peak' };

let peak = 0;
let floor = 0;
let watching: ReturnType<typeof setInterval> | undefined;

process.on('message', (order: Order) => {
  void answer(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.(address);

async function answer(order: Order): Promise<number> {
  switch (order.do) {
    case 'load':
      await upsertRows(
        database,
        Array.from({ length: order.count }, (_, place) => readingRow(`loaded-${place}`)),
      );
      return order.count;
    case 'insert':
      return insertBare(order.from, order.count, order.batch);
    case 'watch':
      globalThis.gc?.();
      floor = process.memoryUsage().heapUsed;
      peak = floor;
      watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 5);
      return floor;
    case 'peak':
      clearInterval(watching);
      return peak - floor;
    default:
      return order satisfies never;
  }
}

/** Rows a second of the same rows, in transactions of the same size, by the plainest insert there is. */
async function insertBare(from: number, count: number, batch: number): Promise<number> {
  const began = performance.now();
  for (let place = from; place < from + count; place += batch) {
    const rows = Array.from({ length: batch }, (_, offset) => readingRow(`bare-${place + offset}`));
    await database.transaction(async (sql) => {
      await sql.query(
        `insert into resource (patient, type, id, version, updated, source, origin, mask, date_start, date_end, tokens, digest, content)
         select x.patient, x.type, x.id, 1, now(), x.source, x.origin, 0, x.date_start, x.date_end, x.tokens, '', x.content
         from json_to_recordset($1::json) as x(patient text, type text, id text, source text, origin text,
           date_start timestamptz, date_end timestamptz, tokens text[], content text)`,
        [
          Buffer.from(
            JSON.stringify(
              rows.map(({ search, ...row }) => ({
                ...row,
                date_start: search.date?.start,
                date_end: search.date?.end,
                tokens: search.tokens,
              })),
            ),
          ),
        ],
      );
    });
  }
  return count / ((performance.now() - began) / 1000);
}
