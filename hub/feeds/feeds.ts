import type { Database } from '../store/database.ts';
import type { FeedSetting } from './feed-settings.ts';
import type { Formats } from './formats.ts';
import { keepMessage, keepMessages, type IncomingMessage } from './inbox/keep.ts';
import { WorkerApart, type InboxWork } from './inbox/worker-apart.ts';
import type { ThreadFailure } from './inbox/worker-thread.ts';
import { InboxWorker } from './inbox/worker.ts';
import { openReceivers, type OpenReceiver } from './receivers/open-receivers.ts';
import { keepReceived, keepReceivedTogether, type Keep } from './receivers/received.ts';
import { watchSources } from './sources/watch.ts';

export interface FeedsOptions {
  database: Database;
  /** Where that is, when it is a server's: the inbox is worked on by a thread of its own then. */
  databaseUrl: string | undefined;
  settings: readonly FeedSetting[];
  formats: Formats;
  /** Told of what failed; never patient data. */
  log: FeedsLog;
}

export interface FeedsLog {
  warn(fields: object, words: string): void;
}

/** Everything by which sources send, running. */
export interface Feeds {
  /** For messages over HTTPS. */
  keep: Keep;
  /** There is work in the inbox that did not come by a receiver. */
  wake(): void;
  /** Ports and folders that are open. */
  receivers: readonly OpenReceiver[];
  /** Stops receiving, then working; what is in hand is finished. */
  close(): Promise<void>;
}

/** Milliseconds between two looks at how the sources stand. */
const watchEvery = 5000;

/** Starts receivers, the worker and the watch over the sources. Rejects, with nothing left running, when a port or folder cannot be had. */
export async function openFeeds({ database, databaseUrl, settings, formats, log }: FeedsOptions): Promise<Feeds> {
  const failed = (failure: ThreadFailure) => log.warn(failure, 'a message could not be worked on, and waits');
  const worker: InboxWork =
    databaseUrl === undefined
      ? new InboxWorker({
          database,
          formats,
          onFailure: ({ error, ...failure }) => failed({ ...failure, error: error.name }),
        })
      : new WorkerApart(databaseUrl, failed);
  const notKept = (words: string, message: IncomingMessage | undefined) => (error: unknown) => {
    const fields = { source: message?.source, format: message?.format };
    log.warn({ ...fields, error: error instanceof Error ? error.name : typeof error }, words);
    throw error;
  };
  const keep = keepReceived(async (message) => {
    const tell = notKept('a message was not kept; its sender is told to send it again', message);
    const receipt = await keepMessage(database, message).catch(tell);
    if (!receipt.repeated) worker.wake();
    return receipt;
  }, formats);
  const keepTogether = keepReceivedTogether(async (messages) => {
    const tell = notKept('messages were not kept together; each is tried alone', messages[0]);
    const receipts = await keepMessages(database, messages).catch(tell);
    if (receipts.some(({ repeated }) => !repeated)) worker.wake();
    return receipts;
  }, formats);
  const receivers = await openReceivers(settings, { keep, keepTogether });
  worker.start();
  const watch = watching((isFirst) => watchSources(database, settings, Date.now(), isFirst), log);
  return {
    keep,
    wake: () => worker.wake(),
    receivers: receivers.open,
    async close() {
      await receivers.close();
      await watch.stop();
      await worker.stop();
    },
  };
}

/** Looks at once, then again and again, one look at a time; a look that fails is told, and the next one comes. */
function watching(look: (isFirst: boolean) => Promise<void>, log: FeedsLog): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let busy = false;
  const lookNow = (isFirst: boolean) => {
    if (busy) return;
    busy = true;
    running = look(isFirst)
      .catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log.warn({ error: name }, 'how the sources stand could not be looked up');
      })
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(() => lookNow(false), watchEvery);
  // A hub that was away does not open a record before it has said what did not come meanwhile (silent gap).
  lookNow(true);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
