import { type Measured, measuredWord } from '../measured.ts';

declare global {
  interface Window {
    measured: Measured;
  }
}

/** How a page is seen to have got so far. */
export interface Signs {
  first: () => boolean;
  all: () => boolean;
}

/**
 * Reads the clock, which started with the navigation and stood still for `pausedMs`, while the record was brought into
 * memory. What stands in the document counts once the frame that shows it has been painted: a task of the highest priority, posted
 * in that frame's callback, comes right after the frame. A message would wait its turn behind all answers that came meanwhile.
 */
export function readClock(pausedMs: number, { first, all }: Signs): void {
  const measured: Measured = { first: undefined, all: undefined };
  window.measured = measured;
  const seen = { first: false, all: false };
  const look = (): void => {
    if (!seen.first && first()) {
      seen.first = true;
      afterPaint(() => (measured.first = performance.now() - pausedMs));
    }
    if (!seen.all && first() && all()) {
      seen.all = true;
      watch.disconnect();
      afterPaint(() => {
        measured.all = performance.now() - pausedMs;
        // The driver hears of it; were it to ask, what it asks with would be compiled in the very time that is measured.
        console.info(measuredWord);
      });
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-complete-to', 'aria-setsize'],
  });
}

function afterPaint(work: () => void): void {
  requestAnimationFrame(() => void scheduler.postTask(work, { priority: 'user-blocking' }));
}
