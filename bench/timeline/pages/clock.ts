import type { Measured } from '../measured.ts';

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
 * Starts the clock. What stands in the document counts once the frame that shows it has been painted: a message posted
 * in that frame's callback is read after the frame.
 */
export function startClock({ first, all }: Signs): void {
  const from = performance.now();
  const measured: Measured = { first: undefined, all: undefined };
  window.measured = measured;
  const seen = { first: false, all: false };
  const look = (): void => {
    if (!seen.first && first()) {
      seen.first = true;
      afterPaint(() => (measured.first = performance.now() - from));
    }
    if (!seen.all && first() && all()) {
      seen.all = true;
      watch.disconnect();
      afterPaint(() => (measured.all = performance.now() - from));
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
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = work;
    port2.postMessage(undefined);
  });
}
