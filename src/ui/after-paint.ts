let last: Promise<void> = Promise.resolve();

/**
 * Resolves once the page has been painted as it stands now; for each who waits a frame of its own, in the order they asked, so that what
 * they go on to do never adds up to one long moment (T12). A page that is not in view is not painted, and nobody waits for it.
 */
export function afterPaint(): Promise<void> {
  last = last.then(painted);
  return last;
}

/** A message posted in a frame's callback is read after that frame. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  });
}
