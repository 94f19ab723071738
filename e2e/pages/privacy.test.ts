import { expect, test, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { axeFaults, tooWide } from '../page-checks.ts';
import { twoPeopleOf } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

// Who looks at who looked: the privacy officer by person and by user, everybody at their own trail, and each look is seen too.

async function signOn(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  await page.getByRole('button', { name }).click();
}

async function isSound(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  expect(await tooWide(page)).toBe(0);
}

test('the privacy officer finds who opened a record, what else they looked at, and is found there herself', async ({
  page,
  context,
}) => {
  const [person] = await twoPeopleOf('emis');
  const desk = await context.newPage();
  await desk.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  await new TimelinePage(desk).isOf(person);

  await signOn(page, '/privacy', 'Marian Clegg');
  await expect(page.getByRole('heading', { level: 1, name: 'Privacy' })).toBeVisible();
  await isSound(page);
  await page.getByRole('textbox', { name: 'NHS number' }).fill('999 000 0001');
  await page.getByRole('button', { name: 'Show who looked' }).click();
  await expect(page.getByRole('status')).toHaveText('Nobody here has this NHS number.');

  const lookUp = async () => {
    await page.getByRole('link', { name: 'Look up' }).click();
    await page.getByRole('textbox', { name: 'NHS number' }).fill(person.nhsNumber);
    await page.getByRole('button', { name: 'Show who looked' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Who looked at ${person.name}`);
  };
  await lookUp();
  const row = (what: string) => page.getByRole('row').filter({ hasText: what }).first();
  await expect(row('was let in')).toContainText(/Dr [^]*GP, [^]*F83063[^]*EMIS/);
  await expect(page.getByRole('table')).not.toContainText(/Encounter|Observation|R0260/);
  expect(page.url()).not.toMatch(/\d{10}/);
  await isSound(page);
  const user = /5\d{11}/.exec(await row('was let in').innerText())?.[0] ?? '';

  await page.getByRole('link', { name: 'Look up' }).click();
  await page.getByRole('textbox', { name: 'User id' }).fill(user);
  await page.getByRole('textbox', { name: 'Organisation code' }).fill('F83063');
  await page.getByRole('button', { name: 'Show what they looked at' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^What Dr .* looked at$/);
  await expect(row(person.name)).toBeVisible();
  await isSound(page);

  for (const [link, heading] of [
    ['Broken glass', 'Broken glass'],
    ['Patterns', 'Patterns'],
    ['My own trail', 'My own trail'],
  ] as const) {
    await page.getByRole('link', { name: link }).click();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await isSound(page);
  }
  await expect(
    page.getByRole('row', { name: new RegExp(`looked at who looked.*${person.name.replace(/[()]/g, '.')}`) }).first(),
  ).toBeVisible();
  await lookUp();
  await expect(row('Marian Clegg')).toContainText('looked at who looked');

  const forged = await page.request.post('/privacy/person', { form: { nhsNumber: person.nhsNumber, key: 'x' } });
  expect(forged.status()).toBe(403);
  await page.setViewportSize({ width: 390, height: 800 });
  await isSound(page);
});

test('a doctor reads their own trail there and nobody else’s', async ({ page }) => {
  await signOn(page, '/privacy', 'Dr Fatima Pryce');
  await expect(page.getByRole('heading', { level: 1, name: 'My own trail' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'signed on' }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Patterns' })).toHaveCount(0);
  await isSound(page);
  await page.goto('/privacy/patterns');
  await expect(page.getByRole('heading', { name: 'This is for privacy officers' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Consultant');
  await isSound(page);
});
