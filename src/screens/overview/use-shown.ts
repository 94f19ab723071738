import { useEffect, useState, type RefObject } from 'react';
import { type Shown, shownOf } from '../../timeline/overview/shown.ts';
import type { FeedHandle } from '../feed/feed.tsx';

/** Where the list stands, as it scrolls; undefined while it has no rows. `now` in epoch milliseconds. */
export function useShown(feed: RefObject<FeedHandle | null>, folded: number, now: number): Shown | undefined {
  const [shown, setShown] = useState<Shown>();
  useEffect(
    () =>
      feed.current?.watchShown(({ items, rows }) => {
        setShown(rows && shownOf(items, rows, folded, now));
      }),
    [feed, folded, now],
  );
  return shown;
}
