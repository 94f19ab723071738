import { expect } from '@playwright/test';
import { desks, hub } from '../addresses.ts';
import { axeFaults } from '../page-checks.ts';
import { personWith } from '../people.ts';
import { PickerPage } from '../picker-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

test('a person opens their own record from their phone, chooses nobody, and is asked again the next time', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const person = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/phone`);
  await page.getByRole('link', { name: 'Open my care record' }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  await page.getByRole('button', { name: person.name }).click();
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await page.reload();
  await timeline.isOf(person);

  // On a family's computer the next one is not let in by the sign-in of the first.
  await page.goto('/?as=person');
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  const other = await personWith(/MURPHY|CAMPBELL/);
  await page.getByRole('button', { name: other.name }).click();
  await timeline.isOf(other);

  // Nor is a member of staff who comes to it.
  await new PickerPage(page).signOnAs('Dr Adaeze Okafor');
  await expect(page.getByText('Signed on: Dr Adaeze Okafor')).toBeVisible();
});

test('a second clinician signs on at a shared computer: what the first had open ends, and signing off ends theirs', async ({
  page,
  context,
}) => {
  const person = await personWith(/ADEYEMI/);
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await picker.openByNumber(person.nhsNumber);
  const first = new TimelinePage(page);
  await first.isOf(person);

  const other = await context.newPage();
  await other.goto('/');
  await other.getByRole('link', { name: /Not you\? Sign on as someone else/ }).click();
  await other.getByRole('button', { name: 'Ms Sofia Yilmaz' }).click();
  await expect(other.getByText('Signed on: Ms Sofia Yilmaz')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  await expect(first.banner).toHaveCount(0);

  await new PickerPage(other).openByNumber(person.nhsNumber);
  await new TimelinePage(other).isOf(person);
  await page.goto(`${hub}/oauth/sessions`);
  await expect(
    page.getByRole('heading', { name: 'A record opened from Borough sign-on, in this browser' }),
  ).toHaveCount(1);
  await expect(page.getByText(person.name)).toHaveCount(0);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign off in this browser' }).click();
  await expect(page.getByText('You are signed off, and the records you opened are closed.')).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
});
