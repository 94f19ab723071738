import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';
import type { ShownRows } from '../../timeline/overview/shown.ts';
import type { FeedItem } from './group-rows.ts';

/** The items of the feed, and which of them are in view; undefined while there are none. */
export interface ShownItems {
  items: readonly FeedItem[];
  rows: ShownRows | undefined;
}

export type WatchShown = (listener: (shown: ShownItems) => void) => () => void;

/** While the window scrolls it is told no more often than this, milliseconds: drawing what listens must not hold up the rows (T12). */
const pace = 100;

/** What shows less than this of its lower end, CSS pixels, is not in view. */
const sliver = 16;

/**
 * Tells, without drawing anything anew, which rows are in view below what is fixed at the top: at once to a new listener,
 * then as they change, ten times a second at most.
 */
export function useShownRows(
  virtualizer: Virtualizer<Window, Element>,
  items: readonly FeedItem[],
  headerHeight: number,
): WatchShown {
  const listeners = useRef(new Set<(shown: ShownItems) => void>());
  const last = useRef<ShownItems>({ items: [], rows: undefined });
  const toldAt = useRef(-Infinity);

  useLayoutEffect(() => {
    let frame = 0;
    const tell = () => {
      frame = 0;
      if (performance.now() - toldAt.current < pace) return later();
      const top = window.scrollY + headerHeight + sliver;
      const rows = rowsBetween(virtualizer, items.length, top, window.scrollY + innerHeight);
      const known = last.current;
      if (known.items === items && known.rows?.first === rows?.first && known.rows?.last === rows?.last) return;
      last.current = { items, rows };
      toldAt.current = performance.now();
      for (const listener of listeners.current) listener(last.current);
    };
    const later = () => {
      frame ||= requestAnimationFrame(tell);
    };
    later();
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', later);
    };
  });

  return (listener) => {
    listeners.current.add(listener);
    listener(last.current);
    return () => void listeners.current.delete(listener);
  };
}

/** The items between two heights of the document, in pixels; the nearest one where none is. */
function rowsBetween(
  { measurementsCache }: Virtualizer<Window, Element>,
  count: number,
  top: number,
  bottom: number,
): ShownRows | undefined {
  if (count === 0 || measurementsCache.length < count) return undefined;
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((measurementsCache[middle]?.end ?? 0) <= top) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last + 1 < count && (measurementsCache[last + 1]?.start ?? Infinity) < bottom) last += 1;
  return { first: low, last };
}
