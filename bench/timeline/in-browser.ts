import type { Browser, CDPSession, Page } from 'playwright';
import { type Measured, measuredWord } from './measured.ts';

/** Long enough for a new window to have come to rest, milliseconds. */
const settleMs = 500;

export interface Opened {
  page: Page;
  cdp: CDPSession;
  first: number;
  all: number;
  close: () => Promise<void>;
}

/** Opens a bench page in a context of its own, so that no run warms another's, and waits until it has measured itself. */
export async function openPage(browser: Browser, url: string, timeoutMs: number): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  // A new window's own surroundings load at first, on the same processors.
  await page.waitForTimeout(settleMs);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  try {
    const cdp = await context.newCDPSession(page);
    await Promise.all([
      page.waitForEvent('console', { predicate: (said) => said.text() === measuredWord, timeout: timeoutMs }),
      page.goto(url),
    ]);
    const { first, all } = await page.evaluate<Measured>('window.measured');
    if (first === undefined || all === undefined) throw new Error(`${url} did not measure itself`);
    if (faults.length > 0) throw new Error(`${url}: ${faults.join('; ')}`);
    return { page, cdp, first, all, close: () => context.close() };
  } catch (error) {
    await context.close();
    throw new Error(`${url}: ${faults.join('; ')}`, { cause: error });
  }
}

/** Bytes of JavaScript heap in use after a collection. */
export async function heapAfterCollection(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  // Twice: what the first frees may hold what only the second can.
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}
