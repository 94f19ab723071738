import { readFileSync } from 'node:fs';
import type { Database } from '../store/database.ts';
import type { FeedSetting } from './feed-settings.ts';
import type { Formats } from './formats.ts';
import { keepMessage } from './inbox/keep.ts';
import { InboxWorker } from './inbox/worker.ts';
import { openMllp, type MllpReceiver } from './receivers/mllp.ts';
import { keepReceived, type Keep } from './receivers/received.ts';
import { watchSources } from './sources/watch.ts';

export interface FeedsOptions {
  database: Database;
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
  /** Ports that are open, by the feed's place in the settings. */
  ports: ReadonlyMap<FeedSetting, MllpReceiver>;
  /** Stops receiving, then working; what is in hand is finished. */
  close(): Promise<void>;
}

/** Milliseconds between two looks at how the sources stand. */
const watchEvery = 5000;

/** Starts receivers, the worker and the watch over the sources. Rejects, with nothing left running, when a port cannot be had. */
export async function openFeeds({ database, settings, formats, log }: FeedsOptions): Promise<Feeds> {
  const worker = new InboxWorker({
    database,
    formats,
    onFailure: ({ source, seq, attempts, error }) =>
      log.warn({ source, seq, attempts, error: error.name }, 'a message could not be worked on, and waits'),
  });
  const keep = keepReceived(async (message) => {
    const receipt = await keepMessage(database, message);
    if (!receipt.repeated) worker.wake();
    return receipt;
  }, formats);
  const ports = new Map<FeedSetting, MllpReceiver>();
  const closePorts = () => Promise.all([...ports.values()].map((port) => port.close()));
  try {
    for (const feed of settings) {
      if (feed.receiver.kind === 'mllp') ports.set(feed, await openPort(feed, feed.receiver, keep));
    }
  } catch (error) {
    await closePorts();
    throw error;
  }
  worker.start();
  const watch = watching(() => watchSources(database, settings, Date.now()), log);
  return {
    keep,
    ports,
    async close() {
      await closePorts();
      await watch.stop();
      await worker.stop();
    },
  };
}

function openPort(
  { source, organisation, format }: FeedSetting,
  { port, host, tls, from }: Extract<FeedSetting['receiver'], { kind: 'mllp' }>,
  keep: Keep,
): Promise<MllpReceiver> {
  const pem = tls && {
    key: readFileSync(tls.key),
    cert: readFileSync(tls.cert),
    ca: tls.ca === undefined ? undefined : readFileSync(tls.ca),
  };
  return openMllp({ feed: { source, organisation, format }, port, host, from, keep, ...(pem && { tls: pem }) });
}

/** Looks again and again, one look at a time; a look that fails is told, and the next one comes. */
function watching(look: () => Promise<void>, log: FeedsLog): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = look()
      .catch((error: unknown) => {
        const name = error instanceof Error ? error.name : typeof error;
        log.warn({ error: name }, 'how the sources stand could not be looked up');
      })
      .finally(() => {
        busy = false;
      });
  }, watchEvery);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
