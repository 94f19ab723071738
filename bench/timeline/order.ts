import type { Browser } from 'playwright';
import type { Figure } from '../figure.ts';
import { median } from '../measure.ts';
import type { Order } from './measured.ts';

/**
 * `timeline.order.10000`: join, order and lanes of that many entries that nobody has met before, against a plain sort and
 * group of the same; `timeline.order.again.10000`: as the page does it, when the last page of 100 comes to all the others.
 */
export async function measureOrder(browser: Browser, url: string, size: number): Promise<Figure[]> {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}/order/order.html?n=${size}`);
    await page.waitForFunction('window.order !== undefined', undefined, { timeout: 60_000 });
    const { ours, again, floor } = await page.evaluate<Order>('window.order');
    // The first round is read slowly by an engine that does not know the code yet; on the page that is part of `all`.
    const theirs = median(floor.slice(1));
    const figure = (name: string, rounds: readonly number[]): Figure => ({
      name: `timeline.${name}.${size}`,
      value: median(rounds.slice(1)),
      unit: 'ms',
      against: `plain sort and group by month and lane: ${theirs.toFixed(1)} ms`,
      ratio: median(rounds.slice(1)) / theirs,
    });
    return [figure('order', ours), figure('order.again', again)];
  } finally {
    await page.close();
  }
}
