/** Does something once the page has nothing else to do, where the browser can tell; answers how to call it off. */
export function whenIdle(work: () => void): () => void {
  // Safari cannot tell.
  if (!('requestIdleCallback' in window)) return () => undefined;
  const asked = requestIdleCallback(work);
  return () => cancelIdleCallback(asked);
}
