import { expect, type Download, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { desks, hub } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

// Florence has a letter of every form. Each is read in place, on the built product and under its own content security policy.

test.use({ viewport: { width: 1280, height: 1400 } });

async function openFlorence(page: Page): Promise<TimelinePage> {
  const florence = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=system-c&patient=${florence.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(florence);
  await timeline.isWhole();
  return timeline;
}

/** Complaints of the browser that something was refused: by the policy, or because a file was not there. */
function refusals(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  return said;
}

test('the discharge summary is a PDF: its pages are drawn, its words can be read out, and all of it comes from here', async ({
  page,
  addresses,
}) => {
  const refused = refusals(page);
  const timeline = await openFlorence(page);
  await timeline.openEntry(/^Hospital stay: fall at home, hip fracture/);
  const { details } = timeline;
  await expect(details.getByText(/^PDF · \d+ KB$/)).toBeVisible();
  await details.getByRole('button', { name: 'Read Discharge summary', exact: true }).first().click();
  const first = details.getByRole('group', { name: 'Page 1 of 2' });
  await expect(first.getByText('Apixaban 2.5 mg')).toBeAttached();
  await expect(
    details.getByRole('group', { name: 'Page 2 of 2' }).getByText('Call 111', { exact: false }),
  ).toBeAttached();
  await expect
    .poll(() =>
      first.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return pixels.filter((value, place) => place % 4 === 0 && value < 100).length;
      }),
    )
    .toBeGreaterThan(500);
  await details.getByRole('button', { name: 'Words only' }).click();
  await expect(details.getByRole('heading', { name: 'Page 2' })).toBeVisible();
  await expect(details.getByText('No evidence of acute kidney', { exact: false })).toBeVisible();
  expect(refused).toEqual([]);
  const elsewhere = addresses.filter((address) => !address.startsWith(hub) && !address.startsWith(desks));
  expect(elsewhere.filter((address) => !/^(?:blob|data):/.test(address))).toEqual([]);
});

test('the clinic letter keeps its table of blood pressures', async ({ page }) => {
  const refused = refusals(page);
  const timeline = await openFlorence(page);
  const visits = timeline.titled(/^Outpatient: geriatric medicine/);
  await timeline.reach(/^Outpatient: geriatric medicine/);
  await visits.first().getByRole('heading', { level: 3 }).getByRole('button').click();
  const { details } = timeline;
  await expect(details.getByText('Reading what is linked')).toHaveCount(0);
  await details.getByRole('button', { name: 'Read Geriatric Medicine clinic letter', exact: true }).first().click();
  const table = details.getByRole('table', { name: 'Blood pressure lying and standing' });
  await expect(table.getByRole('columnheader', { name: 'Systolic mmHg' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'Standing, 1 minute 126 70 A little' })).toBeVisible();
  expect(refused).toEqual([]);
});

test('a scanned sheet is shown as a picture that says what it is', async ({ page }) => {
  const refused = refusals(page);
  const timeline = await openFlorence(page);
  await timeline.openEntry(/Walking aid assessment sheet/i);
  const { details } = timeline;
  await details.getByRole('button', { name: 'Read Walking aid assessment sheet', exact: true }).click();
  const scan = details.getByRole('img', { name: /^Scanned page of Walking aid assessment sheet/ });
  await expect(scan).toBeVisible();
  await expect.poll(() => scan.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBeGreaterThan(300);
  await expect(details.getByText('its words cannot be read out or searched', { exact: false })).toBeVisible();
  expect(refused).toEqual([]);
});

test('a form that no browser shows is saved whole, under a name that says nothing of her', async ({ page }) => {
  const timeline = await openFlorence(page);
  await timeline.openEntry(/Heart failure nurse referral form/i);
  const { details } = timeline;
  await expect(details.getByText(/^Rich text \(RTF\) · \d+ bytes$/)).toBeVisible();
  await details.getByRole('button', { name: 'Read Heart failure nurse referral form', exact: true }).click();
  const saved = page.waitForEvent('download');
  await details.getByRole('button', { name: 'Save Heart failure nurse referral form' }).click();
  const file: Download = await saved;
  expect(file.suggestedFilename()).toBe('letter.rtf');
  expect(readFileSync(await file.path(), 'latin1')).toContain('breathless on stairs');
});
