import { expect } from '@playwright/test';
import { desks } from '../addresses.ts';
import { personWith } from '../people.ts';
import { TimelinePage } from '../timeline-page.ts';
import { consultation, holdClock, tokenRequests } from '../token-life.ts';
import { nameParts, test } from '../watched.ts';

test('left alone the record is covered after ten minutes, is where it was when shown again, and ends after thirty', async ({
  page,
}) => {
  const person = await personWith(/undated/i);
  await holdClock(page);
  await page.goto(`${desks}/launch?system=emis&patient=${person.nhsNumber}`);
  const timeline = new TimelinePage(page);
  await timeline.isOf(person);
  await timeline.isWhole();
  await consultation(timeline, 0).click();
  await expect(timeline.details).toBeVisible();
  await expect(timeline.details.getByText('Reading what is linked')).toHaveCount(0);
  await page.clock.fastForward('09:50');
  await expect(timeline.details).toBeVisible();

  await page.clock.fastForward('00:20');
  const cover = page.getByTestId('cover');
  await expect(cover).toBeVisible();
  await expect(cover.getByRole('heading', { level: 1 })).toHaveText(person.name);
  await expect(page.getByRole('button', { name: 'Show the record again' })).toBeFocused();
  await expect(timeline.feed).toHaveCount(0);
  await expect(timeline.details).toBeHidden();
  await page.mouse.wheel(0, 600);
  await page.mouse.move(300, 300);
  await expect(cover).toBeVisible();

  // Shown again, it asks whether its ground still stands, and for that with a new token.
  const ground = page.waitForResponse(/\/\$access$/);
  await page.keyboard.press('Enter');
  await expect(cover).toHaveCount(0);
  await expect(timeline.details).toBeVisible();
  await timeline.isOf(person);

  expect((await ground).status()).toBe(200);
  const asked = tokenRequests(page);
  await page.clock.fastForward('30:10');
  await expect(page.getByRole('heading', { name: 'Your session has ended: the page was not used' })).toBeVisible();
  await expect(timeline.banner).toHaveCount(0);
  const left = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(sessionStorage));
  for (const word of [...nameParts(person.name), person.nhsNumber]) expect(left.toLowerCase()).not.toContain(word);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your session has ended' })).toBeVisible();
  expect(asked).toEqual([]);
});
