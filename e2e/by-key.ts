import { expect, type Locator, type Page } from '@playwright/test';

/** Presses Tab until this has focus; fails when it is not met within `most` presses. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluateAll((found) => found.some((element) => element === document.activeElement))) return;
  }
  await expect(target, `reached within ${most} presses of Tab`).toBeFocused();
}
