import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef } from 'react';

/**
 * What a reader looks at does not move when rows come in above it, or when something above the feed grows (T2): the
 * first row in view is remembered, and the window follows it. At the top of the page nothing is held.
 */
export function usePlaceKept(
  virtualizer: Virtualizer<Window, Element>,
  items: readonly { key: string }[],
  top: number,
  headerHeight: number,
): void {
  const place = useRef<{ key: string; offset: number }>(undefined);

  useLayoutEffect(() => {
    const held = place.current;
    if (held === undefined || window.scrollY <= top - headerHeight) return;
    const index = items.findIndex((item) => item.key === held.key);
    const measured = index < 0 ? undefined : virtualizer.measurementsCache[index];
    if (measured === undefined) return;
    const moved = measured.start - window.scrollY - held.offset;
    if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: 'instant' });
  }, [virtualizer, items, top, headerHeight]);

  useLayoutEffect(() => {
    const remember = () => {
      const edge = window.scrollY + headerHeight;
      const first = virtualizer.getVirtualItems().find((item) => item.end > edge);
      place.current =
        first === undefined ? undefined : { key: String(first.key), offset: first.start - window.scrollY };
    };
    remember();
    window.addEventListener('scroll', remember, { passive: true });
    return () => window.removeEventListener('scroll', remember);
  });
}
