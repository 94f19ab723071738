import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
import { openOwnRecord } from '../own-record.ts';
import { axeFaults } from '../page-checks.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

test('a person undoes and seals one clinic: a hospital doctor sees it and its letter, then is told "some" and no more; the person reads who looked', async ({
  page,
  browser,
}) => {
  const person = await personWith(/one hospital clinic/);
  const clinic = /Outpatient: ophthalmology/;
  const doctor = new TimelinePage(page);
  const open = async () => {
    await page.goto(`${desks}/launch?system=carecast&patient=${person.nhsNumber}`);
    await doctor.isOf(person);
    await doctor.isWhole();
  };
  // From the first day on he keeps it from everybody.
  await open();
  await expect(doctor.completeness).toHaveAttribute('data-withheld', 'some');
  await expect(doctor.titled(clinic)).toHaveCount(0);
  const shown = await doctor.count('statements');

  const { phone, own } = await openOwnRecord(browser, person);
  await expect(own.completeness).toHaveAttribute('data-withheld', 'none');
  await phone.getByRole('button', { name: 'Who may look' }).click();
  const choices = phone.getByRole('dialog', { name: 'Who may look' });
  await expect(choices).toContainText('Kept back from everybody, decided');
  expect(await axeFaults(phone)).toEqual([]);
  await choices.getByRole('button', { name: /^Undo/ }).click();
  await expect(choices).toContainText('Undone. Given again:');
  await choices.getByRole('button', { name: 'Close' }).click();

  // It holds for the very next reading: the clinic is there, and the letter and booking that went with it.
  await open();
  await expect(doctor.titled(clinic).first()).toBeVisible();
  expect(await doctor.count('statements')).toBeGreaterThan(shown);
  await expect(doctor.completeness).toHaveAttribute('data-withheld', 'none');

  await own.openEntry(clinic);
  await own.details.getByRole('button', { name: 'Keep this from everybody' }).click();
  await expect(own.details).toContainText('You keep this from everybody, with what is linked to it.');
  await own.details.getByRole('button', { name: 'Close' }).click();
  await open();
  await expect(doctor.titled(clinic)).toHaveCount(0);
  expect(await doctor.count('statements')).toBe(shown);
  await expect(doctor.completeness).toHaveAttribute('data-withheld', 'some');

  await phone.getByRole('button', { name: 'Who looked' }).click();
  const looked = phone.getByRole('dialog', { name: 'Who looked' });
  await expect(looked.getByRole('listitem').filter({ hasText: 'from Carecast' })).toContainText(
    /University College London Hospitals.*Opened the record; read visits and stays/,
  );
  await expect(looked.getByRole('listitem').filter({ hasText: 'You' }).first()).toBeVisible();
  expect(await axeFaults(phone)).toEqual([]);
  await phone.context().close();
});
