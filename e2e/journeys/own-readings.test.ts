import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
import { openOwnRecord } from '../own-record.ts';
import { axeFaults } from '../page-checks.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

test('a person shares a blood pressure from their phone: their GP reads it, marked as not checked; what was a slip is taken back', async ({
  page,
  browser,
}) => {
  const person = await personWith(/KHALIL/);
  const { phone, own } = await openOwnRecord(browser, person);

  await phone.getByRole('button', { name: 'Share a reading' }).click();
  const sheet = phone.getByRole('dialog', { name: 'Share a reading' });
  await expect(sheet).toContainText('Nobody is alerted by what you share.');
  expect(await axeFaults(phone)).toEqual([]);
  const share = async (upper: string, lower: string) => {
    await sheet.getByLabel('Upper number').fill(upper);
    await sheet.getByLabel('Lower number').fill(lower);
    await sheet.getByRole('button', { name: 'Share', exact: true }).click();
  };
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await sheet.getByLabel('Taken on, at').fill(`${yesterday}T08:10`);
  await expect(sheet, 'the month in letters').toContainText(/\d\d-[A-Z][a-z]{2}-\d{4} 08:10/);
  await share('88', '152');
  await expect(sheet.getByRole('alert')).toHaveText('The upper number has to be greater than the lower one.');
  await share('152', '88');
  await expect(sheet.getByRole('status').first()).toHaveText('Shared: Blood pressure 152/88 mmHg.');
  await share('252', '88');
  await expect(sheet.getByRole('status').first()).toHaveText('Shared: Blood pressure 252/88 mmHg.');
  await sheet.getByRole('button', { name: /^Take back Blood pressure 252/ }).click();
  await expect(sheet.getByRole('status').first()).toContainText(
    'Taken back, as entered in error: Blood pressure 252/88',
  );
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(own.titled(/152\/88 mmHg/)).toHaveCount(1);

  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const doctor = new TimelinePage(page);
  await doctor.isOf(person);
  await doctor.isWhole();
  const row = await doctor.reach(/^Home blood pressure: 152\/88 mmHg$/);
  await expect(row).toContainText('Shared by the person');
  await expect(row).toContainText('not checked by staff');
  await expect(doctor.titled(/252\/88/)).toHaveCount(0);
  await expect(page.getByText('1 item marked by the source as entered in error is not shown.')).toBeVisible();
  await phone.context().close();
});
