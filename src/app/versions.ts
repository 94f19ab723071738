/** How often a page that stays open asks whether there is a new version, milliseconds. */
const askEvery = 30 * 60_000;
/** A new version that does not take over within this is loaded all the same. */
const takeOverMs = 5000;

/** Whether a newer version of the app waits to be loaded. */
export interface Versions {
  isNewReady: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** Loads the page again with the new version; the session of the tab is resumed by it. */
  load: () => void;
}

/**
 * Installs the app's service worker, and tells when a newer one waits. It never loads anything by itself: a page with a
 * record open does not change under its reader's hands. Rejects where the browser refuses to install it.
 */
export async function watchVersions(container: ServiceWorkerContainer, reload: () => void): Promise<Versions> {
  await container.register('/sw.js', { updateViaCache: 'none' });
  const registration = await container.getRegistration();
  const listeners = new Set<() => void>();
  let ready = false;

  const look = (): void => {
    // Without one in charge it is the first version, which masks nothing.
    if (ready || registration?.waiting == null || container.controller === null) return;
    ready = true;
    for (const listener of listeners) listener();
  };
  const follow = (): void => registration?.installing?.addEventListener('statechange', look);
  registration?.addEventListener('updatefound', follow);
  follow();
  look();

  let asked = Date.now();
  const ask = (): void => {
    if (Date.now() - asked < askEvery) return;
    asked = Date.now();
    // Without a network there is nothing new to hear of; it is asked again later.
    registration?.update().catch(() => undefined);
  };
  setInterval(ask, askEvery);
  document.addEventListener('visibilitychange', ask);

  return {
    isNewReady: () => ready,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load() {
      const waiting = registration?.waiting;
      // Another tab has let it take over already.
      if (waiting == null) return reload();
      container.addEventListener('controllerchange', reload, { once: true });
      setTimeout(reload, takeOverMs);
      // eslint-disable-next-line unicorn/require-post-message-target-origin -- a service worker is of its own origin only
      waiting.postMessage('take-over');
    },
  };
}
