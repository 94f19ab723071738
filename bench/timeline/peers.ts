import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright';
import type { Figure } from '../figure.ts';
import { median } from '../measure.ts';
import { buildPage } from './build-pages.ts';
import { openPage } from './in-browser.ts';

const root = resolve(import.meta.dirname, '../peers');
const peers = [
  { page: 'medplum', name: '@medplum/react ResourceTimeline' },
  { page: 'fhir-react', name: 'fhir-react' },
];
const sizes = [100, 1_000, 10_000];
const rounds = 3;
/** A peer that has not shown all of it by then is not waited for. */
const capMs = 60_000;

/**
 * `timeline.peer.NAME.all.SIZE`: how long packages that others may install take to make every entry reachable, in the same
 * page conditions. They are installed into bench/peers when they are not there; where that cannot be done it is said and
 * nothing is measured.
 */
export async function measurePeers(browser: Browser, url: string, folder: string): Promise<Figure[]> {
  if (!installed()) return [];
  const figures: Figure[] = [];
  for (const { page, name } of peers) {
    await buildPage(page, folder, resolve(root, 'pages'));
    for (const size of sizes) {
      const figure = await measurePeer(browser, `${url}/${page}/${page}.html?n=${size}`, `${page}.all.${size}`, name);
      figures.push(figure);
      // What does not manage one size does not manage the next.
      if (figure.value >= capMs) break;
    }
  }
  return figures;
}

function installed(): boolean {
  if (existsSync(resolve(root, 'node_modules'))) return true;
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--prefix', root], { encoding: 'utf8' });
  if (status === 0) return true;
  console.error(`Peers are not measured: they could not be installed into bench/peers. ${stderr.slice(-300)}`);
  return false;
}

async function measurePeer(browser: Browser, address: string, name: string, who: string): Promise<Figure> {
  const runs: number[] = [];
  let gaveUp: string | undefined;
  for (let round = 0; round < rounds && gaveUp === undefined; round += 1) {
    try {
      const opened = await openPage(browser, address, capMs);
      runs.push(opened.all);
      await opened.close();
    } catch (error) {
      gaveUp = error instanceof Error ? error.message.slice(0, 200) : 'failed';
    }
  }
  const value = gaveUp === undefined ? median(runs) : capMs;
  const against = gaveUp === undefined ? `${who}; cap of ${capMs} ms` : `${who}: given up at ${capMs} ms (${gaveUp})`;
  return { name: `timeline.peer.${name}`, value, unit: 'ms', against, ratio: value / capMs };
}
