/** The browser tab as a launch sees it, handed in so that tests can stand in for it. */
export interface Tab {
  /** The address the page was opened with. */
  address: URL;
  /** The tab's own storage. Throws a SecurityError where the browser blocks it (a framed page of another site). */
  storage(): Storage;
  /** Changes the address in place, with no entry in the history. */
  rename(path: string): void;
  /** Leaves for another page in place of this one, so that Back never meets a spent launch address. */
  leaveFor(address: string): void;
  fetch: typeof fetch;
  now(): number;
  /** Missing on old browsers: then one tab cannot wait for another. */
  locks: Pick<LockManager, 'request'> | undefined;
  /** A channel to the other tabs of this app, or undefined where there is none. */
  channel(name: string): BroadcastChannel | undefined;
  /** Calls back whenever the page is shown again from the browser's back/forward cache. */
  onShownAgain(listener: () => void): void;
}

/** The tab this page runs in. */
export function thisTab(): Tab {
  return {
    address: new URL(window.location.href),
    storage: () => window.sessionStorage,
    // A reload of the timeline stands there already: its filters and its search, in the address and the history's
    // state, stay. An answer of the hub does not: its code and state go.
    rename: (path) => {
      const { pathname, search } = window.location;
      if (pathname === path && !new URLSearchParams(search).has('state')) return;
      window.history.replaceState(null, '', path);
    },
    leaveFor: (address) => window.location.replace(address),
    fetch: window.fetch.bind(window),
    now: () => Date.now(),
    locks: navigator.locks,
    channel: (name) => ('BroadcastChannel' in window ? new BroadcastChannel(name) : undefined),
    onShownAgain: (listener) => {
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) listener();
      });
    },
  };
}
