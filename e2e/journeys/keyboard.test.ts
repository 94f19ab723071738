import { expect, type Locator, type Page } from '@playwright/test';
import { desks } from '../addresses.ts';
import { tabTo } from '../by-key.ts';
import { personWith, type Person } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { test } from '../watched.ts';

// No pointer is used in this file: what is not reached by Tab, Enter, Space, Esc and the feed's own keys is not reached.

/** From the person's icon on the desk to the whole timeline in the window it opens. */
async function fromTheDesk(page: Page, person: Person): Promise<{ page: Page; timeline: TimelinePage }> {
  await page.goto(`${desks}/desk/emis`);
  await tabTo(page, page.getByRole('link', { name: `Care Timeline for ${person.name}`, exact: true }).first());
  const opening = page.context().waitForEvent('page');
  await page.keyboard.press('Enter');
  const opened = await opening;
  const timeline = new TimelinePage(opened);
  await timeline.isOf(person);
  await timeline.isWhole();
  return { page: opened, timeline };
}

/** The row that has focus. */
function focused(timeline: TimelinePage): Locator {
  return timeline.feed.locator('article:focus');
}

async function position(row: Locator): Promise<number> {
  return Number(await row.getAttribute('aria-posinset'));
}

/** Waits until the row at this place has focus: rows come into the page as they are reached. */
async function standsAt(timeline: TimelinePage, place: number): Promise<void> {
  await expect(focused(timeline)).toHaveAttribute('aria-posinset', String(place));
}

/** Enter opens the row with focus, focus goes into the details; Esc returns it to the very row. */
async function opensAndReturns(page: Page, timeline: TimelinePage): Promise<void> {
  const place = await position(focused(timeline));
  const title = await focused(timeline).getByRole('heading', { level: 3 }).innerText();
  await page.keyboard.press('Enter');
  const heading = timeline.details.getByRole('heading', { level: 2, name: title });
  await expect(heading).toBeFocused();
  await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
  await expect(timeline.details.getByText('could not be read')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(timeline.details).toHaveCount(0);
  await standsAt(timeline, place);
}

test('from the desk to the details of the first and the last of 1,500 encounters, by key alone', async ({
  page: desk,
}) => {
  test.setTimeout(120_000);
  const { page, timeline } = await fromTheDesk(desk, await personWith(/1,500/));
  expect(await timeline.count('statements')).toBeGreaterThanOrEqual(1500);

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to today' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Skip to today' })).toBeInViewport();
  await page.keyboard.press('Enter');
  const today = await position(focused(timeline));
  expect(today).toBeGreaterThan(0);

  await page.keyboard.press('j');
  await standsAt(timeline, today + 1);
  await page.keyboard.press('PageDown');
  await standsAt(timeline, today + 2);
  await page.keyboard.press('k');
  await standsAt(timeline, today + 1);
  await page.keyboard.press('PageUp');
  await standsAt(timeline, today);

  await page.keyboard.press('Home');
  await standsAt(timeline, 1);
  await opensAndReturns(page, timeline);

  const size = Number(await focused(timeline).getAttribute('aria-setsize'));
  expect(size).toBeGreaterThan(1000);
  await page.keyboard.press('End');
  await standsAt(timeline, size);
  await expect(focused(timeline)).toBeInViewport();
  await opensAndReturns(page, timeline);
  // Nothing lies after the last.
  await page.keyboard.press('j');
  await standsAt(timeline, size);
});

test('a held key walks far down and back, and the row with focus stays in view under the header', async ({
  page: desk,
}) => {
  const { page, timeline } = await fromTheDesk(desk, await personWith(/ADEYEMI/));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const start = await position(focused(timeline));
  for (let step = 1; step <= 60; step += 1) {
    await page.keyboard.press('j');
    await standsAt(timeline, start + step);
  }
  const seen = async () => {
    const row = await focused(timeline).boundingBox();
    const header = await page.locator('header').first().boundingBox();
    return (row?.y ?? 0) + (row?.height ?? 0) > (header?.y ?? 0) + (header?.height ?? 0);
  };
  await expect(focused(timeline)).toBeInViewport();
  await expect.poll(seen).toBe(true);
  for (let step = 59; step >= 0; step -= 1) {
    await page.keyboard.press('k');
    await standsAt(timeline, start + step);
  }
  await expect(focused(timeline)).toBeInViewport();
  await expect.poll(seen).toBe(true);
});

