import { useEffect, useRef, useState } from 'react';
import { longestSearch } from './kept-find.ts';

/** Browsers refuse more than about 100 changes of the history in 30 seconds. */
const keepEveryMs = 400;

/**
 * The words in the search field: shown at once, kept in the history a moment later. Beginning a search is one step that
 * Back undoes; typing on replaces it.
 */
export function useSearchText(kept: string, keep: (text: string, replace: boolean) => void) {
  const [text, setText] = useState(kept);
  const [seen, setSeen] = useState(kept);
  const timer = useRef<number>(undefined);
  const latest = useRef({ text, keep });
  // Back, Forward or Show all: the history says otherwise now.
  if (kept !== seen) {
    setSeen(kept);
    setText(kept);
  }
  useEffect(() => {
    latest.current = { text, keep };
  });

  useEffect(() => {
    const forget = () => stop(timer);
    const flush = () => {
      if (stop(timer)) latest.current.keep(latest.current.text, true);
    };
    // A reload keeps what was typed the moment before; Back must not write it into the step it leads to.
    window.addEventListener('pagehide', flush);
    window.addEventListener('popstate', forget);
    return () => {
      forget();
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('popstate', forget);
    };
  }, []);

  return {
    text,
    setText(typed: string) {
      const next = typed.slice(0, longestSearch);
      setText(next);
      latest.current.text = next;
      if (kept === '' && next !== '') {
        keep(next, false);
        return;
      }
      timer.current ??= window.setTimeout(() => {
        timer.current = undefined;
        latest.current.keep(latest.current.text, true);
      }, keepEveryMs);
    },
    /** What was typed and not kept yet is not kept. */
    forget: () => void stop(timer),
  };
}

/** Whether a timer was running that now is not. */
function stop(timer: { current: number | undefined }): boolean {
  const running = timer.current !== undefined;
  window.clearTimeout(timer.current);
  timer.current = undefined;
  return running;
}
