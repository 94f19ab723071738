import { expect, test, type Page } from '@playwright/test';
import { openAsSocialWorker } from '../declare-ground.ts';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { holdClock } from '../token-life.ts';

/** Opens the frail person, who has something from every source, after `spoil` has put faults between page and hub. */
async function openWith(page: Page, spoil: (page: Page) => Promise<unknown>): Promise<TimelinePage> {
  const person = await personWith(/ADEYEMI/i);
  await spoil(page);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  return timeline;
}

test('social care answers 500: the page says so, names the source, shows the rest, and Try again brings it back', async ({
  page,
}) => {
  let broken = true;
  const timeline = await openWith(page, (p) =>
    p.route(/\/fhir\/Task\?/, (route) => (broken ? route.fulfill({ status: 500, body: '{}' }) : route.continue())),
  );
  await expect(timeline.completeness).toHaveAttribute('data-failed', /liquidlogic/);
  await expect(page.getByText(/could not be read/i).first()).toBeVisible();
  await expect.poll(() => timeline.count('shown')).toBeGreaterThan(0);
  await expect(timeline.completeness).not.toHaveAttribute('data-complete-to', 'all');

  broken = false;
  await page
    .getByRole('button', { name: /try again/i })
    .first()
    .click();
  await expect(timeline.completeness).toHaveAttribute('data-failed', '');
  await timeline.isWhole();
});

test('one stream never answers: the rest is shown, and the wait is said', async ({ page }) => {
  const asked = page.waitForRequest(/\/fhir\/Appointment\?/);
  const timeline = await openWith(page, async (p) => {
    await holdClock(p);
    await p.route(/\/fhir\/Appointment\?/, () => new Promise(() => {}));
  });
  await asked;
  await expect(timeline.rows.first()).toBeVisible();
  await expect(timeline.completeness).not.toHaveAttribute('data-complete-to', 'all');
  await page.clock.fastForward('00:21');
  await expect(page.getByText(/has not answered|could not be read/i).first()).toBeVisible();
});

test('a stream is cut short: what came is shown, what is missing is said', async ({ page }) => {
  const timeline = await openWith(page, (p) =>
    p.route(/\/fhir\/EpisodeOfCare\?/, async (route) => {
      const answer = await route.fetch();
      const body = await answer.text();
      await route.fulfill({ response: answer, body: body.slice(0, Math.floor(body.length / 2)) });
    }),
  );
  await expect(timeline.completeness).toHaveAttribute('data-failed', /liquidlogic/);
  await expect(timeline.rows.first()).toBeVisible();
});

test('an answer about another person is never shown, and is said', async ({ page }) => {
  const timeline = await openWith(page, (p) =>
    p.route(/\/fhir\/DocumentReference\?.*encounter/, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll(
        /"reference":"Patient\/[^"]+"/g,
        '"reference":"Patient/somebody-else"',
      );
      await route.fulfill({ response: answer, body });
    }),
  );
  await expect(timeline.rows.first()).toBeVisible();
  await expect(page.getByText(/another person/i).first()).toBeVisible();
});

test('items without a date stand in a band of their own and are counted', async ({ page }) => {
  const person = await personWith(/undated/i);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await expect(page.getByText(/no date/i).first()).toBeVisible();
});

test('labelled items are withheld from a social worker, and the page says that something is not shown', async ({
  page,
}) => {
  const person = await personWith(/label/i);
  await openAsSocialWorker(page, person);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await expect(timeline.completeness).toHaveAttribute('data-withheld', 'some');
  await expect(page.getByText(/not shown to you, for privacy/i).first()).toBeVisible();
});

test('the code that opens an entry does not arrive: said on a phone over the list, and Try again opens it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 664 });
  let broken = true;
  const timeline = await openWith(page, (p) =>
    p.route(/\/assets\/kept-entry-details/, (route) => (broken ? route.abort() : route.continue())),
  );
  await timeline.isWhole();
  const row = timeline.rows.first().getByRole('heading', { level: 3 }).getByRole('button');
  const title = await row.innerText();
  await row.click();
  const sheet = page.getByRole('dialog', { name: title });
  await expect(sheet.getByRole('alert')).toContainText('This entry could not be opened');
  await expect(sheet.getByRole('alert')).toBeInViewport();

  broken = false;
  await sheet.getByRole('button', { name: 'Try again' }).click();
  await expect(timeline.details.getByText('Viewing here does not file or act.')).toBeVisible();
});

test('the code for allergies, alerts and plans does not arrive: said in their place, and Try again shows them', async ({
  page,
}) => {
  let broken = true;
  const timeline = await openWith(page, (p) =>
    p.route(/\/assets\/key-strip/, (route) => (broken ? route.abort() : route.continue())),
  );
  await expect(timeline.rows.first()).toBeVisible();
  const strip = page.getByRole('region', { name: 'Allergies, alerts and plans' });
  await expect(strip.getByRole('alert')).toContainText('Allergies, alerts and plans are not shown');
  await expect(strip.getByRole('alert')).toContainText('Look in the source systems.');

  broken = false;
  await strip.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('key-allergies')).toBeVisible();
});

test('the code that says why a launch failed does not arrive: that no record is shown is said all the same', async ({
  page,
}) => {
  await page.route(/\/assets\/launch-outcome/, (route) => route.abort());
  await page.goto('/launch?iss=https%3A%2F%2Felsewhere.example%2Ffhir&launch=x');
  await expect(page.getByRole('alert')).toContainText('No record is shown');
  await expect(page.getByRole('alert')).toContainText('This does not mean that there is nothing on record.');
});
