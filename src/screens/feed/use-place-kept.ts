import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** How long, in milliseconds, rows that came in may still be measured and move what is below them. */
const settling = 400;

export interface PlaceKeptParts {
  list: RefObject<HTMLElement | null>;
  virtualizer: Virtualizer<Window, Element>;
  items: readonly { key: string }[];
  top: number;
  headerHeight: number;
  /** Takes where the window is now as known to the page. */
  rememberScroll: () => void;
  /** Whether the window is somewhere else than the page last knew, and so was scrolled by the reader. */
  readerScrolled: () => boolean;
}

/**
 * What a reader looks at does not move when rows come in above it, or when something above the feed grows (T2): the
 * first row in view is remembered, and the window follows it until what came in has been measured. At the top of the
 * page nothing is held, and a reader who scrolled is never taken back: the browser tells of scrolling a frame later, and
 * a press in that frame must open what is under it (wrong entry opened). Returns a way to let go, for a move that is meant.
 */
export function usePlaceKept({
  list,
  virtualizer,
  items,
  top,
  headerHeight,
  rememberScroll,
  readerScrolled,
}: PlaceKeptParts): () => void {
  const place = useRef<Place>(undefined);
  const laidOut = useRef({ items, top, headerHeight, at: 0 });

  useLayoutEffect(() => {
    const last = laidOut.current;
    // Where it stands now: what is above the feed may have grown in this very drawing, which `top` tells a frame later.
    const listTop = list.current?.getBoundingClientRect().top ?? 0;
    const topNow = Math.round(listTop + window.scrollY);
    if (last.items !== items || last.top !== topNow || last.headerHeight !== headerHeight) {
      laidOut.current = { items, top: topNow, headerHeight, at: performance.now() };
    }
    const settlesAt = laidOut.current.at + settling;
    const held = place.current;
    if (
      held !== undefined &&
      !readerScrolled() &&
      performance.now() < settlesAt &&
      window.scrollY > top - headerHeight
    ) {
      const index = items.findIndex((item) => item.key === held.key);
      const measured = index < 0 ? undefined : virtualizer.measurementsCache[index];
      const moved = measured === undefined ? 0 : listTop + measured.start - top - held.offset;
      if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' });
    }
    const remember = () => {
      rememberScroll();
      place.current = firstInView(list.current, headerHeight);
    };
    remember();
    // Before the virtualizer hears of it: a reader's own scrolling must not be taken for rows that moved.
    window.addEventListener('scroll', remember, { passive: true, capture: true });
    return () => window.removeEventListener('scroll', remember, { capture: true });
  });

  return () => {
    place.current = undefined;
  };
}

interface Place {
  key: string;
  /** Pixels from the top of the window. */
  offset: number;
}

/** As it is painted, since what the virtualizer says may already hold measures that are not. */
function firstInView(list: HTMLElement | null, headerHeight: number): Place | undefined {
  for (const article of list?.querySelectorAll<HTMLElement>('article') ?? []) {
    const { top, bottom } = article.getBoundingClientRect();
    const key = article.dataset['key'];
    if (key !== undefined && bottom > headerHeight && top < window.innerHeight) return { key, offset: top };
  }
  return undefined;
}
