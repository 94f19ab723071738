import { expect, test, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';

// What a reader looks at does not move (T2): not by opening an entry, nor by focus on what stays in view anyway.

test.use({ viewport: { width: 1280, height: 1000 } });

async function halfwayDown(page: Page): Promise<TimelinePage> {
  const florence = await personWith(/ADEYEMI/);
  await page.goto(`${desks}/launch?system=emis&patient=${florence.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isWhole();
  await expect(page.getByRole('region', { name: 'Overview' }).getByRole('button').first()).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await atRest(page);
  return timeline;
}

/** What comes late above the list (the header's parts, rows measured on the way) has come: the page stands still for a while. */
function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const place = () => `${window.scrollY} ${document.documentElement.scrollHeight}`;
    for (let still = 0, last = place(); still < 20;) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      still = place() === last ? still + 1 : 0;
      last = place();
    }
  });
}

function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

test('opening one entry after another leaves every row where it was', async ({ page }) => {
  const timeline = await halfwayDown(page);
  const before = await page.evaluate(() => window.scrollY);
  expect(before).toBeGreaterThan(500);
  const middle = await page.evaluate(() => {
    const articles = [...document.querySelectorAll('[role=feed] article')];
    return articles
      .filter((article) => article.getBoundingClientRect().top > 380 && article.getBoundingClientRect().bottom < 980)
      .map((article) => article.getAttribute('aria-posinset'));
  });
  expect(middle.length).toBeGreaterThan(1);
  for (const place of middle) {
    const row = timeline.feed.locator(`article[aria-posinset="${place}"]`);
    const top = (await row.boundingBox())?.y;
    const heading = row.getByRole('heading', { level: 3 });
    await heading.getByRole('button').click();
    await expect(timeline.details.getByRole('heading', { level: 2 })).toHaveText(await heading.innerText());
    await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
    await drawn(page);
    expect((await row.boundingBox())?.y, `row ${place}`).toBe(top);
  }
});

test('Tab through the header, the filters, the overview and the panel never moves the list', async ({ page }) => {
  await halfwayDown(page);
  const before = await page.evaluate(() => window.scrollY);
  const moved = await page.evaluate(async () => {
    const staying = [...document.querySelectorAll<HTMLElement>('header, aside, #overview')]
      .flatMap((part) => [part, ...part.querySelectorAll<HTMLElement>('a, button, input, select, summary, [tabindex]')])
      .filter((element) => element.checkVisibility() && element.tabIndex >= 0);
    const told: string[] = [];
    let reached = 0;
    const from = window.scrollY;
    for (const element of staying) {
      element.focus();
      if (document.activeElement === element) reached += 1;
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
      if (window.scrollY !== from) told.push(`${element.tagName} ${element.textContent.slice(0, 40)}`);
    }
    return { told, reached };
  });
  expect(moved.reached).toBeGreaterThan(15);
  expect(moved.told).toEqual([]);
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
});
