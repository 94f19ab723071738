import { expect, test as plain, type Page } from '@playwright/test';
import { desks, hub } from '../addresses.ts';
import { personWith, type Person } from '../people.ts';
import { serveBuild } from '../static-build.ts';
import { TimelinePage } from '../timeline-page.ts';
import { consultation, readsOn, tokenRequests } from '../token-life.ts';
import { test } from '../watched.ts';

test.use({ serviceWorkers: 'allow' });
plain.use({ serviceWorkers: 'allow' });

async function open(page: Page): Promise<{ person: Person; timeline: TimelinePage }> {
  const person = await personWith(/undated/i);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  return { person, timeline };
}

/** Waits until the service worker is in charge of the page and has kept the app. */
async function installed(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
}

/** Every address kept in any cache, with what is kept under it. */
async function keptIn(page: Page): Promise<Map<string, string>> {
  const kept = await page.evaluate(async () => {
    const found: [string, string][] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.push([request.url, (await (await cache.match(request))?.text()) ?? '']);
      }
    }
    return found;
  });
  return new Map(kept);
}

test('after a whole journey the caches hold the app and nothing of the record', async ({ page }) => {
  const { person, timeline } = await open(page);
  await installed(page);
  // All of it again with the service worker in charge: launch page, record, an opened entry, its letters.
  await page.reload();
  await timeline.isOf(person);
  await timeline.isWhole();
  await readsOn(page, timeline, 0);
  await readsOn(page, timeline, 1);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  await timeline.isOf(person);
  await timeline.isWhole();

  const kept = await keptIn(page);
  const paths = [...kept.keys()].map((address) => address.slice(hub.length));
  expect(paths).toContain('/');
  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => path !== '/' && !/^\/assets\/[\w./-]+\.(m?js|css)$/.test(path))).toEqual([]);
  // Each is, byte for byte, what the build made before anybody was opened.
  const others: string[] = [];
  for (const [address, text] of kept) {
    if ((await (await page.request.get(address)).text()) !== text) others.push(address);
  }
  expect(others).toEqual([]);
  const all = [...kept.values()].join('\n');
  expect(all.includes(person.nhsNumber) || all.includes(person.name)).toBe(false);
});

test('started offline it says so and shows no record; once connected the tab’s session goes on', async ({
  page,
  context,
}) => {
  const { person, timeline } = await open(page);
  await installed(page);
  const asked = tokenRequests(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'You are offline. No record is shown.' })).toBeVisible();
  await expect(timeline.rows).toHaveCount(0);
  await expect(page.getByText(person.name)).toHaveCount(0);

  const fresh = await context.newPage();
  await fresh.goto(hub);
  await expect(fresh.getByRole('heading', { name: 'You are offline. No record is shown.' })).toBeVisible();

  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await timeline.isOf(person);
  await timeline.isWhole();
  expect(asked).toEqual([]);
});

test('a record cannot be opened from what is kept: a launch while offline opens nothing', async ({ page, context }) => {
  await open(page);
  await installed(page);
  const person = await personWith(/undated/i);
  const answer = await page.request.get(`${desks}/launch?system=emis&patient=${person.nhsNumber}`, { maxRedirects: 0 });
  await context.setOffline(true);
  await page.goto(answer.headers()['location'] ?? '');
  await expect(page.getByRole('heading', { name: 'You are offline. No record is shown.' })).toBeVisible();
  await expect(new TimelinePage(page).banner).toHaveCount(0);
});

test('a part of the page that a new release took away is said, and loading the page again keeps the session', async ({
  page,
}) => {
  // Before the service worker is in charge, as inside a clinical system's frame: nothing but the hub has the file.
  const person = await personWith(/undated/i);
  await page.route(/\/assets\/kept-entry-details-.*\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await consultation(timeline, 0).click();
  await expect(page.getByText(/could not be opened: a part of this page did not arrive/)).toBeVisible();
  await expect(page.getByText(/reload the page/)).toBeVisible();
  await page.unroute(/\/assets\/kept-entry-details-.*\.js$/);
  const asked = tokenRequests(page);
  await page.reload();
  await timeline.isOf(person);
  await readsOn(page, timeline, 0);
  expect(asked).toEqual([]);
});

plain('a new version is offered, never loaded by itself; loaded, it takes the old one’s place', async ({ page }) => {
  // Each release is kept whole before it is offered: on a busy machine that takes its time.
  plain.setTimeout(150_000);
  const patience = { timeout: 40_000 };
  const release = await serveBuild();
  try {
    await page.goto(`${release.address}/timeline`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, patience);
    const offer = page.getByText(/A new version of Care Timeline is ready/);
    await expect(offer).toHaveCount(0);

    release.next();
    await page.evaluate(() => {
      (window as Window & { untouched?: boolean }).untouched = true;
      return navigator.serviceWorker.getRegistration().then((registration) => registration?.update());
    });
    await expect(offer).toBeVisible(patience);
    const isUntouched = () => page.evaluate(() => (window as Window & { untouched?: boolean }).untouched === true);
    expect(await isUntouched()).toBe(true);
    expect(await page.evaluate(() => caches.keys())).toHaveLength(2);

    await page.getByRole('button', { name: 'Load it' }).click();
    await expect(async () => expect(await isUntouched()).toBe(false)).toPass(patience);
    await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
    await expect(offer).toHaveCount(0);
    const inCharge = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return { waits: registration.waiting !== null, caches: await caches.keys() };
    });
    expect(inCharge.waits).toBe(false);
    expect(inCharge.caches.at(-1)).toMatch(/^care-timeline app 1-/);

    // The version before the last is let go: only what open tabs may still be using is kept.
    release.next();
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration?.update()));
    await page.getByRole('button', { name: 'Load it' }).click(patience);
    // Asked again while the page is being loaded anew: then nothing in it can be asked.
    await expect(async () => expect(await page.evaluate(() => caches.keys())).toHaveLength(2)).toPass(patience);
  } finally {
    release.close();
  }
});

plain('the browser finds nothing against installing it', async ({ page, context }) => {
  await page.goto(`${hub}/timeline`);
  const session = await context.newCDPSession(page);
  const manifest = await session.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const stated = JSON.parse(manifest.data ?? '{}') as Record<string, unknown>;
  expect(stated).toMatchObject({ name: 'Care Timeline', display: 'standalone', start_url: '/', scope: '/' });
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test's browser has no profile to install into; that alone may be against it.
  const against = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
  expect(against).toEqual([]);
});
