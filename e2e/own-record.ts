import type { Browser, Page } from '@playwright/test';
import { desks } from './addresses.ts';
import { TimelinePage } from './timeline-page.ts';

/** A person signs in to their own record on a phone, in a browser of their own; `page.context()` is to be closed. */
export async function openOwnRecord(
  browser: Browser,
  person: { name: string; nhsNumber: string },
): Promise<{ phone: Page; own: TimelinePage }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const phone = await context.newPage();
  await phone.goto(`${desks}/phone`);
  await phone.getByRole('link', { name: 'Open my care record' }).click();
  await phone.getByRole('button', { name: person.name }).click();
  const own = new TimelinePage(phone);
  await own.isOf(person);
  await own.isWhole();
  return { phone, own };
}
