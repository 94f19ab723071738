import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { desks, hub } from '../addresses.ts';
import { personWith } from '../people.ts';
import { PickerPage } from '../picker-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

/** WCAG 2.2 A and AA with no known exception (T11); one line for each thing found. */
async function faults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations, passes } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(passes.length, 'axe looked at the page').toBeGreaterThan(5);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id} ${target.join(' ')}: ${html}`));
}

async function open(page: Page, words: RegExp): Promise<TimelinePage> {
  const person = await personWith(words);
  await page.goto(`${desks}/launch?system=${person.systems[0] ?? 'emis'}&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  return timeline;
}

/** Nothing is cut off at the side: what is wider than the window would need scrolling in two directions (WCAG 1.4.10). */
async function fitsAcross(page: Page): Promise<void> {
  const { inner, outer } = await page.evaluate(() => ({
    inner: document.documentElement.scrollWidth,
    outer: document.documentElement.clientWidth,
  }));
  expect(inner).toBeLessThanOrEqual(outer);
}

const sizes = [
  { width: 1280, height: 720 },
  { width: 768, height: 1024 },
  { width: 390, height: 664 },
  { width: 320, height: 568 },
];

for (const size of sizes) {
  test.describe(`at ${size.width} pixels`, () => {
    test.use({ viewport: size });

    test('the timeline, then an opened entry, are clean for axe and need no scrolling sideways', async ({ page }) => {
      const timeline = await open(page, /ADEYEMI/);
      expect(await faults(page)).toEqual([]);
      await fitsAcross(page);

      await timeline.openEntry(/^Hospital stay/);
      await expect(timeline.details.getByText('Wards and places')).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await fitsAcross(page);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 664 } });

  test('key information and filters open over the list, clean for axe, and close by Esc', async ({ page }) => {
    await open(page, /ADEYEMI/);
    for (const [press, title] of [
      ['Key information', 'Key information'],
      ['Filter and sources', 'Filter and sources'],
    ] as const) {
      await page.getByRole('button', { name: press, exact: true }).click();
      const sheet = page.getByRole('dialog', { name: title });
      await expect(sheet).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await fitsAcross(page);
      await page.keyboard.press('Escape');
      await expect(sheet).toHaveCount(0);
    }
  });
});

for (const [words, what] of [
  [/^Died/, 'a person who has died'],
  [/Undated/, 'a person with undated entries'],
  [/Nothing at all/, 'a person with no entry'],
  [/Bengali/, 'a person with a name in Bengali'],
] as const) {
  test(`the page of ${what} is clean for axe`, async ({ page }) => {
    await open(page, words);
    expect(await faults(page)).toEqual([]);
  });
}

test('the second zone of the banner is clean for axe', async ({ page }) => {
  const timeline = await open(page, /ADEYEMI/);
  await timeline.banner.getByRole('button', { name: /More about the person/ }).click();
  await expect(timeline.banner.getByText('Address')).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test('a record with a source that could not be read is clean for axe', async ({ page }) => {
  await page.route(/\/fhir\/Task\?/, (route) => route.fulfill({ status: 500, body: '{}' }));
  const person = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  await expect(page.getByText(/could not be read/).first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

for (const [address, heading] of [
  ['/launch', 'This page was opened with an incomplete address'],
  ['/launch?iss=https%3A%2F%2Felsewhere.example%2Ffhir&launch=x', 'This record service is not one we trust'],
  [`/launch?iss=${encodeURIComponent(`${hub}/fhir`)}&launch=x`, 'This launch is too old, or was used before'],
  ['/callback?code=x&state=y', 'This answer does not belong to a launch of this tab'],
  ['/timeline', 'Your session has ended'],
  ['/no-such-page', 'There is no page at this address'],
] as const) {
  test(`the page that says "${heading}" is clean for axe and fits a narrow window`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 568 });
    await fitsAcross(page);
  });
}

test('the picker is clean for axe: its form, its errors and the people found', async ({ page }) => {
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  const clean = async () => {
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 568 });
    await fitsAcross(page);
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  await clean();
  await picker.nhsNumber.fill('123');
  await picker.find();
  await expect(picker.problems).toBeVisible();
  await clean();
  await picker.nhsNumber.fill('');
  await picker.fillName('Ahmed', { day: '14', month: '2', year: '1985' });
  await picker.agreed();
  await picker.find();
  await expect(picker.candidates).toHaveCount(2);
  await clean();
});

test('the page of a sign-on that was refused is clean for axe and leads back', async ({ page }) => {
  const asked = page.waitForRequest(/\/sso\/auth\?/);
  await page.goto('/');
  const state = new URL((await asked).url()).searchParams.get('state') ?? '';
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  const answer = new URLSearchParams({ state, error: 'access_denied', iss: `${desks}/sso` });
  await page.goto(`/oauth/sign-on/callback?${answer.toString()}`);
  await expect(page.getByRole('heading', { name: 'You are not signed on' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Sign on again' }).click();
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
});

test('a page of the authorization server that cannot go on says so, clean for axe', async ({ page }) => {
  const answer = await page.goto('/oauth/interaction/nobody');
  expect(answer?.status()).toBeGreaterThanOrEqual(400);
  await expect(page.getByRole('heading', { name: 'The record was not opened' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test.describe('in forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('rows have borders, the Now line stands, focus is seen, entries open', async ({ page }) => {
    const timeline = await open(page, /ADEYEMI/);
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    expect(await faults(page)).toEqual([]);
    const row = await timeline.reach(/^Hospital stay/);
    const border = await row
      .locator('[data-selected]')
      .evaluate((element) => getComputedStyle(element).borderLeftWidth);
    expect(Number.parseFloat(border)).toBeGreaterThan(0);
    await expect(page.getByRole('heading', { name: /^Now, / })).toBeVisible();
    // Icons are drawn in the system's own text colour, not in one that may vanish.
    const icon = row.locator('svg').first();
    const [drawn, text] = await icon.evaluate((svg) => {
      const probe = document.createElement('span');
      probe.style.color = 'CanvasText';
      document.body.append(probe);
      const colours = [getComputedStyle(svg).color, getComputedStyle(probe).color];
      probe.remove();
      return colours;
    });
    expect(drawn).toBe(text);
    await row.focus();
    const outline = await row.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    await expect(timeline.details.getByText('Wards and places')).toBeVisible();
  });
});
