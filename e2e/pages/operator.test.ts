import { expect, test, type Page } from '@playwright/test';
import { adt, newcomer, newNumber, send } from '../hospital.ts';
import { axeFaults, tooWide } from '../page-checks.ts';

// Who keeps the hub running sees how the sources stand and what could not be used, and no more of anybody than that takes.

async function signOn(page: Page, name: string): Promise<void> {
  await page.goto('/ops');
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  await page.getByRole('button', { name }).click();
}

async function isSound(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  expect(await tooWide(page)).toBe(0);
}

test('an operator sees the sources, finds a message that could not be used, looks at its shape, releases it, and sees what was doubtful', async ({
  page,
}) => {
  const secret = newNumber('Q');
  const control = newNumber('C');
  const message = adt({ event: 'A01', patient: newcomer('Quillfeather', secret) });
  const unlikely = { ...newcomer('Quillfeather', secret), nhsNumber: '9990000019' };
  expect(await send(adt({ event: 'A28', patient: unlikely }))).toBe('AA');
  // What is for training gets no further than the dead letters, and nothing of whom it names gets there.
  expect(await send(adt({ event: 'A28', patient: unlikely }).replace('|P|2.4', '|T|2.4'))).toBe('AE');
  // A kind of message that the hub does not read.
  expect(await send(message.replace('ADT^A01', 'ZZZ^Z01').replace(/\|C[A-Z0-9]+\|P\|/, `|${control}|P|`))).toBe('AA');

  await signOn(page, 'Marcin Zielinski');
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  const hospital = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'System C' }) });
  await expect(hospital).toContainText(/MLLP port \d+: connections \d+, kept \d+/);
  await isSound(page);
  // On a phone each source is read line under line: nothing stands beside the window.
  const desk = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 390, height: 664 });
  await expect(hospital.getByRole('cell', { name: /MLLP port/ })).toHaveAttribute('data-head', 'Comes by');
  const beside = await page
    .getByRole('region', { name: 'Sources' })
    .evaluate((region) => region.scrollWidth - region.clientWidth);
  expect(beside).toBe(0);
  await isSound(page);
  await page.setViewportSize(desk);

  await page.getByRole('link', { name: 'Dead letters' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dead letters' })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('ZZZ is not a kind of message this hub reads.').first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  await isSound(page);

  await page
    .getByRole('link', { name: /^System C \d+$/ })
    .last()
    .click();
  await expect(page.getByText(`ROUTE|ROUTE|`)).toBeVisible();
  expect(await page.content()).not.toMatch(new RegExp(`${secret}|Quillfeather`, 'i'));
  await expect(page.getByText(/^PID\|9\|\|/m)).toBeVisible();
  await isSound(page);

  await page.getByRole('textbox', { name: 'Why it is not needed' }).fill('A test of the interface.');
  await page.getByRole('button', { name: 'Release it' }).click();
  await expect(page.getByRole('status')).toHaveText(/^Message \d+ is done without\.$/);
  await page.getByRole('link', { name: 'Doubts' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Taken with doubts' })).toBeVisible();
  const doubt = page.getByText('An NHS number that cannot be one: not taken').first();
  await expect(doubt).toBeVisible();
  expect(await page.content()).not.toMatch(new RegExp(`${secret}|Quillfeather`, 'i'));
  await isSound(page);
  await page.getByRole('link', { name: 'People to settle' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'People to settle' })).toBeVisible();
  await isSound(page);
  await page.getByRole('button', { name: 'Sign off' }).click();
  await page.getByRole('link', { name: 'Sign on' }).click();
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
});

test('nobody else gets there: not a doctor, and not a form from another page', async ({ page }) => {
  await signOn(page, 'Dr Fatima Pryce');
  await expect(page.getByRole('heading', { name: 'You may not operate this hub' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Consultant');
  await isSound(page);

  await page.getByRole('link', { name: 'Sign on as somebody else' }).click();
  await page.getByRole('button', { name: 'Marcin Zielinski' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();
  const answer = await page.request.post('/ops/replay', { form: { source: 'system-c', from: '1', to: '9', key: 'x' } });
  expect(answer.status()).toBe(403);
});
