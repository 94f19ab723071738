import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
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
