import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { BrowserContext } from 'playwright';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('pdfjs-dist/package.json'));
const origin = 'http://pdf-reader.invalid';

/** One page of a PDF file. */
export interface PdfPage {
  /** Its words from top to bottom, one line of the page a line. */
  text: string;
  /** PNG in Base64, where pictures were asked for. */
  picture: string | undefined;
}

/**
 * Reads a PDF file back with pdf.js, page by page, in a page of this browser: nothing of it needs a canvas in Node.
 * `scale` is pixels per PDF point for pictures; without it there are none. Rejects when the file is no PDF.
 */
export async function readPdf(context: BrowserContext, file: Uint8Array, scale?: number): Promise<PdfPage[]> {
  const page = await context.newPage();
  try {
    await page.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/')
        return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>PDF</title>' });
      return route.fulfill({
        contentType: pathname.endsWith('.mjs') ? 'text/javascript' : 'application/octet-stream',
        body: readFileSync(resolve(library, pathname.slice(1))),
      });
    });
    await page.goto(`${origin}/`);
    const data = Buffer.from(file).toString('base64');
    return await page.evaluate(readHere, { data, scale, origin });
  } finally {
    await page.close();
  }
}

/** The part of pdf.js that is used here. */
interface PdfLibrary {
  getDocument(source: object): { promise: Promise<PdfDocument> };
}
interface PdfDocument {
  numPages: number;
  getPage(number: number): Promise<{
    getViewport(options: { scale: number }): { width: number; height: number };
    getTextContent(): Promise<{ items: { str?: string; hasEOL?: boolean; transform?: number[] }[] }>;
    render(options: object): { promise: Promise<void> };
  }>;
}

/** The part of a browser's window that is used here: whoever reads PDF files need not know all of the DOM. */
interface BrowserWindow {
  document: { createElement(tag: 'canvas'): { width: number; height: number; toDataURL(type: string): string } };
}

/** Runs in the browser. */
async function readHere(given: { data: string; scale: number | undefined; origin: string }): Promise<PdfPage[]> {
  // The worker's module sets itself up in this page: no second thread is needed for a test.
  await import(`${given.origin}/build/pdf.worker.min.mjs`);
  const pdf = (await import(`${given.origin}/build/pdf.min.mjs`)) as PdfLibrary;
  const bytes = Uint8Array.from(atob(given.data), (letter) => letter.codePointAt(0) ?? 0);
  const { document: here } = globalThis as unknown as BrowserWindow;
  const file = await pdf.getDocument({ data: bytes, standardFontDataUrl: `${given.origin}/standard_fonts/` }).promise;
  const pages: PdfPage[] = [];
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map(({ str = '', hasEOL = false }) => (hasEOL ? `${str}\n` : str)).join('');
    let picture: string | undefined;
    if (given.scale !== undefined) {
      const viewport = page.getViewport({ scale: given.scale });
      const canvas = here.createElement('canvas');
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await page.render({ canvas, viewport }).promise;
      picture = canvas.toDataURL('image/png').split(',')[1];
    }
    pages.push({ text, picture });
  }
  return pages;
}
