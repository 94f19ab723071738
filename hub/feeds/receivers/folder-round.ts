import { access, mkdir, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inOrder, isSent } from './folder-order.ts';
import { fileMark, readWhole } from './read-file.ts';
import type { FeedName, Keep } from './received.ts';
import { refusalNotice } from './refusal-notice.ts';

export interface FolderOptions {
  feed: FeedName;
  /** Where the sender puts its files. `taken/` and `refused/` are made in it. */
  path: string;
  keep: Keep;
  /** Milliseconds between two looks; network drives do not tell of changes, so somebody has to look. */
  lookMs?: number;
  /** Milliseconds that a file must have stood unchanged, over two looks at least. */
  settleMs?: number;
  /** Bytes of the largest file, unpacked. */
  fileBytes?: number;
}

/** What happened in a folder since it was opened. */
export interface FolderCounts {
  kept: number;
  repeated: number;
  /** Unreadable or too large: in `refused/` with the reason beside it, and among the dead letters. */
  refused: number;
  /** Looks that ended early because the drive or the store failed. */
  failed: number;
}

/** What one look at a folder does. */
export class FolderRound {
  readonly counts: FolderCounts = { kept: 0, repeated: 0, refused: 0, failed: 0 };
  readonly #options: FolderOptions;
  readonly #taken: string;
  readonly #refused: string;
  /** How each file stood at the last look, and since when (milliseconds of this process). */
  #seen = new Map<string, { mark: string; since: number }>();

  constructor(options: FolderOptions) {
    this.#options = options;
    this.#taken = join(options.path, 'taken');
    this.#refused = join(options.path, 'refused');
  }

  async look(stopped: () => boolean): Promise<void> {
    try {
      // Only these two: the folder itself may be on a drive that is not there yet, and must not be made in its place.
      for (const path of [this.#taken, this.#refused]) await mkdir(path).catch(thereAlready);
      // What was in hand comes first; as long as one of these is not kept, nothing overtakes it.
      for (const name of inOrder(await filesIn(this.#taken))) {
        if (stopped()) return;
        await this.#take(name);
      }
      for (const name of inOrder(await this.#atRest())) {
        if (stopped()) return;
        if (await this.#claim(name)) await this.#take(name);
      }
    } catch {
      // The drive is away or the store takes nothing: all stays where it is, and the next look tries again.
      this.counts.failed += 1;
    }
  }

  /** Files that stood as they stand for long enough. */
  async #atRest(): Promise<string[]> {
    const { path, settleMs = 30_000 } = this.#options;
    const now = performance.now();
    const seen = new Map<string, { mark: string; since: number }>();
    const rested: string[] = [];
    for (const name of (await filesIn(path)).filter(isSent)) {
      const found = await fileMark(join(path, name)).catch(goneAway);
      // An empty one is a name that somebody is about to write to.
      if (found === undefined || found.size === 0) continue;
      const before = this.#seen.get(name);
      const stands = before?.mark === found.mark ? before : undefined;
      if (stands !== undefined && now - stands.since >= settleMs) rested.push(name);
      seen.set(name, stands ?? { mark: found.mark, since: now });
    }
    this.#seen = seen;
    return rested;
  }

  /** Makes it ours in one step: of several hubs at one folder one gets it. A file of the same name in hand goes first. */
  async #claim(name: string): Promise<boolean> {
    const inHand = await access(join(this.#taken, name)).then(() => true, goneAway);
    if (inHand === true) return false;
    const moved = await rename(join(this.#options.path, name), join(this.#taken, name)).then(() => true, goneAway);
    return moved === true;
  }

  async #take(name: string): Promise<void> {
    const path = join(this.#taken, name);
    const read = await readWhole(path, this.#options.fileBytes ?? 128 * 1024 * 1024).catch(goneAway);
    // Gone: another hub had it too. Growing: its sender goes on writing to what was renamed under its hands.
    if (read === undefined || read === 'growing') return;
    if ('refused' in read) return this.#refuse(name, read.refused);
    const { repeated } = await this.#keep(name.replace(/\.gz$/i, ''), read.bytes);
    this.counts.kept += 1;
    if (repeated) this.counts.repeated += 1;
    const after = await fileMark(path).catch(goneAway);
    if (after?.mark === read.mark) await unlink(path).catch(goneAway);
  }

  async #refuse(name: string, reason: string): Promise<void> {
    await this.#keep(name, refusalNotice(reason));
    this.counts.refused += 1;
    const there = (await filesIn(this.#refused)).includes(name);
    const kept = join(this.#refused, there ? `${name}.${new Date().toISOString().replaceAll(':', '')}` : name);
    await writeFile(`${kept}.reason.txt`, `${reason}\n`);
    await rename(join(this.#taken, name), kept).catch(goneAway);
  }

  #keep(label: string, bytes: Buffer) {
    return this.#options.keep({ ...this.#options.feed, label, receivedAt: new Date().toISOString(), bytes });
  }
}

/** Files of a folder by name; not folders, and not links, which may lead anywhere. */
async function filesIn(path: string): Promise<string[]> {
  const found = await readdir(path, { withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** A file that is not there any more is no fault; any other fault is. */
function goneAway(error: unknown): undefined {
  if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined;
  throw error;
}

function thereAlready(error: unknown): undefined {
  if (error instanceof Error && Reflect.get(error, 'code') === 'EEXIST') return undefined;
  throw error;
}
