import { expect, type Page } from '@playwright/test';
import { openAsSocialWorker } from '../declare-ground.ts';
import { desks } from '../addresses.ts';
import { personWith, type Person } from '../people.ts';
import { PrintPage, timesPrinted } from '../print-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

/** Opens a person's whole record, ready to be printed; `query` holds filters. */
async function open(page: Page, words: RegExp): Promise<{ person: Person; timeline: TimelinePage; print: PrintPage }> {
  const print = new PrintPage(page);
  await print.standIn();
  const person = await personWith(words);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  return { person, timeline, print };
}

/** Words without the line breaks and double spaces of a printed page. */
function plain(text: string): string {
  return text.replace(/[\s\u00a0]+/g, ' ');
}

const spaced = (number: string) => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

test('two years on paper: on every sheet whose record it is, who printed it and when, and which page of how many', async ({
  page,
}) => {
  const { person, timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  await print.open();
  await print.choose('Last two years');
  const told = await print.sheet.getByText(/^\d+ entries of the last two years/).innerText();
  await print.press();
  const pages = await print.pages();
  expect(pages.length).toBeGreaterThanOrEqual(4);
  for (const [index, { text }] of pages.entries()) {
    const sheet = plain(text);
    expect(sheet).toContain(person.name);
    expect(sheet).toMatch(/Born \d{2}-[A-Z][a-z]{2}-\d{4} \(\d+y\)/);
    expect(sheet).toContain(`NHS No. ${spaced(person.nhsNumber)}`);
    expect(sheet).toMatch(/Printed \d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2} by Dr Adaeze Okafor, .*opened from EMIS/);
    expect(sheet).toContain(`Page ${index + 1} of ${pages.length}`);
  }
  const all = plain(pages.map(({ text }) => text).join(' '));
  // What it holds and lacks stands before the first entry.
  const about = all.slice(0, all.indexOf('Key information'));
  expect(about).toContain(told);
  expect(about).toContain('No filter: every entry of the period that is loaded is here.');
  expect(about).toContain('Read by Dr Adaeze Okafor as: known to EMIS.');
  expect(about).toMatch(/Out-of-hours and 111 records are from .* Later calls and visits may be missing\./);
  expect(about).toMatch(/GP records \(EMIS\).*starts from/);
  expect(about).toMatch(/Not connected: .*Their records are not here\./);
  expect(about).toContain("Items may be withheld by law or by the person's choice.");
  expect(all).toMatch(/Known allergies .*Penicillin/);
  expect(all).toMatch(/End of this document\. There may be more outside its period/);

  // Another way to the same figure: the list's own filter by date.
  const entries = await print.document.locator('article').count();
  expect(told).toBe(told.replace(/^\d+/, String(entries)));
  await print.end();
  const from = await page.evaluate(() => {
    const day = new Date();
    day.setFullYear(day.getFullYear() - 2);
    return day.toLocaleDateString('sv-SE');
  });
  await page.evaluate((day) => history.pushState(null, '', `?from=${day}`), from);
  const unfold = page.getByRole('button', { name: /^Show all \d+$/ });
  await expect.poll(() => timeline.count('hidden')).toBeGreaterThan(0);
  await unfold.click();
  await expect.poll(() => timeline.count('shown')).toBe(entries);
});

test('no entry is split between two sheets, and every one of them is on paper whole', async ({ page }) => {
  const { timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  await print.open();
  await print.choose('Everything that is loaded');
  await print.press();
  const entries = await print.document
    .locator('article')
    .evaluateAll((found) => found.map(({ textContent }) => textContent));
  expect(entries.length).toBeGreaterThan(200);
  const bare = (text: string | null) => (text ?? '').replace(/\s/g, '');
  const sheets = (await print.pages()).map(({ text }) => bare(text));
  const split = entries.filter((entry) => !sheets.some((sheet) => sheet.includes(bare(entry))));
  expect(split).toEqual([]);
});

test('after printing the document is gone, and the page is where it was', async ({ page }) => {
  const { timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 2500);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(2000);
  await isStill(page);
  const row = timeline.rows.nth(Math.floor((await timeline.rows.count()) / 2));
  const key = await row.getAttribute('data-key');
  const top = async () => (await page.locator(`article[data-key="${key}"]`).boundingBox())?.y ?? Infinity;
  const before = await top();
  await page.keyboard.press('Control+p');
  await print.choose('Last 3 months');
  await print.press();
  await print.pages();
  expect(await timesPrinted(page.mainFrame())).toBe(1);
  await print.end();
  await expect(print.document).toHaveCount(0);
  await expect(print.sheet).toHaveCount(0);
  // What a reader looks at stays, whatever the header above it does.
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThanOrEqual(2);
});

/** Waits until nothing of the list has moved for twenty frames: a turn of the wheel goes on after it was turned. */
async function isStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const where = () => document.querySelector('article')?.getBoundingClientRect().top;
    for (let [still, last] = [0, where()]; still < 20;) {
      await new Promise(requestAnimationFrame);
      still = where() === last ? still + 1 : 0;
      last = where();
    }
  });
}

