import { readFile } from 'node:fs/promises';
import type { FeedSetting } from '../feed-settings.ts';
import { openFolder } from './folder.ts';
import { openMllp } from './mllp.ts';
import type { WaysIn } from './mllp-take.ts';

/** A port or folder that is open, and what happened there since. */
export interface OpenReceiver {
  feed: FeedSetting;
  /** Where it listens; undefined for a folder. */
  port: number | undefined;
  counts: Readonly<object>;
  close(): Promise<void>;
}

export interface Receivers {
  open: readonly OpenReceiver[];
  /** Finishes what is in hand everywhere, and takes nothing more. */
  close(): Promise<void>;
}

/**
 * Opens every port and folder that is configured; what comes over HTTPS is a plugin of the server's (`http.ts`), what is
 * asked for has a command (`hub/pull.ts`). Rejects
 * with one line that names the feed when one cannot be opened, and leaves none open then.
 */
export async function openReceivers(feeds: readonly FeedSetting[], waysIn: WaysIn): Promise<Receivers> {
  const open: OpenReceiver[] = [];
  const close = async () => {
    await Promise.all(open.map((receiver) => receiver.close()));
  };
  for (const [place, feed] of feeds.entries()) {
    try {
      const opened = await openOne(feed, waysIn);
      if (opened !== undefined) open.push(opened);
    } catch (error) {
      await close();
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`feeds[${place}].receiver (${feed.source}) cannot be opened: ${words}`, { cause: error });
    }
  }
  return { open, close };
}

async function openOne(feed: FeedSetting, waysIn: WaysIn): Promise<OpenReceiver | undefined> {
  const { source, organisation, format, takesTraining, receiver } = feed;
  const name = { source, organisation, format, takesTraining };
  switch (receiver.kind) {
    case 'mllp': {
      const { port, host, from } = receiver;
      const tls = receiver.tls && (await readKeys(receiver.tls));
      return { feed, ...(await openMllp({ feed: name, port, host, from, tls, ...waysIn })) };
    }
    case 'folder':
      return { feed, port: undefined, ...openFolder({ feed: name, path: receiver.path, keep: waysIn.keep }) };
    case 'https':
    case 'pull':
      return undefined;
    default:
      return receiver satisfies never;
  }
}

async function readKeys({ key, cert, ca }: { key: string; cert: string; ca?: string | undefined }) {
  return {
    key: await readFile(key),
    cert: await readFile(cert),
    ca: ca === undefined ? undefined : await readFile(ca),
  };
}
