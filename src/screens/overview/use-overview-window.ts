import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { monthOf, type MonthSpan, spanOf } from '../../timeline/overview/months.ts';
import { shownOf } from '../../timeline/overview/shown.ts';
import { following, moved, openingWindow, within, zoomed } from '../../timeline/overview/window.ts';
import type { FeedHandle } from '../feed/feed.tsx';

/** How long, in milliseconds, the list may still be settling after the overview moved it. */
const settling = 800;

export interface WindowInput {
  feed: RefObject<FeedHandle | null>;
  life: MonthSpan;
  folded: number;
  /** Epoch milliseconds. */
  now: number;
}

export interface OverviewWindow {
  window: MonthSpan;
  /** Moves the window by months and the list with it: to the newest row of what comes into view. */
  move: (by: number) => MonthSpan;
  /** Puts the first month of the window here, and moves the list with it. */
  moveTo: (first: number) => MonthSpan;
  zoom: (to: 'in' | 'out') => MonthSpan;
  /** Back to where the page opened: the last two years, and the list at today. */
  today: () => MonthSpan;
  /** Moves the list alone, to an instant within the window. */
  showInstant: (instant: number) => void;
  /** The list is about to change for a reason of its own: the window stays where the reader put it. */
  stay: () => void;
}

/**
 * The months the overview shows large. It moves the list, and follows the list when the reader scrolls it out of view;
 * what it moved itself it does not follow, or nobody could look at a stretch where nothing happened.
 */
export function useOverviewWindow({ feed, life, folded, now }: WindowInput): OverviewWindow {
  const [wanted, setWanted] = useState(() => openingWindow(now));
  const window = useMemo(() => within(wanted, life), [wanted, life]);
  const quietUntil = useRef(0);
  const top = useRef<number>(undefined);
  const asked = useRef<number>(undefined);
  const frame = useRef(0);

  useEffect(
    () =>
      feed.current?.watchShown(({ items, rows }) => {
        const band = rows && shownOf(items, rows, folded, now).band;
        const before = top.current;
        top.current = band?.top;
        if (band === undefined || before === undefined || before === band.top) return;
        if (performance.now() < quietUntil.current) return;
        setWanted((last) => following(within(last, life), band, life));
      }),
    [feed, folded, now, life],
  );
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const stay = () => {
    quietUntil.current = performance.now() + settling;
  };
  const showInstant = (instant: number) => {
    stay();
    asked.current = instant;
    // A pointer tells more often than a frame is drawn.
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      if (asked.current !== undefined) feed.current?.showInstant(asked.current, now);
    });
  };
  const go = (next: MonthSpan) => {
    setWanted(next);
    showInstant(spanOf(next).to - 1);
    return next;
  };
  return {
    window,
    move: (by) => go(moved(window, by, life)),
    moveTo: (first) => (first === window.first ? window : go(within({ ...window, first }, life))),
    zoom: (to) => {
      const next = zoomed(window, to, monthOf(top.current ?? now), life);
      setWanted(next);
      return next;
    },
    today: () => {
      const next = within(openingWindow(now), life);
      setWanted(next);
      showInstant(now);
      return next;
    },
    showInstant,
    stay,
  };
}
