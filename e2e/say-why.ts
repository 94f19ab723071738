import { expect, type Page } from '@playwright/test';

/** Says why the record is opened, where its system does not have the person as its own and the reader did not say so before. */
export async function sayWhyIfAsked(page: Page): Promise<void> {
  const open = page.getByRole('button', { name: 'Open the record' });
  const feed = page.getByRole('feed', { name: 'Timeline' });
  await expect(open.or(feed).first()).toBeVisible();
  if (!(await open.isVisible())) return;
  await page.getByRole('radio', { name: /The person is here and agrees/ }).check();
  await open.click();
  await expect(feed).toBeVisible();
}
