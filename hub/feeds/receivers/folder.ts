import { FolderRound, type FolderCounts, type FolderOptions } from './folder-round.ts';

/** A folder that is looked at. */
export interface FolderReceiver {
  counts: Readonly<FolderCounts>;
  /** Looks now, as is done by itself every `lookMs`. Never rejects. */
  look(): Promise<void>;
  /** Ends when the file in hand is kept. */
  close(): Promise<void>;
}

/**
 * Watches a folder of files that arrive by day. A file that has come to rest is renamed into `taken/`, read, kept, and only
 * then removed: the inbox holds every byte of it, and nobody's data is to lie about on a drive. Whatever stands in `taken/`
 * when a hub starts was in hand when one ended, and is kept now; what was kept already is known by its name and bytes. A
 * drive that is not there, at the start or later, is looked for again: the source counts as late meanwhile, and no other waits.
 */
export function openFolder(options: FolderOptions): FolderReceiver {
  const folder = new FolderRound(options);
  let closing = false;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const look = () => (looking = looking.then(() => folder.look(() => closing)));
  const again = () => {
    timer = setTimeout(() => void look().then(() => closing || again()), options.lookMs ?? 10_000);
  };
  again();
  return {
    counts: folder.counts,
    look,
    async close() {
      closing = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
