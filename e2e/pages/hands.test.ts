import { expect, type Page } from '@playwright/test';
import { focusStop, tooWide } from '../page-checks.ts';
import { launch, open } from '../page-states.ts';
import { personWith } from '../people.ts';
import { test } from '../watched.ts';

// The page for hands and eyes that differ: keys, zoom, stillness, a device held either way (T11).

/** Every stop of Tab from the first to the first again, each with a ring and never wholly covered. */
async function stops(page: Page, most: number): Promise<string[]> {
  const found: string[] = [];
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await focusStop(page);
    if (stop === undefined) continue;
    if (found.length > 0 && stop.name === found[0]) return found;
    expect(stop.ring, `focus on "${stop.name}" has a ring`).toBe(true);
    expect(stop.seen, `focus on "${stop.name}" is not covered`).toBe(true);
    found.push(stop.name);
  }
  return found;
}

for (const { width, height, what } of [
  { width: 1280, height: 720, what: 'on a wide screen' },
  { width: 390, height: 664, what: 'on a phone' },
  { width: 320, height: 256, what: 'at 400 % zoom' },
]) {
  test.describe(what, () => {
    test.use({ viewport: { width, height } });

    test(`every stop of Tab has a ring and is never wholly covered, ${what}`, async ({ page }) => {
      await open(page, /ADEYEMI/);
      const found = await stops(page, 120);
      expect(found.length).toBeGreaterThan(8);
      expect(found).toContain('Skip to today');
    });
  });
}

test('at 400 % zoom the rows can be read: one line of identity stays, and the first row comes into view whole', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 256 });
  const timeline = await open(page, /ADEYEMI/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const title = timeline.feed.locator('article:focus h3').first();
  await expect(title).toBeInViewport({ ratio: 1 });
  const stays = await page.locator('[data-stays]').boundingBox();
  expect(stays?.y).toBe(0);
  expect(stays?.height).toBeLessThan(64);
});

test('nothing moves for a reader who asked for stillness', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const timeline = await open(page, /ADEYEMI/);
  await timeline.openEntry(/^Hospital stay/);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
      const longest = Math.max(
        ...[animationDuration, transitionDuration].flatMap((times) => times.split(',').map(Number.parseFloat)),
      );
      const moves = (animationName !== 'none' && longest > 0.001) || longest > 0.001 || scrollBehavior === 'smooth';
      return moves ? [element.outerHTML.slice(0, 80)] : [];
    }),
  );
  expect(moving).toEqual([]);
});

test('a phone held on its side shows the same, and needs no scrolling sideways', async ({ page }) => {
  await page.setViewportSize({ width: 664, height: 390 });
  const timeline = await open(page, /ADEYEMI/);
  await expect(timeline.banner).toContainText('ADEYEMI');
  await expect(timeline.rows.first()).toBeVisible();
  expect(await tooWide(page)).toBe(0);
});

test('the page says its language, and its title says where one is and never who', async ({ page }) => {
  const person = await personWith(/ADEYEMI/);
  await launch(page, /ADEYEMI/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
  await expect(page).toHaveTitle('Timeline · Care Timeline');
  expect(await page.title()).not.toContain(person.nhsNumber);
});

test('what a pointer rests on hides nothing and tells nothing that is not there without it', async ({ page }) => {
  const timeline = await open(page, /ADEYEMI/);
  const before = await page.evaluate(() => document.body.innerText);
  await timeline.rows.first().hover();
  await page.getByRole('button', { name: 'Print', exact: true }).hover();
  expect(await page.evaluate(() => document.body.innerText)).toBe(before);
  expect(await page.locator('[title]:not(iframe)').count()).toBe(0);
});

test('how loading goes on, and what fails, is said without focus going there', async ({ page }) => {
  let broken = true;
  await page.route(/\/fhir\/Task\?/, (route) =>
    broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
  );
  const timeline = await launch(page, /ADEYEMI/);
  await expect(
    page
      .getByRole('alert')
      .getByText(/could not be read/)
      .first(),
  ).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await timeline.isWhole();
  await expect(timeline.completeness.getByRole('status')).toHaveText(/^All \d+ entries sent by/);
});
