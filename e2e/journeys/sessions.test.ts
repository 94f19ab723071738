import { expect, type BrowserContext, type Page } from '@playwright/test';
import { launchFromDesk } from '../../tools/smart-launch.ts';
import { desks, hub } from '../addresses.ts';
import { personWith, twoPeopleOf, type Person } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { consultation, holdClock, keptGrant, readsOn, tokenEndpoint, tokenEnds, tokenRequests } from '../token-life.ts';
import { nameParts, test } from '../watched.ts';

/** Launches the person whose rows are plain consultations, with the page's clock held. */
async function open(page: Page): Promise<{ person: Person; timeline: TimelinePage }> {
  const person = await personWith(/undated/i);
  await holdClock(page);
  await page.goto(launchOf(person));
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  return { person, timeline };
}

function launchOf(person: Person): string {
  return `${desks}/launch?system=emis&patient=${person.nhsNumber}`;
}

/** The tab duplicated as a browser does it, with a copy of its own storage. */
async function duplicate(page: Page, context: BrowserContext): Promise<Page> {
  const opening = context.waitForEvent('page');
  await page.evaluate(() => {
    window.open('/timeline');
  });
  return opening;
}

test('a duplicated tab: each refreshes in its turn, and both read on', async ({ page, context }) => {
  const { person, timeline } = await open(page);
  const copy = await duplicate(page, context);
  const twin = new TimelinePage(copy);
  await twin.isOf(person);
  await twin.isWhole();
  const [first, second] = [tokenRequests(page), tokenRequests(copy)];

  await tokenEnds(page);
  await readsOn(page, timeline, 0);
  await readsOn(copy, twin, 0);
  expect([...first, ...second], 'the new pair was passed on').toEqual(['refresh_token']);

  // Whichever of them is the first to ask for anything: an open tab asks for news by itself.
  await tokenEnds(page);
  await readsOn(copy, twin, 1);
  await readsOn(page, timeline, 1);
  expect([...first, ...second]).toEqual(['refresh_token', 'refresh_token']);

  // Both at the same moment.
  await tokenEnds(page);
  await Promise.all([readsOn(page, timeline, 2), readsOn(copy, twin, 2)]);
  expect(first.length + second.length).toBe(3);
  await timeline.isOf(person);
  await twin.isOf(person);
});

test('a duplicated tab that was reloaded later, and one whose twin was closed, live on', async ({ page, context }) => {
  const { person, timeline } = await open(page);
  const copy = await duplicate(page, context);
  const twin = new TimelinePage(copy);
  await twin.isOf(person);
  // A clock that jumps while it still reads would run out on what it reads.
  await twin.isWhole();
  await tokenEnds(page);
  await readsOn(page, timeline, 0);
  await page.close();
  await copy.reload();
  await twin.isOf(person);
  await twin.isWhole();
  await tokenEnds(copy);
  await readsOn(copy, twin, 1);
});

test('closing an entry while its reading waits for a refresh stops neither the refresh nor the session', async ({
  page,
}) => {
  const { timeline } = await open(page);
  const asked = tokenRequests(page);
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(tokenEndpoint, async (route) => {
    await held;
    await route.continue();
  });
  await tokenEnds(page);
  const refreshing = page.waitForRequest(tokenEndpoint);
  await consultation(timeline, 0).click();
  await refreshing;
  await timeline.details.getByRole('button', { name: 'Close' }).click();
  await expect(timeline.details).toHaveCount(0);
  letGo();
  await readsOn(page, timeline, 1);
  expect(asked).toEqual(['refresh_token']);
});

test('the network is lost during a refresh: the page says so, and Try again reads on with the same session', async ({
  page,
}) => {
  const { person, timeline } = await open(page);
  await page.route(tokenEndpoint, (route) => route.abort('connectionreset'));
  await tokenEnds(page);
  await consultation(timeline, 0).click();
  await expect(timeline.details.getByText(/could not be read/).first()).toBeVisible();
  await page.unroute(tokenEndpoint);
  await timeline.details.getByRole('button', { name: 'Try again' }).first().click();
  await expect(timeline.details.getByText(/could not be read/)).toHaveCount(0);
  await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
  await timeline.isOf(person);
  await readsOn(page, timeline, 1);
});

test('the computer is offline while the token ends: the page says so, and is as before once it is back', async ({
  page,
  context,
}) => {
  const { person, timeline } = await open(page);
  await readsOn(page, timeline, 0);
  await context.setOffline(true);
  await expect(page.getByText(/You are offline/).first()).toBeVisible();
  await tokenEnds(page);
  await consultation(timeline, 1).click();
  await expect(timeline.details.getByText(/could not be read/).first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/You are offline/)).toHaveCount(0);
  await readsOn(page, timeline, 2);
  await timeline.isOf(person);
});