test('what could not be read and what is withheld is said on paper', async ({ page }) => {
  await page.route(/\/fhir\/Task\?/, (route) => route.fulfill({ status: 500, body: '{}' }));
  const print = new PrintPage(page);
  await print.standIn();
  await openAsSocialWorker(page, await personWith(/Labelled/));
  const timeline = new TimelinePage(page);
  await expect(timeline.completeness).toHaveAttribute('data-failed', /liquidlogic/);
  await expect(timeline.completeness).toHaveAttribute('data-withheld', 'some');
  await print.open();
  await print.press();
  const [first] = await print.pages();
  const about = plain(first?.text ?? '');
  expect(about).toMatch(/Care assessments and reviews from Social care records \(Liquidlogic\) could not be read at/);
  expect(about).toContain('Entries may be missing.');
  expect(about).toContain('No part of this period was read whole. Entries are missing.');
  expect(about).toContain('Some information is not shown to you, for privacy.');
});

test('a filter is never followed in silence: all is printed unless asked for, and then the filter is named', async ({
  page,
}) => {
  const { timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  await page.getByRole('checkbox', { name: /^GP/ }).first().click();
  await expect.poll(() => timeline.count('hidden')).toBeGreaterThan(0);
  await print.open();
  const whole = print.sheet.getByText(/No filter: every entry/);
  await expect(whole).toBeVisible();
  await print.sheet.getByRole('checkbox', { name: 'Only what the filters show' }).check();
  await expect(whole).toHaveCount(0);
  await expect(print.sheet.getByText(/Filters are followed: Care setting: .*GP.* They leave out \d+/)).toBeVisible();
  await print.press();
  const [first] = await print.pages();
  expect(plain(first?.text ?? '')).toMatch(/Filters are followed: Care setting: .*GP/);
});

test('two days that make no period are said in words, and nothing is printed for them', async ({ page }) => {
  const { timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  await print.open();
  await print.choose('From one day to another');
  await expect(print.print).toBeDisabled();
  await print.sheet.getByLabel('First day').fill('2026-02-01');
  await print.sheet.getByLabel('Last day').fill('2026-01-01');
  await expect(print.sheet.getByText('The last day lies before the first.')).toBeVisible();
  await expect(print.print).toBeDisabled();
  await print.sheet.getByLabel('Last day').fill('2026-03-01');
  await expect(print.sheet.getByText(/of 01-Feb-2026 to 01-Mar-2026\./)).toBeVisible();
  await expect(print.print).toBeEnabled();
});

test('a browser that does not print says nothing: the page says it, and leaves no document behind', async ({
  page,
}) => {
  const { print } = await open(page, /ADEYEMI/);
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await print.open();
  await print.print.click();
  await expect(print.sheet.getByText(/The browser did not print\./)).toBeVisible();
  await expect(print.document).toHaveCount(0);
});

test('from the browser’s own menu no entry is printed: the page says whose it is, and how a record is printed', async ({
  page,
}) => {
  const { person, timeline, print } = await open(page, /ADEYEMI/);
  await timeline.isWhole();
  const pages = await print.pages();
  expect(pages).toHaveLength(1);
  const text = plain(pages[0]?.text ?? '');
  expect(text).toContain(person.name);
  expect(text).toContain(spaced(person.nhsNumber));
  expect(text).toContain('No entries are printed from here. Press Print on the page');
  expect(text).not.toContain('Hospital stay');
});

test('in a desk’s frame the frame prints itself, and not the desk around it', async ({ page }) => {
  const print = new PrintPage(page);
  await print.standIn();
  const person = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}&frame=1`);
  const root = page.frameLocator('iframe');
  await new TimelinePage(root).isOf(person);
  await root.getByRole('button', { name: 'Print', exact: true }).click();
  const sheet = root.getByRole('dialog', { name: 'Print' });
  await sheet.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(root.getByTestId('paper')).toHaveCount(1);
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
  if (frame === undefined) throw new Error('the desk opened no frame');
  await expect.poll(() => timesPrinted(frame)).toBe(1);
  expect(await timesPrinted(page.mainFrame())).toBe(0);
});

test('the sheet that asks for a period takes focus, Esc closes it, and focus is back where it was', async ({
  page,
}) => {
  const { print } = await open(page, /ADEYEMI/);
  const button = page.getByRole('button', { name: 'Print', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(print.sheet.getByRole('heading', { name: 'Print' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(print.sheet).toHaveCount(0);
  await expect(button).toBeFocused();
});
