/** How long nobody may use the page, in milliseconds, before it is covered and before its session ends. */
export interface IdleTimes {
  coverAfter: number;
  endAfter: number;
}

/** Watches whether anybody uses the page. */
export interface IdleWatch {
  isCovered: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** The reader is back. */
  uncover: () => void;
  /** Ends the watch. */
  close: () => void;
}

/** What counts as somebody being there. Scrolling does not: the page scrolls itself too. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;
/** How often the wall clock is looked at, milliseconds; a sleeping computer's timers stand still, its clock does not. */
const tickMs = 2000;

/**
 * Covers after `coverAfter` without a sign of anybody, and calls `end` after `endAfter` (misreading 15). Time is what the
 * wall clock says, so that hours asleep or in the background count whole. What wakes a page that is due only covers it:
 * the key or press goes no further, and nothing but `uncover` shows the record again. Each tab counts for itself: that
 * somebody works in one says nothing of who looks at another.
 */
export function watchIdle(times: IdleTimes, end: () => void): IdleWatch {
  const listeners = new Set<() => void>();
  let lastSign = Date.now();
  let covered = false;
  let over = false;

  const change = (to: boolean): void => {
    if (covered === to) return;
    covered = to;
    for (const listener of listeners) listener();
  };

  const look = (): void => {
    const idle = Date.now() - lastSign;
    // A clock set back is no sign of anybody either, but must not hold the cover off for ever.
    if (idle < 0) lastSign = Date.now();
    if (idle >= times.coverAfter) change(true);
    if (idle < times.endAfter || over) return;
    over = true;
    end();
  };

  const onSign = (event: Event): void => {
    look();
    if (!covered) lastSign = Date.now();
    else if (!inCover(event.target)) {
      // Meant for what stood there before.
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  const options = { capture: true, passive: false } as const;
  for (const sign of signs) window.addEventListener(sign, onSign, options);
  const returns = ['focus', 'pageshow'] as const;
  for (const back of returns) window.addEventListener(back, look, options);
  document.addEventListener('visibilitychange', look, options);
  const timer = setInterval(look, tickMs);

  return {
    isCovered: () => covered,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    uncover() {
      look();
      if (over) return;
      lastSign = Date.now();
      change(false);
    },
    close() {
      for (const sign of signs) window.removeEventListener(sign, onSign, options);
      for (const back of returns) window.removeEventListener(back, look, options);
      document.removeEventListener('visibilitychange', look, options);
      clearInterval(timer);
      listeners.clear();
    },
  };
}

/** Marks the cover itself, which stays usable. */
export const coverMark = 'data-cover';

function inCover(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`[${coverMark}]`) !== null;
}