test('the first entry is opened while the computer is offline: words, and Try again opens it once it is back', async ({
  page,
  context,
}) => {
  const { timeline } = await open(page);
  await context.setOffline(true);
  await consultation(timeline, 0).click();
  await expect(page.getByText('This entry could not be opened')).toBeVisible();
  await context.setOffline(false);
  const failed = page.getByRole('alert').filter({ hasText: 'This entry could not be opened' });
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(timeline.details.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(timeline.details.getByText('What the source states')).toBeVisible();
});

test('the code is exchanged once, whatever is reloaded', async ({ page }) => {
  const asked = tokenRequests(page);
  const { person, timeline } = await open(page);
  expect(asked).toEqual(['authorization_code']);
  for (let again = 0; again < 2; again += 1) {
    await page.reload();
    await timeline.isOf(person);
    await timeline.isWhole();
  }
  expect(asked).toEqual(['authorization_code']);
});

test('Back after a launch leads to the desk, and Forward to the same record, without another launch', async ({
  page,
}) => {
  const person = await personWith(/undated/i);
  const asked = tokenRequests(page);
  await page.goto(`${desks}/desk/emis`);
  await page.goto(launchOf(person));
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await page.goBack();
  await expect(page).toHaveURL(`${desks}/desk/emis`);
  await page.goForward();
  await timeline.isOf(person);
  await timeline.isWhole();
  expect(asked).toEqual(['authorization_code']);
});

test('after a second launch in the same tab nothing of the first person comes back, by Back, Forward or reload', async ({
  page,
}) => {
  const [first, second] = await twoPeopleOf('emis');
  const timeline = new TimelinePage(page);
  await page.goto(launchOf(first));
  await timeline.isOf(first);
  await timeline.isWhole();
  const { patientId } = await keptGrant(page);
  await page.goto(launchOf(second));
  await timeline.isOf(second);
  expect((await keptGrant(page)).patientId).not.toBe(patientId);

  const oldOnes: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(patientId)) oldOnes.push(request.url());
  });
  const neverTheFirst = async () => {
    // Either the tab's own person or words that the record is closed; the first person in no case.
    const over = page.getByRole('heading', { name: 'Your session has ended' });
    await expect(page.locator(`[data-nhs-number="${second.nhsNumber}"]`).or(over)).toBeVisible();
    await expect(page.getByText(first.name)).toHaveCount(0);
  };
  await page.goBack();
  await neverTheFirst();
  await page.goForward();
  await neverTheFirst();
  await page.reload();
  await neverTheFirst();
  expect(oldOnes).toEqual([]);
});

test('the hub ends the session: the page says so and keeps nothing of the record', async ({ page }) => {
  const { person, timeline } = await open(page);
  const { tokens } = await keptGrant(page);
  const revoked = await page.request.post(`${hub}/oauth/revoke`, {
    form: { token: tokens.refreshToken, client_id: 'care-timeline' },
    headers: { origin: hub },
  });
  expect(revoked.status()).toBe(200);
  await tokenEnds(page);
  await consultation(timeline, 0).click();

  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  await expect(timeline.banner).toHaveCount(0);
  await expect(timeline.feed).toHaveCount(0);
  const left = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(sessionStorage));
  for (const word of [...nameParts(person.name), person.nhsNumber, tokens.accessToken]) {
    expect(left.toLowerCase()).not.toContain(word.toLowerCase());
  }
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  await expect(timeline.banner).toHaveCount(0);
});

test('the hub is down at the launch: words, and Try again opens the same launch once it is back', async ({ page }) => {
  const person = await personWith(/undated/i);
  const discovery = /\/\.well-known\/smart-configuration$/;
  await page.route(discovery, (route) => route.abort('connectionrefused'));
  await page.goto(launchOf(person));
  await expect(page.getByRole('heading', { name: 'The record service cannot be reached' })).toBeVisible();
  await expect(page.getByText('This does not mean that there is nothing on record.')).toBeVisible();
  const timeline = new TimelinePage(page);
  await expect(timeline.feed).toHaveCount(0);
  await page.unroute(discovery);
  await page.getByRole('link', { name: 'Try again' }).click();
  await timeline.isOf(person);
});

