import type { Grant } from './kept.ts';
import type { Tab } from './tab.ts';

// Stand-ins for tests: a browser with tabs, and a grant for one person.

/** A storage in memory, as a tab's own. */
function memoryStorage(from?: Storage): Storage {
  const items = new Map<string, string>();
  for (let index = 0; index < (from?.length ?? 0); index += 1) {
    const key = from?.key(index) ?? '';
    items.set(key, from?.getItem(key) ?? '');
  }
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** A tab that a test can look into. */
export interface TestTab extends Tab {
  kept: Storage;
  /** Every address it was renamed to, in order. */
  renamed: string[];
  /** Where it left for. */
  left: string[];
  /** Shows the page again from the back/forward cache. */
  showAgain(): void;
}

export interface TestBrowser {
  /** Opens a tab; a duplicated one gets a copy of the other's storage. */
  tab(address: string, options?: { duplicateOf?: TestTab; storage?: () => Storage }): TestTab;
  /** Moves time on, milliseconds. */
  wait(ms: number): void;
}

/** A browser whose tabs share locks, channels and a clock. */
export function testBrowser(fetcher: typeof fetch = (...args) => fetch(...args), start = Date.now()): TestBrowser {
  const queues = new Map<string, Promise<unknown>>();
  const channels = new Map<string, Set<EventTarget>>();
  let now = start;

  const locks = {
    request: (name: string, work: () => Promise<unknown>) => {
      const done = (queues.get(name) ?? Promise.resolve()).then(work, work);
      queues.set(
        name,
        done.catch(() => undefined),
      );
      return done;
    },
  } as unknown as Tab['locks'];

  return {
    wait: (ms) => {
      now += ms;
    },
    tab(address, { duplicateOf, storage } = {}) {
      const kept = memoryStorage(duplicateOf?.kept);
      const shown: (() => void)[] = [];
      const tab: TestTab = {
        address: new URL(address),
        kept,
        renamed: [],
        left: [],
        storage: storage ?? (() => kept),
        rename: (path) => void tab.renamed.push(path),
        leaveFor: (to) => void tab.left.push(to),
        fetch: fetcher,
        now: () => now,
        locks,
        channel: (name) => channel(channels, name),
        onShownAgain: (listener) => void shown.push(listener),
        showAgain: () => shown.forEach((listener) => listener()),
      };
      return tab;
    },
  };
}

function channel(channels: Map<string, Set<EventTarget>>, name: string): BroadcastChannel {
  const own = new EventTarget();
  const all = channels.get(name) ?? new Set();
  channels.set(name, all.add(own));
  const post = (data: unknown): void => {
    const others = [...all].filter((one) => one !== own);
    setTimeout(() => others.forEach((other) => other.dispatchEvent(new MessageEvent('message', { data }))), 1);
  };
  const made = {
    addEventListener: own.addEventListener.bind(own),
    postMessage: post,
    close: () => void all.delete(own),
  };
  return made as unknown as BroadcastChannel;
}

/** A grant for the person `p1`, good for ten minutes from `now`. */
export function testGrant(now: number, change: Partial<Grant> = {}): Grant {
  return {
    share: 'share-1',
    stateKey: 'state-1',
    launch: undefined,
    base: 'https://hub.example/fhir',
    hubName: 'Borough hub',
    clientId: 'care-timeline',
    tokenEndpoint: 'https://hub.example/oauth/token',
    issuer: 'https://hub.example/oauth',
    jwksUri: 'https://hub.example/oauth/jwks',
    patientId: 'p1',
    encounterId: undefined,
    scopes: ['patient/*.rs'],
    needPatientBanner: true,
    openedFrom: 'EMIS',
    openedAt: now,
    idToken: undefined,
    user: { name: undefined, fhirUser: undefined },
    tokens: {
      generation: 0,
      accessToken: 'access-0',
      refreshToken: 'refresh-0',
      issuedAt: now,
      expiresAt: now + 600_000,
    },
    ...change,
  };
}
