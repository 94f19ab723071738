import { expect, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

/** From the desk to Florence's whole record, with the overview over it. */
async function open(page: Page): Promise<TimelinePage> {
  const person = await personWith(/ADEYEMI/i);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await expect(page.getByRole('slider', { name: 'Months shown in the overview' })).toBeVisible();
  return timeline;
}

const slider = (page: Page) => page.getByRole('slider', { name: 'Months shown in the overview' });

/** The year of the highest row that can be read under the strip. */
async function yearInView(page: Page): Promise<number> {
  return page.evaluate(() => {
    const strip = document.querySelector('#overview')?.getBoundingClientRect().bottom ?? 0;
    const row = [...document.querySelectorAll('[role=feed] article')].find(
      (article) => article.getBoundingClientRect().bottom > strip + 30,
    );
    return Number(/\b(?:19|20)\d\d\b/.exec(row?.querySelector('[id$=-date]')?.textContent ?? '')?.[0]);
  });
}

test('dragging over the lanes moves the list and back, without an entry being opened', async ({ page }) => {
  const timeline = await open(page);
  const lanes = await page.getByTestId('overview-plot').boundingBox();
  if (lanes === null) throw new Error('the lanes are not drawn');
  const y = lanes.y + lanes.height / 2;
  expect(await yearInView(page)).toBe(2026);

  await page.mouse.move(lanes.x + lanes.width * 0.7, y);
  await page.mouse.down();
  await page.mouse.move(lanes.x + lanes.width * 0.1, y, { steps: 8 });
  await page.mouse.up();
  // A tenth of the way through November 2024 to January 2027: January 2025, or what stands next before it.
  await expect.poll(() => yearInView(page)).toBeLessThanOrEqual(2025);
  await expect(page.getByTestId('overview-band')).toHaveCount(1);
  await expect(timeline.details).toHaveCount(0);

  await page.getByRole('button', { name: 'Today', exact: true }).click();
  await expect.poll(() => yearInView(page)).toBe(2026);
});

test('Show only this period cuts the list to what the overview shows, and Back brings the rest', async ({ page }) => {
  const timeline = await open(page);
  await page.getByRole('button', { name: 'Older', exact: true }).click();
  const words = (await slider(page).getAttribute('aria-valuetext')) ?? '';
  const within = Number(/, (\d+) entr/.exec(words)?.[1]);
  expect(within).toBeGreaterThan(0);
  expect(await timeline.count('hidden')).toBe(0);

  await page.getByRole('button', { name: 'Show only this period', exact: true }).click();
  await expect.poll(() => timeline.count('hidden')).toBeGreaterThan(0);
  expect(await timeline.count('shown')).toBe(within);
  // The rest stands in the overview all the while: a cut list is not an empty past.
  await expect(slider(page)).toHaveAttribute('aria-valuetext', words);

  await page.goBack();
  await expect.poll(() => timeline.count('hidden')).toBe(0);
  await expect(page.getByRole('button', { name: 'Show only this period', exact: true })).toBeVisible();
});

test('by key alone: through the years, in words, and to the rows of a year', async ({ page }) => {
  await open(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '0');
  await expect.poll(() => yearInView(page)).toBeLessThan(2005);
  await page.keyboard.press('End');
  await expect.poll(() => yearInView(page)).toBe(2026);
  await expect(slider(page)).toBeFocused();

  await page.getByRole('button', { name: 'In words', exact: true }).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Overview in words' });
  await expect(sheet.getByRole('table')).toBeVisible();
  await sheet.getByRole('button', { name: 'Go to 2019' }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet).toHaveCount(0);
  await expect.poll(() => yearInView(page)).toBe(2019);
});
