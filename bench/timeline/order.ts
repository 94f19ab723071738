import type { Browser } from 'playwright';
import type { Figure } from '../figure.ts';
import { median } from '../measure.ts';
import type { Order } from './measured.ts';

/** `timeline.order.10000`: join, order and lanes of that many entries against a plain sort and group of the same. */
export async function measureOrder(browser: Browser, url: string, size: number): Promise<Figure> {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}/order/order.html?n=${size}`);
    await page.waitForFunction('window.order !== undefined', undefined, { timeout: 60_000 });
    const { ours, floor } = await page.evaluate<Order>('window.order');
    // The first rounds are read slowly by an engine that does not know the code yet; on the page it is met once, and that is in `all`.
    const [mine, theirs] = [ours.slice(1), floor.slice(1)];
    return {
      name: `timeline.order.${size}`,
      value: median(mine),
      unit: 'ms',
      against: `plain sort and group by month and lane: ${median(theirs).toFixed(1)} ms; first round ${ours[0]?.toFixed(0)} ms`,
      ratio: median(mine) / median(theirs),
    };
  } finally {
    await page.close();
  }
}