test('the token endpoint is down at the launch: words, no record', async ({ page }) => {
  const person = await personWith(/undated/i);
  await page.route(tokenEndpoint, (route) => route.abort('connectionrefused'));
  await page.goto(launchOf(person));
  await expect(page.getByRole('heading', { name: 'The record service cannot be reached' })).toBeVisible();
  await expect(new TimelinePage(page).banner).toHaveCount(0);
});

test('a handle that was used, or that nobody gave out, opens nothing and says what to do', async ({
  page,
  context,
}) => {
  const person = await personWith(/undated/i);
  const opened = await context.request.get(launchOf(person), { maxRedirects: 0 });
  const address = opened.headers()['location'] ?? '';
  await page.goto(address);
  await new TimelinePage(page).isOf(person);

  const unknown = new URL(address);
  unknown.searchParams.set('launch', 'nobody-gave-this-out');
  for (const spent of [address, unknown.href]) {
    const other = await context.newPage();
    await other.goto(spent);
    await expect(other.getByRole('heading', { name: 'This launch is too old, or was used before' })).toBeVisible();
    await expect(other.getByText(/press the Care Timeline icon again/)).toBeVisible();
    await expect(new TimelinePage(other).banner).toHaveCount(0);
  }
  await page.reload();
  await new TimelinePage(page).isOf(person);
});

test('an answer of the hub carried into another tab opens nothing there, and the first tab lives on', async ({
  page,
  context,
}) => {
  const person = await personWith(/undated/i);
  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(`${hub}/callback?`)) answers.push(request.url());
  });
  await page.goto(launchOf(person));
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  expect(answers).toHaveLength(1);

  const other = await context.newPage();
  await other.goto(answers[0] ?? '');
  await expect(
    other.getByRole('heading', { name: 'This answer does not belong to a launch of this tab' }),
  ).toBeVisible();
  await expect(new TimelinePage(other).banner).toHaveCount(0);
  await page.reload();
  await timeline.isOf(person);
  await timeline.isWhole();
});

test('a refresh that answers for another person ends the session instead of mixing two records', async ({ page }) => {
  const { timeline } = await open(page);
  const [, second] = await twoPeopleOf('emis');
  const other = await launchFromDesk(desks, { system: 'emis', patient: second.nhsNumber });
  expect((await keptGrant(page)).patientId).not.toBe(other.patient);
  await page.route(tokenEndpoint, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({
      response: answer,
      json: { ...body, patient: other.patient, access_token: other.accessToken },
    });
  });
  await tokenEnds(page);
  await consultation(timeline, 0).click();
  await expect(page.getByRole('heading', { name: 'We could not make sure who you are' })).toBeVisible();
  await expect(timeline.banner).toHaveCount(0);
  await expect(timeline.feed).toHaveCount(0);
});

test("one person's token beside another person's id reads nothing: the hub refuses, the page says so", async ({
  page,
}) => {
  const { person, timeline } = await open(page);
  const [, second] = await twoPeopleOf('emis');
  const other = await launchFromDesk(desks, { system: 'emis', patient: second.nhsNumber });
  await page.evaluate((patientId) => {
    const grant = JSON.parse(sessionStorage.getItem('care-timeline.grant') ?? 'null') as object;
    sessionStorage.setItem('care-timeline.grant', JSON.stringify({ ...grant, patientId }));
  }, other.patient);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Whose record this is could not be read' })).toBeVisible();
  await expect(timeline.rows).toHaveCount(0);
  await expect(page.getByText(second.name)).toHaveCount(0);
  await expect(page.getByText(person.name)).toHaveCount(0);
});

test('nothing of the record is kept in the browser: no name, no number, no clinical word', async ({ page }) => {
  const { person, timeline } = await open(page);
  await readsOn(page, timeline, 0);
  const kept = await page.evaluate(async () => ({
    local: JSON.stringify(localStorage),
    session: JSON.stringify(sessionStorage),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookies: document.cookie,
    title: document.title,
    history: JSON.stringify(history.state),
  }));
  expect(kept.local).toBe('{}');
  expect(kept.databases).toEqual([]);
  expect(kept.caches).toEqual([]);
  expect(kept.cookies).toBe('');
  // Only the authorization itself may be kept, and the tab must be able to live on with it.
  expect(Object.keys(JSON.parse(kept.session) as object)).toEqual(['care-timeline.grant']);
  const text = JSON.stringify(kept).toLowerCase();
  const titles = await timeline.rows.getByRole('heading').allTextContents();
  expect(titles.length).toBeGreaterThan(3);
  for (const word of [...nameParts(person.name), person.nhsNumber, ...titles.map((title) => title.toLowerCase())]) {
    expect(text).not.toContain(word);
  }
  expect(text).not.toContain('consultation');
});
