import { expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { hub } from './addresses.ts';
import type { TimelinePage } from './timeline-page.ts';

/** The hub's token endpoint, wherever a query follows. */
export const tokenEndpoint = `${hub}/oauth/token`;

/** The page's clock stands in the hands of the test from its next page on. */
export async function holdClock(page: Page): Promise<void> {
  await page.clock.install();
}

/**
 * Longer than an access token lives (ten minutes), for the browser only: the hub's own clock goes on as it does. Halfway the
 * reader moves the mouse in every tab: a page nobody uses for so long is covered.
 */
export async function tokenEnds(page: Page): Promise<void> {
  await page.clock.fastForward('05:15');
  for (const tab of page.context().pages()) {
    await tab.mouse.move(2, 2);
    await tab.mouse.move(1, 1);
  }
  await page.clock.fastForward('05:15');
}

/** Every request for tokens that leaves the page from now on, by its grant type. */
export function tokenRequests(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url() !== tokenEndpoint || request.method() !== 'POST') return;
    asked.push(new URLSearchParams(request.postData() ?? '').get('grant_type') ?? 'none');
  });
  return asked;
}

/** One GP consultation of those in view, by its place among them. */
export function consultation(timeline: TimelinePage, place: number): Locator {
  return timeline.rows.filter({ hasText: 'GP consultation' }).nth(place).getByRole('button').first();
}

/** Opens a consultation nobody opened before, which reads what is linked to it, and waits until that was read. */
export async function readsOn(page: Page, timeline: TimelinePage, place: number): Promise<void> {
  const linked = page.waitForResponse((answer) => /\/fhir\/Condition\?.*encounter=/.test(answer.url()));
  await consultation(timeline, place).click();
  expect((await linked).status()).toBe(200);
  await expect(timeline.details).toBeVisible();
  await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
  await expect(timeline.details.getByText('could not be read')).toHaveCount(0);
}

const kept = z.object({
  patientId: z.string(),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string() }),
});

/** What the tab keeps of its authorization, where a test must act as the hub or as somebody who tampers. */
export async function keptGrant(page: Page): Promise<z.infer<typeof kept>> {
  return kept.parse(JSON.parse(await page.evaluate(() => sessionStorage.getItem('care-timeline.grant') ?? 'null')));
}
