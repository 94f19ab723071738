import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
import { tabTo } from '../by-key.ts';
import { launch, open } from '../page-states.ts';
import { personWith } from '../people.ts';
import { PickerPage } from '../picker-page.ts';
import { PrintPage } from '../print-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

// No pointer is used in this file either: what `keyboard.test.ts` leaves, each way by key alone.

test('a source that failed is read again by key, and focus is not lost when what was pressed goes', async ({
  page,
}) => {
  let broken = true;
  await page.route(/\/fhir\/Task\?/, (route) =>
    broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
  );
  const timeline = await launch(page, /ADEYEMI/);
  await expect(timeline.completeness).toHaveAttribute('data-failed', /liquidlogic/);
  await tabTo(page, page.getByRole('button', { name: 'Try again' }).first());
  broken = false;
  await page.keyboard.press('Enter');
  await expect(timeline.completeness).toHaveAttribute('data-failed', '');
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
});

test('loading is stopped and taken up again by key', async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  await page.route(/\/fhir\/Encounter\?/, async (route) => {
    asked += 1;
    if (asked > 1) await held;
    await route.continue();
  });
  const timeline = await launch(page, /1,500/);
  await expect(timeline.rows.first()).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Stop' }));
  await page.keyboard.press('Space');
  await expect(timeline.completeness.getByText(/^Loading stopped\./).last()).toBeVisible();
  release();
  await tabTo(page, page.getByRole('button', { name: 'Load the rest' }));
  await page.keyboard.press('Enter');
  await timeline.isWhole();
});

test('what is not connected leads to the list of sources, and Tab goes on from there', async ({ page }) => {
  await open(page, /ADEYEMI/);
  await tabTo(page, page.getByRole('button', { name: 'What is not connected?' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('#sources')).toBeFocused();
  await expect(page.locator('#sources')).toBeInViewport();
});

test('the second zone of the banner opens and closes by key', async ({ page }) => {
  const timeline = await open(page, /ADEYEMI/);
  await tabTo(page, timeline.banner.getByRole('button', { name: /about the person/ }));
  await page.keyboard.press('Space');
  await expect(timeline.banner.getByText('Address')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(timeline.banner.getByText('Address')).toHaveCount(0);
});

test('three months are printed by key alone', async ({ page }) => {
  const print = new PrintPage(page);
  await print.standIn();
  await open(page, /ADEYEMI/);
  await tabTo(page, page.getByRole('button', { name: 'Print', exact: true }));
  await page.keyboard.press('Enter');
  await expect(print.sheet).toBeVisible();
  await tabTo(page, print.sheet.getByRole('radio', { name: 'Last 12 months' }), 10);
  await page.keyboard.press('ArrowUp');
  await expect(print.sheet.getByRole('radio', { name: 'Last 3 months' })).toBeChecked();
  await tabTo(page, print.print, 10);
  await page.keyboard.press('Enter');
  await print.isPrinted();
  await print.end();
  await expect(print.document).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Print', exact: true })).toBeFocused();
});

test('signing on, looking for somebody and opening the record, by key alone', async ({ page }) => {
  const person = await personWith(/ADEYEMI/);
  const picker = new PickerPage(page);
  await page.goto(`${desks}/intranet`);
  await tabTo(page, page.getByRole('link', { name: 'Care Timeline' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Dr Adaeze Okafor' }));
  await page.keyboard.press('Enter');
  await expect(picker.form).toBeVisible();
  await tabTo(page, picker.nhsNumber);
  await page.keyboard.type(person.nhsNumber);
  await tabTo(page, page.getByRole('radio').first());
  await page.keyboard.press('Space');
  if (!(await page.getByRole('radio', { name: /The person is here and agrees/ }).isChecked())) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(page.getByRole('radio', { name: /The person is here and agrees/ })).toBeChecked();
  await tabTo(page, page.getByRole('button', { name: 'Find the person' }));
  await page.keyboard.press('Enter');
  await expect(picker.candidates).toHaveCount(1);
  await tabTo(page, picker.candidates.getByRole('button'));
  await page.keyboard.press('Enter');
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 664 } });

  test('key information opens over the list, closes by Esc, and focus is back on what opened it', async ({ page }) => {
    await open(page, /ADEYEMI/);
    const button = page.getByRole('button', { name: 'Key information', exact: true });
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Key information' });
    await expect(sheet.getByRole('heading', { name: 'Key information' }).first()).toBeFocused();
    await expect(sheet.getByText('Penicillin').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(button).toBeFocused();
  });
});
