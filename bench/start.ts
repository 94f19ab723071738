import { startProduct } from '../tools/run-product.ts';
import { median } from './measure.ts';
import type { Figure } from './figure.ts';

/** `npm start` on an empty store is to be ready within this many seconds. */
const limit = 30;
const starts = 3;

/** `start.ready`: from the command to the line that says ready, on an empty store; the median of three starts. */
export async function measureStart(): Promise<Figure[]> {
  const seconds: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const product = await startProduct();
    seconds.push(product.secondsToReady);
    await product.stop();
  }
  const value = median(seconds);
  return [{ name: 'start.ready', value, unit: 's', against: `limit of ${limit} s`, ratio: value / limit }];
}
