import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { readPdf } from '../e2e/pdf-reader.ts';

/**
 * Writes the first pages of a printed two-year period as pictures, `print-1.png` and on, into `folder`. The page must show
 * a timeline that is loaded. Rejects when nothing was printed.
 */
export async function showPrintedPages(page: Page, folder: string, pages = 4): Promise<void> {
  // A headless browser has no print window: what would open it only says that it has begun, and never ends.
  await page.evaluate(`
    window.print = () => window.dispatchEvent(new Event('beforeprint'));
    window.addEventListener('afterprint', (event) => event.stopImmediatePropagation(), { capture: true });
  `);
  await page.keyboard.press('Control+p');
  const sheet = page.getByRole('dialog', { name: 'Print' });
  await sheet.getByRole('radio', { name: 'Last two years' }).check();
  await sheet.getByRole('button', { name: 'Print', exact: true }).click();
  await page.getByTestId('paper').waitFor({ state: 'attached' });
  const printed = await readPdf(page.context(), await page.pdf({ preferCSSPageSize: true }), 1.4);
  for (const [index, { picture }] of printed.slice(0, pages).entries()) {
    if (picture !== undefined) writeFileSync(`${folder}/print-${index + 1}.png`, Buffer.from(picture, 'base64'));
  }
}
