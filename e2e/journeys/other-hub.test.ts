import { expect, test, type Page } from '@playwright/test';
import { able, minimal, type Abilities } from '../../mocks/minimal-hub/abilities.ts';
import { person, visitCount } from '../../mocks/minimal-hub/record.ts';
import { startMinimalHub, type MinimalHub } from '../../mocks/minimal-hub/server.ts';
import { serveBuild, type Release } from '../static-build.ts';
import { TimelinePage } from '../timeline-page.ts';

// The app on a server that is not ours and can do as little as R4 and SMART allow, by configuration alone: each ability
// that it lacks is said, and the timeline is whole.

const name = 'Riverside records';
const nhsNumber = person.identifier?.[0]?.value ?? '';
let hub: MinimalHub;
let app: Release;

async function open(page: Page, abilities: Abilities): Promise<TimelinePage> {
  hub = await startMinimalHub(abilities);
  app = await serveBuild({ hubs: [{ name, iss: hub.iss, clientId: hub.clientId }] });
  await page.goto(`${app.address}/launch?iss=${encodeURIComponent(hub.iss)}&launch=icon`);
  const timeline = new TimelinePage(page);
  await timeline.isOf({ nhsNumber });
  return timeline;
}

test.afterEach(async () => {
  app.close();
  await hub.close();
});

test('a server with as little as R4 and SMART allow: the timeline is whole, and each thing it lacks is said', async ({
  page,
}) => {
  const timeline = await open(page, minimal);
  await timeline.isWhole();
  // Every visit, the letter and the report that belong to none, and the booking ahead.
  await expect(timeline.completeness).toHaveAttribute('data-shown', String(visitCount + 3));
  await expect(timeline.completeness).toHaveAttribute('data-failed', '');
  await expect(timeline.titled(/eye clinic/i).first()).toBeVisible();

  const gaps = page.locator('#gaps');
  await expect(gaps).toContainText(
    `${name} has no social care records, alerts, medicines taken, care teams, care plans, consents or lists of medicines and allergies: not connected. This does not mean that there are none.`,
  );
  await expect(gaps).toContainText(`${name} cannot tell which readings the person shared: they are not shown.`);
  await expect(timeline.completeness).toContainText('Which sources are connected is not known.');

  const sources = page.locator('#sources');
  for (const words of [
    'The record service does not say which sources are connected.',
    'does not say when a source is late, or could not be read.',
    'does not send visits, letters and test results newest first. They were put in order here.',
    'cannot leave out the letters and test results of visits. All are read, which takes longer.',
  ]) {
    await expect(sources).toContainText(words);
  }
  // Nothing was asked in a loop, and nothing is said to have failed that can never be read.
  expect(hub.fhir.requests.filter((path) => path === 'metadata')).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  // Neither the hub nor its token says who reads or from where: nothing is made up.
  await expect(page.getByText('Opened from')).toHaveCount(0);
});

test('an opened visit there has its own problem and letter, and a letter that is not served is said', async ({
  page,
}) => {
  const timeline = await open(page, { ...minimal, encounter: 'ignored' });
  await timeline.isWhole();
  await timeline.openEntry(new RegExp(`complaint ${visitCount - 1}`));
  await expect(timeline.details.getByText('Glaucoma')).toBeVisible();
  await expect(timeline.details.getByText('Letter of the last visit').first()).toBeVisible();
  await timeline.details.getByRole('button', { name: /Read/ }).first().click();
  await expect(timeline.details).toContainText('The letter could not be read. The record service does not have it.');
  await expect(timeline.details.getByText('Letter from the eye clinic')).toHaveCount(0);
  await expect(timeline.details.getByText('Full blood count')).toHaveCount(0);
});

test('a server that can do what is asked: names are sent with the visits, and nothing is said of order or letters', async ({
  page,
}) => {
  const timeline = await open(page, able);
  await timeline.isWhole();
  await expect(timeline.completeness).toHaveAttribute('data-shown', String(visitCount + 4));
  await expect(timeline.rows.filter({ hasText: 'Riverside Surgery' }).first()).toBeVisible();
  await expect(page.locator('#gaps')).toContainText(`${name} has no social care records`);
  await expect(page.locator('#sources')).not.toContainText('newest first');
  await expect(page.locator('#sources')).not.toContainText('takes longer');
  await expect(timeline.titled(/home blood pressure/i).first()).toBeVisible();
});
