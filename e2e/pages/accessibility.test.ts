import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
import { axeFaults } from '../page-checks.ts';
import { open } from '../page-states.ts';
import { test } from '../watched.ts';

test('the page of a sign-on that was refused is clean for axe and leads back', async ({ page }) => {
  const asked = page.waitForRequest(/\/sso\/auth\?/);
  await page.goto('/');
  const { searchParams } = new URL((await asked).url());
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  const answer = new URLSearchParams({
    state: searchParams.get('state') ?? '',
    error: 'access_denied',
    iss: `${desks}/sso`,
  });
  await page.goto(`${searchParams.get('redirect_uri')}?${answer.toString()}`);
  await expect(page.getByRole('heading', { name: 'You are not signed on' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Sign on again' }).click();
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
});

test('a page of the authorization server that cannot go on says so, clean for axe', async ({ page }) => {
  const answer = await page.goto('/oauth/interaction/nobody');
  expect(answer?.status()).toBeGreaterThanOrEqual(400);
  await expect(page.getByRole('heading', { name: 'The record was not opened' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
});

test.describe('in forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('rows have borders, the Now line stands, focus is seen, entries open', async ({ page }) => {
    const timeline = await open(page, /ADEYEMI/);
    expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
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
    // A chip, a gap and a button keep a border where their ground is gone.
    const borderless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main button[class*=border-control], .gap-ground, [role=alert] > div')]
        .filter(
          (element) => element.checkVisibility() && Number.parseFloat(getComputedStyle(element).borderTopWidth) === 0,
        )
        .map(({ outerHTML }) => outerHTML.slice(0, 80)),
    );
    expect(borderless).toEqual([]);
    await row.focus();
    const outline = await row.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    await expect(timeline.details.getByText('Wards and places')).toBeVisible();
  });
});
