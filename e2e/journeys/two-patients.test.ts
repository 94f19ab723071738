import { expect, test } from '@playwright/test';
import { desks } from '../addresses.ts';
import { twoPeopleOf } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

test('two people launched one after the other in one browser: two tabs, both alive, never mixed', async ({
  page,
  context,
}) => {
  const [first, second] = await twoPeopleOf('emis');
  const asked: { tab: string; url: string }[] = [];
  const other = await context.newPage();
  page.on('request', (request) => asked.push({ tab: 'first', url: request.url() }));
  other.on('request', (request) => asked.push({ tab: 'second', url: request.url() }));

  await page.goto(`${desks}/launch?system=emis&patient=${first.nhsNumber}`);
  const one = new TimelinePage(page);
  await one.isOf(first);
  await other.goto(`${desks}/launch?system=emis&patient=${second.nhsNumber}`);
  const two = new TimelinePage(other);
  await two.isOf(second);
  await one.isWhole();
  await two.isWhole();

  // The first tab goes on reading its own person after the second launch.
  await page.reload();
  await one.isOf(first);
  await one.isWhole();
  await other.reload();
  await two.isOf(second);

  const patients = (tab: string) =>
    new Set(
      asked.flatMap(({ tab: from, url }) =>
        from === tab && url.includes('/fhir/') ? (new URL(url).searchParams.get('patient') ?? []) : [],
      ),
    );
  expect(patients('first').size).toBe(1);
  expect(patients('second').size).toBe(1);
  expect([...patients('first')]).not.toEqual([...patients('second')]);
});

test('a second launch in the same tab shows the second person and nothing of the first', async ({ page }) => {
  const [first, second] = await twoPeopleOf('emis');
  await page.goto(`${desks}/launch?system=emis&patient=${first.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(first);
  await page.goto(`${desks}/launch?system=emis&patient=${second.nhsNumber}`);
  await timeline.isOf(second);
  await timeline.isWhole();
  // Only requests about the second person from here on; Back and Forward have their own journey in sessions.test.ts.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.reload();
  await timeline.isOf(second);
  await timeline.isWhole();
  const patients = new Set(
    asked.flatMap((url) => (url.includes('/fhir/') ? (new URL(url).searchParams.get('patient') ?? []) : [])),
  );
  expect(patients.size).toBe(1);
});
