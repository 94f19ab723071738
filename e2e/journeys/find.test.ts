import { expect, type Locator, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

// By keyboard alone: what is looked for is found, seen to be marked, and put back.

async function openFlorence(page: Page): Promise<TimelinePage> {
  const person = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  return timeline;
}

/** Presses Tab until this has focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluateAll((found) => found.some((element) => element === document.activeElement))) return;
  }
  await expect(target, 'reached within 80 presses of Tab').toBeFocused();
}

/** From the row of today, where the first skip link leads. */
async function toToday(page: Page, timeline: TimelinePage): Promise<void> {
  await tabTo(page, page.getByRole('link', { name: 'Skip to today' }));
  await page.keyboard.press('Enter');
  await expect(timeline.feed.locator('article:focus')).toHaveCount(1);
}

const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search the loaded entries' });

test('a search by key: / from a row, matches marked, Back, a reload and Show all; the words stand in no address', async ({
  page,
}) => {
  const timeline = await openFlorence(page);
  const all = await timeline.count('shown');
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await toToday(page, timeline);
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('hip fracture');
  await expect.poll(() => timeline.count('hidden')).toBeGreaterThan(100);
  await expect(timeline.rows.first().locator('mark').first()).toHaveText(/^(hip|fracture)$/i);
  await expect(page.getByText(/loaded entries shown\. .*The search hides \d+\./)).toBeVisible();
  const found = await timeline.count('shown');

  await expect.poll(() => page.evaluate(() => JSON.stringify(history.state))).toContain('hip fracture');
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.title]),
  );
  expect(`${page.url()} ${kept} ${addresses.join(' ')}`).not.toMatch(/fracture/i);

  await page.reload();
  await timeline.isWhole();
  await expect(search(page)).toHaveValue('hip fracture');
  await expect.poll(() => timeline.count('shown')).toBe(found);

  await page.goBack();
  await expect(search(page)).toHaveValue('');
  await expect.poll(() => timeline.count('hidden')).toBe(0);
  await page.goForward();
  await expect.poll(() => timeline.count('shown')).toBe(found);

  await tabTo(page, page.getByRole('button', { name: 'Show all', exact: true }));
  await page.keyboard.press('Enter');
  await expect.poll(() => timeline.count('shown')).toBe(all);
  await expect(search(page)).toHaveValue('');
});

test('nothing found: how much was searched and what was not, never that nothing happened', async ({ page }) => {
  const timeline = await openFlorence(page);
  await toToday(page, timeline);
  await page.keyboard.press('/');
  await page.keyboard.type('zebra');
  await expect(page.getByTestId('no-match')).toHaveText(
    /^No matches in \d+ loaded entries\. Letters were not searched\./,
  );
  await expect(page.getByText('This does not mean no care was given')).toHaveCount(0);
});

test('settings, kinds and a period by key: each count is kept, each is one step for Back, and the address holds the filters', async ({
  page,
}) => {
  const timeline = await openFlorence(page);
  const filters = page.getByRole('group', { name: 'Care setting' });
  const count = async (name: RegExp): Promise<number> =>
    Number(/\d+/.exec((await filters.locator('label', { hasText: name }).innerText()).replace(/111/, ''))?.[0]);
  const hospital = await count(/^Hospital/);
  expect(hospital).toBeGreaterThan(0);

  await tabTo(page, page.getByRole('link', { name: 'Skip to filters' }));
  await page.keyboard.press('Enter');
  await tabTo(page, filters.getByRole('button', { name: /^None/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^No entry passes the filters: they hide all \d+ loaded entries\.$/)).toBeVisible();
  for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('Shift+Tab');
  await expect(filters.getByRole('checkbox', { name: /^Hospital/ })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/\?setting=hospital$/);
  // What the setting counted is what it leaves: shown, or folded away under Upcoming.
  const total = async () => {
    const folded = /(\d+) more booking/.exec(await timeline.completeness.innerText());
    return (await timeline.count('shown')) + Number(folded?.[1] ?? 0);
  };
  await expect.poll(total).toBe(hospital);

  await tabTo(page, page.getByText('Date', { exact: true }));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('From', { exact: true })).toBeFocused();
  // The order of day and month is the browser's own; this day reads the same in both.
  await page.keyboard.type('01012026');
  await expect(page).toHaveURL(/\?setting=hospital&from=2026-01-01$/);
  await expect(page.getByRole('button', { name: 'Remove: Date: from 01-Jan-2026' })).toBeVisible();
  await expect.poll(total).toBeLessThan(hospital);

  await page.goBack();
  await expect(page).toHaveURL(/\?setting=hospital$/);
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\/timeline$/);
  await expect.poll(() => timeline.count('hidden')).toBe(0);
});
