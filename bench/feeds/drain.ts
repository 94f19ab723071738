import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from '../figure.ts';
import { person } from '../hub-readings.ts';
import { median } from '../measure.ts';
import type { FeedHub } from './measure-feeds.ts';

/** Messages that wait. `BACKLOG=100000` is the whole of it, and takes a quarter of an hour on two shared processors. */
const backlog = Number(process.env['BACKLOG'] ?? 20_000);
const [warmUp, pages] = [200, 60];
/** Milliseconds from one page to the next. */
const rest = 100;

/**
 * A backlog of messages, drained while somebody reads: `feeds.drain`, messages a second against a bare insert with
 * as many commits; `feeds.drain.heap`, the process's memory (both its threads) near the end against that at a tenth;
 * `feeds.reader`, the median time of a reader’s page of 100 results meanwhile against the same page before, read in the same rhythm.
 */
export async function measureDrain(hub: FeedHub): Promise<Figure[]> {
  await hub.order({ do: 'load', count: 100 });
  await hub.order({ do: 'backlog', from: 0, count: backlog });
  const bare = await hub.order({ do: 'bare', count: 2000, lines: 4, commits: 2 });
  const quiet: number[] = [];
  // The first ones warm up and count for nothing. Then in the same rhythm as meanwhile: pages without a rest between them find
  // the processor's caches as the page before left them, which no page between others' work does.
  for (let page = 0; page < warmUp; page += 1) await timeOfPage(hub);
  for (let page = 0; page < pages; page += 1) {
    quiet.push(await timeOfPage(hub));
    await delay(rest);
    await hub.order({ do: 'waiting' });
  }

  const busy: number[] = [];
  const heaps: { done: number; bytes: number }[] = [];
  const from = performance.now();
  await hub.order({ do: 'work' });
  let nextLook = backlog / 10;
  for (let left = backlog; left > 0;) {
    busy.push(await timeOfPage(hub));
    await delay(rest);
    left = await hub.order({ do: 'waiting' });
    if (backlog - left < nextLook) continue;
    heaps.push({ done: backlog - left, bytes: await hub.order({ do: 'memory' }) });
    nextLook += backlog / 10;
  }
  const rate = backlog / ((performance.now() - from) / 1000);
  const [first, last] = [heaps[0], heaps.at(-1)];
  const [floor, meanwhile] = [median(quiet), median(busy)];
  return [
    {
      name: 'feeds.drain',
      value: rate,
      unit: '1/s',
      against: `bare insert, two commits each, 4 at once: ${bare.toFixed(0)}/s; ${backlog} messages waited`,
      ratio: rate / bare,
    },
    {
      name: 'feeds.drain.heap',
      value: last?.bytes ?? Number.NaN,
      unit: 'B',
      against: `its memory after ${first?.done} of ${backlog} messages: ${((first?.bytes ?? 0) / 1024 / 1024).toFixed(1)} MiB`,
      ratio: (last?.bytes ?? Number.NaN) / (first?.bytes ?? Number.NaN),
    },
    {
      name: 'feeds.reader',
      value: meanwhile,
      unit: 'ms',
      against: `the same page while nothing waited: ${floor.toFixed(1)} ms (${busy.length} pages meanwhile)`,
      ratio: meanwhile / floor,
    },
  ];
}

async function timeOfPage(hub: FeedHub): Promise<number> {
  const from = performance.now();
  const answer = await fetch(`${hub.address}/fhir/Observation?patient=${person}&_sort=-date&_count=100`, {
    headers: { authorization: 'Bearer bench', 'accept-encoding': 'identity' },
  });
  const text = await answer.text();
  if (answer.status !== 200 || text.length < 50_000) throw new Error(`a page answered ${answer.status}`);
  return performance.now() - from;
}
