import { formats } from '../../hub/feeds/formats.ts';
import { keepMessage, keepMessages } from '../../hub/feeds/inbox/keep.ts';
import { WorkerApart } from '../../hub/feeds/inbox/worker-apart.ts';
import { openMllp } from '../../hub/feeds/receivers/mllp.ts';
import { keepReceived, keepReceivedTogether } from '../../hub/feeds/receivers/received.ts';
import { migrate } from '../../hub/store/migrate.ts';
import { openDatabase } from '../../hub/store/open.ts';
import { upsertRows } from '../../hub/store/resources.ts';
import { serveFhir } from '../fhir-service.ts';
import { readingRow } from '../hub-readings.ts';
import { fillBacklog } from './backlog.ts';
import { insertBare } from './bare-insert.ts';

// A hub that takes in and is read from, in one process of its own: port, inbox, worker and the FHIR service.

/** What the process is told to do; each is answered with a number. */
export type FeedOrder =
  | { do: 'work' }
  | { do: 'load'; count: number }
  | { do: 'backlog'; from: number; count: number }
  | { do: 'bare'; count: number; lines: number; commits: 1 | 2 }
  | { do: 'waiting' }
  | { do: 'memory' };

const [databaseUrl = ''] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDir: '' });
await migrate(database);
const worker = new WorkerApart(databaseUrl, ({ error }) => process.stderr.write(`the worker failed: ${error}\n`));
const receiver = await openMllp({
  feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
  port: 0,
  host: '127.0.0.1',
  keep: keepReceived(async (message) => {
    const receipt = await keepMessage(database, message);
    worker.wake();
    return receipt;
  }, formats),
  keepTogether: keepReceivedTogether(async (messages) => {
    const receipts = await keepMessages(database, messages);
    worker.wake();
    return receipts;
  }, formats),
});
const address = await serveFhir(database);

process.on('message', (order: FeedOrder) => {
  void answer(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ address, port: receiver.port });

async function answer(order: FeedOrder): Promise<number> {
  switch (order.do) {
    case 'work':
      worker.start();
      worker.wake();
      return 0;
    case 'load':
      await upsertRows(
        database,
        Array.from({ length: order.count }, (_, place) => readingRow(`loaded-${place}`)),
      );
      return order.count;
    case 'backlog':
      return fillBacklog(database, order.from, order.count);
    case 'bare':
      return insertBare(database, order);
    case 'waiting': {
      const [row] = await database.query<{ left: string | number }>(
        `select (select count(*) from inbox where state = 'waiting')
           + (select count(*) from feed_scope where waiting is not null) as left`,
      );
      return Number(row?.left);
    }
    case 'memory':
      globalThis.gc?.();
      return process.memoryUsage().rss;
    default:
      return order satisfies never;
  }
}
