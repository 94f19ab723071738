import { keepMessage, keepMessages } from '../../hub/feeds/inbox/keep.ts';
import { InboxWorker } from '../../hub/feeds/inbox/worker.ts';
import { openMllp } from '../../hub/feeds/receivers/mllp.ts';
import type { MllpLimits } from '../../hub/feeds/receivers/mllp-limits.ts';
import { keepReceived, keepReceivedTogether } from '../../hub/feeds/receivers/received.ts';
import { migrate } from '../../hub/store/migrate.ts';
import { openDatabase } from '../../hub/store/open.ts';
import { plainFormat } from './plain-format.ts';
import type { HubOrder } from './running-hub.ts';

// What of a hub takes messages in, as a process of its own that may be killed: receiver, inbox, worker. It says its port
// once it listens, answers any message with its memory and counts, and ends when its parent does.

const [databaseUrl = '', port = '0', works = 'works', limits = '{}'] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl, dataDir: '' });
await migrate(database);
const formats = { 'hl7-v2': plainFormat };
const failures: Record<string, number> = {};
const failed = ({ message }: Error) => (failures[message] = (failures[message] ?? 0) + 1);
const worker = new InboxWorker({ database, formats, onFailure: ({ error }) => failed(error) });
const receiver = await openMllp({
  feed: { source: 'system-c', organisation: 'RKE', format: 'hl7-v2' },
  port: Number(port),
  host: '127.0.0.1',
  limits: JSON.parse(limits) as Partial<MllpLimits>,
  keep: keepReceived(async (message) => {
    const receipt = await keepMessage(database, message).catch((error: Error) => {
      failed(error);
      throw error;
    });
    worker.wake();
    return receipt;
  }, formats),
  keepTogether: keepReceivedTogether(async (messages) => {
    const receipts = await keepMessages(database, messages);
    worker.wake();
    return receipts;
  }, formats),
});
if (works === 'works') worker.start();

process.on('disconnect', () => process.exit(0));
process.on('message', (order: HubOrder) => {
  if (order === 'work') worker.start();
  if (order === 'look') globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  process.send?.({ rss, heapUsed, arrayBuffers, counts: receiver.counts, failures });
});
process.send?.(receiver.port);
