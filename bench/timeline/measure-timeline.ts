import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { browserFlags, requireBrowser } from '../../tools/browser.ts';
import { measureAppSize } from '../app-size.ts';
import type { Figure } from '../figure.ts';
import { median } from '../measure.ts';
import { buildPage } from './build-pages.ts';
import { heapAfterCollection, openPage, type Opened } from './in-browser.ts';
import { measureOrder } from './order.ts';
import { measurePeers } from './peers.ts';
import { benchRecord } from './records.ts';
import { measureScroll } from './scroll.ts';
import { serveFolder } from './serve.ts';

const sizes = [100, 1_000, 10_000];
const largest = 10_000;
const rounds = 5;
const timeoutMs = 60_000;

/** `timeline.*`: the product's own page against a plain virtualised list of the same resources, in turns in one run. */
export async function measureTimeline(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'care-timeline-bench-'));
  const serving = await serveFolder(folder);
  const browser = await chromium.launch({
    executablePath: requireBrowser(),
    args: [...browserFlags(), '--js-flags=--expose-gc'],
  });
  try {
    for (const page of ['ours', 'floor', 'order']) await buildPage(page, folder);
    for (const size of sizes) {
      await writeFile(join(folder, `record-${size}.json`), JSON.stringify(benchRecord(size)));
    }
    const figures: Figure[] = [];
    for (const size of sizes) figures.push(...(await measureSize(browser, serving.url, size)));
    figures.push(...(await measureOrder(browser, serving.url, largest)));
    figures.push(...(await measurePeers(browser, serving.url, folder)));
    figures.push(await measureScript());
    return figures;
  } finally {
    await browser.close();
    serving.stop();
    await rm(folder, { recursive: true });
  }
}

interface Runs {
  first: number[];
  all: number[];
  heap: number[];
  nodes: number[];
  scroll: Figure[];
}

async function measureSize(browser: Browser, url: string, size: number): Promise<Figure[]> {
  const ours: Runs = { first: [], all: [], heap: [], nodes: [], scroll: [] };
  const floor: Runs = { first: [], all: [], heap: [], nodes: [], scroll: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const [page, runs] of [
      ['floor', floor],
      ['ours', ours],
    ] as const) {
      const opened = await openPage(browser, `${url}/${page}/${page}.html?n=${size}`, timeoutMs);
      try {
        // The first round warms the machine's caches of files.
        if (round > 0) await note(runs, opened);
        // Once is enough: it is a thousand frames.
        if (round === rounds && size === largest && runs === ours) await noteScroll(ours, opened, size);
      } finally {
        await opened.close();
      }
    }
  }
  const ms = (name: string, mine: number[], theirs: number[]): Figure => ({
    name,
    value: median(mine),
    unit: 'ms',
    against: `plain virtualised list: ${median(theirs).toFixed(0)} ms`,
    ratio: ratioOf(mine, theirs),
  });
  const figures = [ms(`timeline.first.${size}`, ours.first, floor.first)];
  if (size !== largest) return figures;
  figures.push(ms(`timeline.all.${size}`, ours.all, floor.all));
  figures.push({
    name: `timeline.nodes.${size}`,
    value: Math.max(...ours.nodes),
    unit: 'nodes',
    against: 'limit of 1500',
    ratio: Math.max(...ours.nodes) / 1500,
  });
  figures.push({
    name: `timeline.heap.${size}`,
    value: median(ours.heap),
    unit: 'B',
    against: `plain virtualised list: ${median(floor.heap)} B`,
    ratio: ratioOf(ours.heap, floor.heap),
  });
  figures.push(...ours.scroll);
  return figures;
}

async function noteScroll(runs: Runs, { page }: Opened, size: number): Promise<void> {
  const { figure, nodes } = await measureScroll(page, size);
  runs.scroll.push(figure);
  runs.nodes.push(nodes);
}

async function measureScript(): Promise<Figure> {
  const [figure] = await measureAppSize();
  if (figure === undefined) throw new Error('the size of the app was not measured');
  return { ...figure, name: 'timeline.js' };
}

async function note(runs: Runs, { page, cdp, first, all }: Opened): Promise<void> {
  runs.first.push(first);
  runs.all.push(all);
  runs.nodes.push(await page.evaluate<number>('document.querySelectorAll("*").length'));
  runs.heap.push(await heapAfterCollection(cdp));
}

/** The middle of the rounds' own ratios, so that what slows one round slows both sides of it. */
function ratioOf(mine: readonly number[], theirs: readonly number[]): number {
  return median(mine.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
