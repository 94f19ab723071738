import type { Browser } from 'playwright';
import type { Figure } from '../figure.ts';
import type { Order } from './measured.ts';

/**
 * `timeline.order.10000`: join, order and lanes of that many mapped entries that nobody has joined before, against a plain sort
 * and group of the same; `timeline.order.again.10000`: as the page does it, when the last page of 100 comes to all the others;
 * `timeline.order.unread.10000`: with what the join reads of each entry, which the page reads while it maps. The best of the
 * rounds of each: both sides compute and wait for nothing, so that anything above it is what else the machine did.
 */
export async function measureOrder(browser: Browser, url: string, size: number): Promise<Figure[]> {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}/order/order.html?n=${size}`);
    await page.waitForFunction('window.order !== undefined', undefined, { timeout: 120_000 });
    const { ours, again, unread, floor } = await page.evaluate<Order>('window.order');
    const theirs = Math.min(...floor);
    const figure = (name: string, rounds: readonly number[]): Figure => ({
      name: `timeline.${name}.${size}`,
      value: Math.min(...rounds),
      unit: 'ms',
      against: `plain sort and group by month and lane: ${theirs.toFixed(1)} ms`,
      ratio: Math.min(...rounds) / theirs,
    });
    return [figure('order', ours), figure('order.again', again), figure('order.unread', unread)];
  } finally {
    await page.close();
  }
}
