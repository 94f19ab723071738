import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { sendAll } from '../../tools/feeds/hospital.ts';
import { findPostgres, startPostgres } from '../../tools/postgres.ts';
import type { Figure } from '../figure.ts';
import { median } from '../measure.ts';
import { measureDrain } from './drain.ts';
import type { FeedOrder } from './feed-process.ts';
import { wardMessages } from './ward-messages.ts';

const rounds = 3;
const lines = 4;
const perRound = 2000;

/** The hub's process of these measurements. */
export interface FeedHub {
  /** Its FHIR service. */
  address: string;
  /** Its MLLP port. */
  port: number;
  order(what: FeedOrder): Promise<number>;
}

/**
 * On PostgreSQL, in one process, with messages of a ward over four lines that wait for eight answers at a time:
 * `feeds.mllp.kept`, messages a second from the line to the acknowledgement, and `feeds.mllp`, to the record, each against a
 * bare insert of the same bytes with as many commits. Then `feeds.drain` and `feeds.reader` (`drain.ts`). Nothing where
 * PostgreSQL is not installed: the embedded store is no measure of it.
 */
export async function measureFeeds(only = ''): Promise<Figure[]> {
  if (findPostgres() === undefined) return [];
  const parts: { names: readonly string[]; measure: (hub: FeedHub) => Promise<Figure[]> }[] = [
    { names: ['feeds.mllp.kept'], measure: (hub) => measureMllp(hub, 'feeds.mllp.kept', 1) },
    { names: ['feeds.mllp'], measure: (hub) => measureMllp(hub, 'feeds.mllp', 2) },
    { names: ['feeds.drain', 'feeds.drain.heap', 'feeds.reader'], measure: measureDrain },
  ];
  const figures: Figure[] = [];
  for (const { names, measure } of parts) {
    if (names.some((name) => name.startsWith(only))) figures.push(...(await withHub(measure)));
  }
  return figures;
}

async function measureMllp(hub: FeedHub, name: string, commits: 1 | 2): Promise<Figure[]> {
  if (commits === 2) await hub.order({ do: 'work' });
  const [ours, bare]: [number[], number[]] = [[], []];
  // The first round warms up and counts for nothing.
  for (let round = 0; round < rounds + 1; round += 1) {
    const messages = [...wardMessages(round * perRound, perRound)];
    const byLine = Array.from({ length: lines }, (_, line) => messages.filter((_message, at) => at % lines === line));
    const from = performance.now();
    await Promise.all(
      byLine.map((some) =>
        sendAll(
          () => hub.port,
          some,
          () => undefined,
        ),
      ),
    );
    if (commits === 2) while ((await hub.order({ do: 'waiting' })) > 0) await delay(20);
    const rate = perRound / ((performance.now() - from) / 1000);
    const most = await hub.order({ do: 'bare', count: perRound, lines, commits });
    if (round === 0) continue;
    ours.push(rate);
    bare.push(most);
  }
  const what = commits === 1 ? 'one commit' : 'two commits';
  return [
    {
      name,
      value: median(ours),
      unit: '1/s',
      against: `bare insert of the same messages, ${what} each, ${lines} at once: ${median(bare).toFixed(0)}/s`,
      ratio: median(ours.map((rate, place) => rate / (bare[place] ?? Number.NaN))),
    },
  ];
}

/** A hub over a database of its own, for as long as `measure` takes. */
async function withHub<T>(measure: (hub: FeedHub) => Promise<T>): Promise<T> {
  const postgres = await startPostgres();
  try {
    const child = fork(new URL('feed-process.ts', import.meta.url), [postgres.url], { execArgv: ['--expose-gc'] });
    try {
      const listening = z.object({ address: z.string(), port: z.number() }).parse((await once(child, 'message'))[0]);
      return await measure({ ...listening, order: (what) => order(child, what) });
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  } finally {
    await postgres.stop();
  }
}

async function order(child: ChildProcess, what: FeedOrder): Promise<number> {
  child.send(what);
  return z.number().parse((await once(child, 'message'))[0]);
}
