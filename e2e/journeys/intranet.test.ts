import { expect } from '@playwright/test';
import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import { desks } from '../addresses.ts';
import { allPeople, personWith, twoPeopleOf } from '../people.ts';
import { PickerPage } from '../picker-page.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

test('a consultant signs on from the intranet and opens a record by NHS number', async ({ page }) => {
  const person = await personWith(/ADEYEMI/);
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Fatima Pryce');
  await expect(page.getByText('Signed on: Dr Fatima Pryce, Consultant, Whittington Health NHS Trust')).toBeVisible();

  await picker.nhsNumber.fill(formatNhsNumber(person.nhsNumber));
  await picker.agreed();
  await picker.find();
  await expect(page.getByRole('heading', { name: 'Is this the right person?' })).toBeVisible();
  await expect(picker.candidates).toHaveCount(1);
  await expect(picker.candidates).toContainText(person.name);
  await expect(picker.candidates).toContainText(formatNhsNumber(person.nhsNumber));
  await expect(page.getByText('Your reason: The person is here and agrees')).toBeVisible();

  await picker.candidates.getByRole('button').click();
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await expect(timeline.banner).toContainText('Dr Fatima Pryce');
  await expect(page.getByText(/^Opened from Borough sign-on \d\d:\d\d$/)).toBeVisible();
});

test('two people of one name and birthday are both shown, told apart, and the one chosen is the one opened', async ({
  page,
}) => {
  const alike = (await allPeople()).filter(({ why }) => why.includes('one name and birthday'));
  const [first, second] = alike;
  if (first === undefined || second === undefined) throw new Error('there are not two people alike');
  expect(first.name).toBe(second.name);

  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  for (const wanted of [second, first]) {
    await page.goto('/');
    await expect(picker.form).toBeVisible();
    await picker.fillName('ahmed', { day: '14', month: '2', year: '1985' });
    await picker.agreed();
    await picker.find();
    await expect(page.getByRole('heading', { name: '2 people found' })).toBeVisible();
    await expect(picker.candidates).toHaveCount(2);
    for (const { nhsNumber } of alike) {
      await expect(picker.candidates.filter({ hasText: formatNhsNumber(nhsNumber) })).toHaveCount(1);
    }
    // Who hears the buttons only must be able to tell them apart too.
    const number = formatNhsNumber(wanted.nhsNumber).replaceAll('\u00a0', ' ');
    const open = page.getByRole('button', { name: `Open the record of ${wanted.name}, NHS No. ${number}` });
    await expect(open).toHaveCount(1);
    await open.click();
    const timeline = new TimelinePage(page);
    await timeline.isOf(wanted);
    await expect(timeline.banner).toContainText(wanted.name);
  }
});

test('an NHS number with one wrong digit finds nobody and says what to check; what was typed stays', async ({
  page,
}) => {
  const { nhsNumber } = await personWith(/ADEYEMI/);
  const wrong = nhsNumber.slice(0, 8) + String((Number(nhsNumber[8]) + 1) % 10) + nhsNumber.slice(9);
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await picker.nhsNumber.fill(wrong);
  await picker.agreed();
  await picker.find();
  await expect(picker.problems).toContainText('This is not an NHS number');
  await expect(picker.candidates).toHaveCount(0);
  await expect(picker.nhsNumber).toHaveValue(wrong);
  await expect(picker.nhsNumber).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveTitle(/^Problem: /);
});

test('a number or a name that fits nobody says so, and never shows somebody near it', async ({ page }) => {
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await picker.nhsNumber.fill('999 999 9980');
  await picker.agreed();
  await picker.find();
  await expect(picker.problems).toContainText('Nobody in this record fits. Check the NHS number');
  await expect(picker.candidates).toHaveCount(0);

  // The right name on the wrong birthday is another person, or nobody.
  await picker.nhsNumber.fill('');
  await picker.fillName('Adeyemi', { day: '13', month: '3', year: '1948' });
  await picker.find();
  await expect(picker.problems).toContainText('Nobody in this record fits. Check the name and date of birth');
  await expect(picker.candidates).toHaveCount(0);

  // A number and a name of two people fit nobody, whichever of them is right.
  const other = await personWith(/CAMPBELL/);
  await picker.nhsNumber.fill(other.nhsNumber);
  await picker.fillName('Adeyemi', { day: '12', month: '3', year: '1948' });
  await picker.find();
  await expect(picker.problems).toContainText('Nobody in this record fits');
  await expect(picker.candidates).toHaveCount(0);
});

test('nobody is shown before a reason is given, and for somebody who is not here the reason is told in words', async ({
  page,
}) => {
  const person = await personWith(/ADEYEMI/);
  const picker = new PickerPage(page);
  await picker.signOnAs('Ms Sofia Yilmaz');
  await picker.nhsNumber.fill(person.nhsNumber);
  await picker.find();
  await expect(picker.problems).toContainText('Say why you open this record');
  await expect(page.getByText(person.name)).toHaveCount(0);

  await page.getByRole('radio', { name: /The person is not here/ }).check();
  await picker.find();
  await expect(picker.problems).toContainText('Say in a few words why');
  await expect(page.getByText(person.name)).toHaveCount(0);

  await page.getByRole('textbox', { name: 'Reason in your own words' }).fill('Care review tomorrow');
  await picker.find();
  await expect(page.getByText('Your reason: The person is not here: Care review tomorrow')).toBeVisible();
  await expect(picker.candidates).toContainText(person.name);
});

test('leaving the picker opens no record and says so', async ({ page }) => {
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await page.getByRole('button', { name: 'Leave without opening a record' }).click();
  await expect(page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
  await expect(new TimelinePage(page).banner).toHaveCount(0);
  await page.getByRole('link', { name: 'Sign on again' }).click();
  await expect(picker.form).toBeVisible();
});

test('the second record asks for the person again but not for the sign-on, and both tabs stay alive', async ({
  page,
  context,
}) => {
  const [first, second] = await twoPeopleOf('emis');
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await picker.openByNumber(first.nhsNumber);
  const one = new TimelinePage(page);
  await one.isOf(first);

  const other = await context.newPage();
  const passed: string[] = [];
  other.on('framenavigated', (frame) => passed.push(frame.url()));
  await other.goto('/');
  const again = new PickerPage(other);
  await expect(again.form).toBeVisible();
  await expect(other.getByText('Signed on: Dr Adaeze Okafor')).toBeVisible();
  expect(passed.filter((address) => address.startsWith(desks))).toEqual([]);
  await again.openByNumber(second.nhsNumber);
  const two = new TimelinePage(other);
  await two.isOf(second);
  await two.isWhole();

  await page.reload();
  await one.isOf(first);
  await one.isWhole();
  await other.reload();
  await two.isOf(second);
  await two.isWhole();
});

test('somebody else can sign on at the same browser, and the record is opened in their name', async ({ page }) => {
  const person = await personWith(/ADEYEMI/);
  const picker = new PickerPage(page);
  await picker.signOnAs('Dr Adaeze Okafor');
  await page.getByRole('link', { name: /Not you\? Sign on as someone else/ }).click();
  await expect(page.getByRole('heading', { name: 'Borough sign-on' })).toBeVisible();
  await page.getByRole('button', { name: 'Ms Sofia Yilmaz' }).click();
  await expect(page.getByText('Signed on: Ms Sofia Yilmaz')).toBeVisible();
  await picker.openByNumber(person.nhsNumber);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await expect(timeline.banner).toContainText('Ms Sofia Yilmaz');
  await expect(timeline.banner).not.toContainText('Dr Adaeze Okafor');
});
