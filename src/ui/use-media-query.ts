import { useSyncExternalStore } from 'react';

/** What held on the screen. Paper has another width: the page must not be laid out anew, and lose its place, by printing. */
const onScreen = new Map<string, boolean>();

/** Whether a media query holds now; renders again when that changes. While the page is printed, what held before. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => {
      const kept = matchMedia('print').matches ? onScreen.get(query) : undefined;
      if (kept !== undefined) return kept;
      const { matches } = matchMedia(query);
      onScreen.set(query, matches);
      return matches;
    },
  );
}
