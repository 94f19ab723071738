import type { Page } from 'playwright';
import type { Figure } from '../figure.ts';

/** No frame of a full scroll may take longer, milliseconds. */
const limit = 50;

/** A window's height with every frame, from the top to the end: the harshest way to scroll, since every row is new in every frame. */
const scrolling = `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  let nodes = 0;
  window.scrollTo(0, 0);
  await frame();
  let last = await frame();
  while (window.scrollY + window.innerHeight < document.documentElement.scrollHeight - 1) {
    window.scrollBy({ top: window.innerHeight, behavior: 'instant' });
    const now = await frame();
    frames.push(now - last);
    last = now;
    if (frames.length % 50 === 0) nodes = Math.max(nodes, document.querySelectorAll('*').length);
  }
  return { frames, nodes };
})()`;

/** `timeline.scroll.10000`: the longest frame of a scroll through all of it; and the most nodes that were in the page on the way. */
export async function measureScroll(page: Page, size: number): Promise<{ figure: Figure; nodes: number }> {
  const { frames, nodes } = await page.evaluate<{ frames: number[]; nodes: number }>(scrolling);
  if (frames.length < size / 50) throw new Error(`only ${frames.length} frames: the list was not scrolled to its end`);
  const sorted = frames.toSorted((a, b) => a - b);
  const longest = sorted.at(-1) ?? Number.NaN;
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const slow = frames.filter((frame) => frame > limit).length;
  const against = `limit of ${limit} ms; ${slow} of ${frames.length} frames over it, 99 % within ${at(0.99)} ms, half within ${at(0.5)} ms`;
  return {
    figure: { name: `timeline.scroll.${size}`, value: longest, unit: 'ms', against, ratio: longest / limit },
    nodes,
  };
}
