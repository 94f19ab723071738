import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../store/open.ts';
import { formats } from '../formats.ts';
import { InboxWorker } from './worker.ts';

// The inbox's worker on a thread of its own, with connections of its own (WorkerApart).

/** What the thread is started with. */
export interface ThreadStart {
  databaseUrl: string;
}

export type ThreadOrder = 'wake' | 'stop';

/** What the thread tells: a failure by the name of its error alone, since threads hand over no class. */
export interface ThreadFailure {
  source: string;
  seq: number | undefined;
  attempts: number;
  error: string;
}

const { databaseUrl } = workerData as ThreadStart;
const database = await openDatabase({ databaseUrl, dataDir: '' });
const worker = new InboxWorker({
  database,
  formats,
  onFailure: ({ source, seq, attempts, error }) => {
    const failure: ThreadFailure = { source, seq, attempts, error: error.name };
    parentPort?.postMessage(failure);
  },
});
worker.start();
parentPort?.on('message', (order: ThreadOrder) => {
  if (order === 'wake') worker.wake();
  else void stop();
});

async function stop(): Promise<void> {
  await worker.stop();
  await database.close();
  parentPort?.close();
}
