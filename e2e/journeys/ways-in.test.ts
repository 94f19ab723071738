import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext } from '@playwright/test';
import { z } from 'zod';
import { launchFromDesk } from '../../tools/smart-launch.ts';
import { browserFlags, findBrowser } from '../../tools/browser.ts';
import { desks, otherSite } from '../addresses.ts';
import { personWith, twoPeopleOf } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

const systems = [
  { id: 'emis', who: 'A GP in EMIS' },
  { id: 'system-c', who: 'A hospital clinician in System C' },
  { id: 'adastra', who: 'An out-of-hours doctor in Adastra' },
  { id: 'carecast', who: 'A hospital clinician in Carecast' },
  { id: 'liquidlogic', who: 'A social worker in Liquidlogic' },
];

for (const { id, who } of systems) {
  test(`${who} clicks the icon on the desk and reads the right person's timeline`, async ({ page, context }) => {
    const [person] = await twoPeopleOf(id);
    await page.goto(`${desks}/desk/${id}`);
    const icon = page.getByRole('link', { name: `Care Timeline for ${person.name}` });
    const framed = (await icon.getAttribute('target')) === '_self';
    if (framed) {
      await icon.click();
      const timeline = new TimelinePage(page.frameLocator('iframe'));
      await timeline.isOf(person);
      await timeline.isWhole();
      return;
    }
    const opening = context.waitForEvent('page');
    await icon.click();
    const timeline = new TimelinePage(await opening);
    await timeline.isOf(person);
    await timeline.isWhole();
  });

  test(`${who} opens it framed in the desk's own site`, async ({ page }) => {
    const [, person] = await twoPeopleOf(id);
    await page.goto(`${desks}/launch?system=${id}&patient=${person.nhsNumber}&frame=1`);
    const timeline = new TimelinePage(page.frameLocator('iframe'));
    await timeline.isOf(person);
    await timeline.isWhole();
  });

  test(`${who} opens it framed from another site, third-party cookies allowed`, async () => {
    const [person] = await twoPeopleOf(id);
    const context = await ordinaryProfile();
    try {
      const page = await context.newPage();
      await page.goto(`${otherSite}/launch?system=${id}&patient=${person.nhsNumber}&frame=1`);
      const timeline = new TimelinePage(page.frameLocator('iframe'));
      await timeline.isOf(person);
      await timeline.isWhole();
    } finally {
      await context.close();
    }
  });

  // A Playwright context is an incognito one, in which Chromium blocks third-party cookies and storage.
  test(`${who} opens it framed from another site, third-party cookies blocked, in a tab of its own`, async ({
    page,
    context,
  }) => {
    const [person] = await twoPeopleOf(id);
    await page.goto(`${otherSite}/launch?system=${id}&patient=${person.nhsNumber}&frame=1`);
    const opening = context.waitForEvent('page');
    await page
      .frameLocator('iframe')
      .getByRole('link', { name: /open in a new tab/i })
      .click();
    const timeline = new TimelinePage(await opening);
    await timeline.isOf(person);
    await timeline.isWhole();
  });
}

/** A profile that is not incognito, where third-party cookies are allowed. */
async function ordinaryProfile(): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), 'care-timeline-profile-'));
  // Debian's Chromium blocks them from the start: 0 is the setting that allows them.
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default/Preferences'),
    JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }),
  );
  return chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: browserFlags(),
    headless: true,
    viewport: { width: 1280, height: 720 },
  });
}

test('launched from a stay, the page says which one it was opened from', async ({ page, request }) => {
  const person = await personWith(/ADEYEMI/i);
  const token = await launchFromDesk(desks, { system: 'system-c', patient: person.nhsNumber });
  const answer = await request.get(`${token.base}/Encounter?patient=${token.patient}&class=IMP&_count=1`, {
    headers: { authorization: `Bearer ${token.accessToken}` },
  });
  const bundle = z
    .object({ entry: z.array(z.object({ resource: z.object({ id: z.string().optional() }) })) })
    .parse(await answer.json());
  const stay = bundle.entry[0]?.resource.id ?? '';
  await page.goto(`${desks}/launch?system=system-c&patient=${person.nhsNumber}&encounter=${stay}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  const marked = timeline.rows.filter({ hasText: 'This stay: opened from here' });
  await timeline.reachRow(marked);
  await expect(marked).toHaveCount(1);
});

test('a frame of the other site is refused when its site is not a registered system', async ({ page }) => {
  const answer = await page.request.get(`${desks}/desk/emis`);
  expect(answer.ok()).toBe(true);
  const app = await page.request.get('/');
  const policy = app.headers()['content-security-policy'] ?? '';
  expect(policy).toContain(`frame-ancestors 'self' ${desks} ${otherSite}`);
  expect(app.headers()['x-frame-options']).toBeUndefined();
});