test('settings are switched off and on by key; what they hide is counted and shown again by one press', async ({
  page: desk,
}) => {
  const { page, timeline } = await fromTheDesk(desk, await personWith(/ADEYEMI/));
  // Folded bookings are no rows: unfolded, every entry is either shown or hidden by a filter.
  await tabTo(page, page.getByRole('button', { name: /^Show all \d+$/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show only the next' })).toBeFocused();
  const all = await timeline.count('shown');
  await tabTo(page, page.getByRole('link', { name: 'Skip to filters' }));
  await page.keyboard.press('Enter');
  const gp = page.getByRole('checkbox', { name: /^GP/ });
  await tabTo(page, gp, 3);
  await page.keyboard.press('Space');
  await expect(gp).not.toBeChecked();
  await expect.poll(() => timeline.count('hidden')).toBeGreaterThan(0);
  expect((await timeline.count('shown')) + (await timeline.count('hidden'))).toBe(all);
  await expect(page.getByText(/loaded entries shown\. Filters hide/)).toBeVisible();
  await expect(timeline.titled(/^GP /)).toHaveCount(0);

  // The filter is in the address: Back undoes it.
  await page.goBack();
  await expect(gp).toBeChecked();
  await expect.poll(() => timeline.count('hidden')).toBe(0);
  await page.goForward();
  await expect(gp).not.toBeChecked();

  await tabTo(page, page.getByRole('button', { name: 'Show all', exact: true }));
  await page.keyboard.press('Enter');
  await expect.poll(() => timeline.count('hidden')).toBe(0);
  await expect.poll(() => timeline.count('shown')).toBe(all);
  await expect(gp).toBeChecked();
});

test('Tab goes through everything and comes round again, with an entry open as well: no trap, focus always seen', async ({
  page: desk,
}) => {
  const { page, timeline } = await fromTheDesk(desk, await personWith(/ADEYEMI/));
  const first = page.getByRole('link', { name: 'Skip to today' });
  const round = async (): Promise<string[]> => {
    const stops: string[] = [];
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        const { width, height } = element.getBoundingClientRect();
        const seen = (outlineStyle !== 'none' || boxShadow !== 'none') && width > 0 && height > 0;
        return { name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60), seen };
      });
      if (stop === undefined) continue;
      if (stops.length > 0 && stop.name === stops[0]) return stops;
      expect(stop.seen, `focus on "${stop.name}" is seen`).toBe(true);
      stops.push(stop.name);
    }
    throw new Error(`Tab did not come round: ${stops.slice(-5).join(' | ')}`);
  };

  const stops = await round();
  expect(stops.length).toBeGreaterThan(10);
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(focused(timeline)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(timeline.details.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
  const withDetails = await round();
  expect(withDetails).toContain('Close');

  // Backwards out of the details into the list again.
  await tabTo(page, timeline.details.getByRole('button', { name: 'Close' }));
  for (let presses = 0; presses < 60 && (await focused(timeline).count()) === 0; presses += 1) {
    await page.keyboard.press('Shift+Tab');
  }
  await expect(focused(timeline)).toHaveCount(1);
});

test('single letters do nothing while the feed has no focus', async ({ page: desk }) => {
  const { page, timeline } = await fromTheDesk(desk, await personWith(/ADEYEMI/));
  await tabTo(page, page.getByRole('button', { name: /More about the person/ }));
  const before = await page.evaluate(() => window.scrollY);
  for (const key of ['j', 'k', 'Enter', 'j']) await page.keyboard.press(key);
  await expect(focused(timeline)).toHaveCount(0);
  await expect(timeline.details).toHaveCount(0);
  // Enter pressed the button that has focus, and nothing else.
  await expect(timeline.banner.getByText('Address')).toBeVisible();
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 664 } });

  test('a sheet takes focus, Esc closes it, and focus is back on the row it came from', async ({ page }) => {
    const person = await personWith(/ADEYEMI/);
    await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
    const timeline = new TimelinePage(page);
    await timeline.isOf(person);
    await timeline.isWhole();
    await tabTo(page, page.getByRole('link', { name: 'Skip to today' }), 3);
    await page.keyboard.press('Enter');
    await expect(focused(timeline)).toHaveCount(1);
    await opensAndReturns(page, timeline);
    await page.keyboard.press('j');
    await opensAndReturns(page, timeline);
  });
});
