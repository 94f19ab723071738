import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
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
  interface Trip {
    url: string;
    start: number;
    end: number;
  }
  const trips: Trip[] = [];
  page.on('requestfinished', (request) => {
    const timing = request.timing();
    trips.push({ url: request.url(), start: timing.startTime, end: timing.startTime + timing.responseEnd });
  });
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.rows.first().waitFor();
  const painted = await page.evaluate(() => performance.timeOrigin + performance.now());

  // The longest chain of requests of which each began after the one before it had ended: from the app's launch address on.
  const sorted = trips
    .filter((trip) => !trip.url.startsWith(desks) && trip.end > 0 && trip.end <= painted)
    .sort((a, b) => a.end - b.end);
  const chains: number[] = [];
  sorted.forEach((trip, i) => {
    let longest = 0;
    for (let j = 0; j < i; j += 1) if ((sorted[j]?.end ?? 0) <= trip.start) longest = Math.max(longest, chains[j] ?? 0);
    chains.push(longest + 1);
  });
  const length = Math.max(...chains);
  console.info(
    `round trips: ${length}: ${sorted.map((trip, i) => `${chains[i]} ${new URL(trip.url).pathname}`).join(', ')}`,
  );
  expect(length).toBeLessThanOrEqual(8);
  expect(length).toBeGreaterThan(2);
});

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
