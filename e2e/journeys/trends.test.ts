import { expect, test, type Locator, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

async function openPanel(page: Page, who: RegExp): Promise<Locator> {
  const person = await personWith(who);
  await page.goto(`${desks}/launch?system=${person.systems[0] ?? 'emis'}&patient=${person.nhsNumber}`);
  await new TimelinePage(page).isOf(person);
  const panel = page.getByRole('complementary', { name: 'Key information' });
  await panel.getByText('Results and trends').click();
  return panel;
}

const trend = (page: Page) => page.getByTestId('trend');

test('Winston’s kidneys over twenty years: a line that falls, then limits that are no points, by keyboard alone', async ({
  page,
}) => {
  const panel = await openPanel(page, /CAMPBELL/);
  const open = panel.getByRole('button', { name: /^eGFR.*over time/ });
  await open.focus();
  await page.keyboard.press('Enter');
  await expect(trend(page).getByRole('heading', { name: 'eGFR over time' })).toBeFocused();
  const slider = trend(page).getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    /Mar-2004.*: 58 mL\/min\/1\.73 m2, outside the range the laboratory stated/,
  );
  await trend(page)
    .getByRole('button', { name: /^Show all \d+ readings/ })
    .click();
  await expect(trend(page).getByRole('cell', { name: '<15' })).toHaveCount(5);
  await expect(trend(page).getByText('The value lies below this limit')).toBeVisible();
  await expect(trend(page)).not.toContainText(/\bnormal\b/i);
  await page.keyboard.press('Escape');
  await expect(trend(page)).toHaveCount(0);
  await expect(open).toBeFocused();
});

test('a change of units is two pictures, and nothing is converted', async ({ page }) => {
  const panel = await openPanel(page, /রহমান/);
  await panel.getByRole('button', { name: 'HbA1c, mmol/mol, over time' }).click();
  for (const title of ['HbA1c (mmol/mol)', 'HbA1c (%)']) {
    await expect(trend(page).getByRole('heading', { name: title })).toBeVisible();
  }
  await expect(trend(page).getByText('No value was converted')).toBeVisible();
});

test('results that cannot be read draw no line, and Try again brings them', async ({ page }) => {
  let broken = false;
  await page.route(/\/fhir\/Observation\?.*code=/, (route) =>
    broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
  );
  const panel = await openPanel(page, /ADEYEMI/);
  broken = true;
  await panel.getByRole('button', { name: /^Blood pressure.*over time/ }).click();
  await expect(trend(page).getByText(/Results could not be read/)).toBeVisible();
  await expect(trend(page).getByRole('img')).toHaveCount(0);
  broken = false;
  await trend(page).getByRole('button', { name: 'Try again' }).click();
  await expect(trend(page).getByText('Home reading, not checked by staff').first()).toBeVisible();
  await expect(trend(page).getByText('Measured by the GP practice').first()).toBeVisible();
});
