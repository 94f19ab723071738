import { randomUUID } from 'node:crypto';
import { migrate } from '../hub/store/migrate.ts';
import { openDatabase } from '../hub/store/open.ts';
import { upsertRows } from '../hub/store/resources.ts';
import { person, readingRow } from './hub-readings.ts';
import { reader, serveFhir } from './fhir-service.ts';

// The FHIR service alone over an empty store, in a process of its own: whoever measures it must not share its heap.

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl: databaseUrl === '' ? undefined : databaseUrl, dataDir });
await migrate(database);
const address = await serveFhir(database);

type Order =
  | { do: 'load'; count: number }
  | { do: 'insert'; count: number; batch: number }
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
      return insertBare(order.count, order.batch);
    case 'watch':
      globalThis.gc?.();
      floor = process.memoryUsage().heapUsed;
      peak = floor;
      watching = setInterval(() => {
        // What is not collected yet says how lazy the collector is, not what is held.
        globalThis.gc?.();
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      }, 50);
      return floor;
    case 'peak':
      clearInterval(watching);
      return peak - floor;
    default:
      return order satisfies never;
  }
}

/** A row as the store keeps it. */
type StoredRow = Record<string, unknown>;

const columns = `patient, type, version, updated, source, origin, mask, date_start, date_end, authored_start, authored_end,
  tokens, digest, content`;

/**
 * Rows a second of the last rows that were written through the service, under new ids, in transactions of the same size, by
 * the plainest insert there is. What the rows are is found out before the clock starts.
 */
async function insertBare(count: number, batch: number): Promise<number> {
  const written = await database.query<StoredRow>(
    `select ${columns} from resource where patient = $1 and source = $2 order by updated desc limit $3`,
    [person, reader.client, count],
  );
  if (written.length < count) throw new Error(`${written.length} rows to insert instead of ${count}`);
  const rows = written.map((row): StoredRow => ({ ...row, id: randomUUID(), source: 'bare' }));
  const began = performance.now();
  for (let place = 0; place < count; place += batch) {
    await database.transaction(async (sql) => {
      await sql.query(
        `insert into resource (id, ${columns})
         select id, ${columns} from json_to_recordset($1::json) as x(id text, patient text, type text, version integer,
           updated timestamptz, source text, origin text, mask integer, date_start timestamptz, date_end timestamptz,
           authored_start timestamptz, authored_end timestamptz, tokens text[], digest text, content text)`,
        [Buffer.from(JSON.stringify(rows.slice(place, place + batch)))],
      );
    });
  }
  return count / ((performance.now() - began) / 1000);
}
