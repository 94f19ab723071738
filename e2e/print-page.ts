import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { type PdfPage, readPdf } from './pdf-reader.ts';

/** What stands in for the browser's own print window: it opens when asked, and closes when a test says so. */
interface PrintWindow {
  /** How often this window was asked to print. */
  printed?: number;
  /** Whether the browser's word that printing has ended is held back. */
  holdEnd?: boolean;
}

/** Printing as a reader does it: the sheet that asks for a period, and the document that comes out. */
export class PrintPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /**
   * A headless browser has no print window. In its place `window.print` is noted and begins, as the real one does; the
   * file is then made by `pages`, and until it is there nothing hears that printing has ended. Call before any page opens.
   */
  async standIn(): Promise<void> {
    await this.page.addInitScript(() => {
      const here = window as Window & PrintWindow;
      here.holdEnd = true;
      here.print = () => {
        here.printed = (here.printed ?? 0) + 1;
        here.dispatchEvent(new Event('beforeprint'));
      };
      here.addEventListener('afterprint', (event) => here.holdEnd === true && event.stopImmediatePropagation());
    });
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog', { name: 'Print' });
  }
  get document(): Locator {
    return this.page.getByTestId('paper');
  }
  get print(): Locator {
    return this.sheet.getByRole('button', { name: 'Print', exact: true });
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Print', exact: true }).click();
    await expect(this.sheet.getByRole('group', { name: 'Period' })).toBeVisible();
  }

  async choose(period: string | RegExp): Promise<void> {
    await this.sheet.getByRole('radio', { name: period }).check();
  }

  /** Presses Print and waits until it is printed. */
  async press(): Promise<void> {
    await this.print.click();
    await this.isPrinted();
  }

  /** Waits until the document stands and the browser was asked, once, to print this very window. */
  async isPrinted(): Promise<void> {
    await expect(this.document).toHaveCount(1);
    await expect.poll(() => timesPrinted(this.page.mainFrame())).toBe(1);
  }

  /** The document's pages as a printer gets them. */
  async pages(scale?: number): Promise<PdfPage[]> {
    const file = await this.page.pdf({ preferCSSPageSize: true });
    return readPdf(this.page.context(), file, scale);
  }

  /** The reader closes the print window. */
  async end(): Promise<void> {
    await this.page.evaluate(() => {
      (window as Window & PrintWindow).holdEnd = false;
      window.dispatchEvent(new Event('afterprint'));
    });
  }
}

/** How often a window, of a tab or of a frame, was asked to print. */
export async function timesPrinted(frame: Frame): Promise<number> {
  return frame.evaluate(() => (window as Window & PrintWindow).printed ?? 0);
}
