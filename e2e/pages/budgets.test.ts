import { resolve } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { firstLoadBytes, firstLoadLimit } from '../../bench/app-size.ts';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

test('first-load JavaScript stays within its budget', () => {
  const bytes = firstLoadBytes(resolve(import.meta.dirname, '../../dist'));
  console.info(`first-load JavaScript: ${(bytes / 1024).toFixed(1)} KiB gzip of ${firstLoadLimit / 1024}`);
  expect(bytes).toBeLessThanOrEqual(firstLoadLimit);
});

test('from the icon to the first row in at most 8 sequential round trips', async ({ page }) => {
  const person = await personWith(/ADEYEMI/i);
  const trips = await recordTrips(page);
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('[role=feed] article') === null) return;
      document.documentElement.dataset['firstRow'] = String(Date.now() / 1000);
      seen.disconnect();
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  await new TimelinePage(page).rows.first().waitFor();
  const firstRow = Number(await page.locator('html').getAttribute('data-first-row'));

  // The longest chain in which each request began after the one before it had been answered. Nothing that begins after
  // the last stream's first page was asked for can hold up the first row.
  const before = trips.filter((trip) => !trip.url.startsWith(desks) && trip.end <= firstRow);
  const asked = Math.max(...[...Map.groupBy(before, ({ url }) => streamOf(url)).entries()].map(firstStart));
  const sorted = before.filter(({ start }) => start <= asked).sort((a, b) => a.end - b.end);
  const chains: number[] = [];
  for (const [i, trip] of sorted.entries()) {
    const earlier = chains.filter((_, j) => j < i && (sorted[j]?.end ?? Infinity) <= trip.start);
    chains.push(Math.max(0, ...earlier) + 1);
  }
  const length = Math.max(...chains);
  console.info(
    `round trips: ${length}: ${sorted.map((trip, i) => `${chains[i]} ${new URL(trip.url).pathname}`).join(', ')}`,
  );
  expect(length).toBeLessThanOrEqual(8);
  expect(length).toBeGreaterThan(3);
});

const streams = new Set([
  'Encounter',
  'Appointment',
  'ServiceRequest',
  'Task',
  'EpisodeOfCare',
  'DocumentReference',
  'DiagnosticReport',
  'Observation',
]);

/** The stream of the timeline that a request reads, if any. */
function streamOf(url: string): string | undefined {
  const [, type = ''] = /\/fhir\/(\w+)\?/.exec(url) ?? [];
  return streams.has(type) ? type : undefined;
}

/** When a stream's first page was asked for; what is no stream counts for nothing. */
function firstStart([stream, trips]: [string | undefined, Trip[]]): number {
  return stream === undefined ? 0 : Math.min(...trips.map(({ start }) => start));
}

/** One request and its answer; seconds since 1970. */
interface Trip {
  url: string;
  start: number;
  end: number;
}

/**
 * Fills a list from the browser's own record of the network: every answer that really crossed it, redirects one by one.
 * What came from the browser's cache costs no trip, and no row waits for the tab's icon.
 */
async function recordTrips(page: Page): Promise<Trip[]> {
  const trips: Trip[] = [];
  const started = new Map<string, { url: string; start: number }>();
  const cached = new Set<string>();
  const cdp = await page.context().newCDPSession(page);
  // The network's clock counts from the browser's start; every request says what time of day that is.
  let clock = 0;
  const finish = (id: string, end: number) => {
    const request = started.get(id);
    if (request !== undefined && !cached.has(id) && !request.url.includes('icon')) {
      trips.push({ ...request, end: end + clock });
    }
    started.delete(id);
  };
  cdp.on('Network.requestWillBeSent', (event) => {
    if (event.redirectResponse !== undefined) finish(event.requestId, event.timestamp);
    clock = event.wallTime - event.timestamp;
    started.set(event.requestId, { url: event.request.url, start: event.wallTime });
  });
  cdp.on('Network.requestServedFromCache', (event) => cached.add(event.requestId));
  cdp.on('Network.responseReceived', (event) => {
    if (event.response.fromDiskCache === true || event.response.fromPrefetchCache === true) cached.add(event.requestId);
  });
  cdp.on('Network.loadingFinished', (event) => finish(event.requestId, event.timestamp));
  await cdp.send('Network.enable');
  return trips;
}

for (const { words, what } of [
  { words: /ADEYEMI/i, what: 'an ordinary long record' },
  { words: /1,500/, what: '1,500 encounters' },
]) {
  test(`the page stays under 1,500 nodes with ${what}`, async ({ page }) => {
    const person = await personWith(words);
    await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
    const timeline = new TimelinePage(page);
    await timeline.isOf(person);
    await timeline.isWhole();
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    console.info(`${what}: ${nodes} nodes, ${await timeline.count('statements')} statements`);
    expect(nodes).toBeLessThan(1500);
  });
}
