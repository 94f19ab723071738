import { answerFrom } from './answer-from.ts';

// The installed app's own service worker. It keeps the app's files and nothing else: they are fetched when it is
// installed, from a list the build writes in, and nothing that is asked for later is ever added.

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: { origin: string };
}

const worker = globalThis as unknown as Worker;
const prefix = 'care-timeline app ';
const cacheName = `${prefix}%VERSION%`;
/** The page itself first, then every file under `/assets/` that it may ask for. */
const files = '%FILES%'.split(' ');

worker.addEventListener('install', (event) => {
  const all = files.map((file) => new Request(file, { cache: file === '/' ? 'reload' : 'default' }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(all)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([dropOld(), worker.clients.claim()]));
});

// Only when a reader asks for the new version: a page with a record open is never changed under their hands.
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const from = answerFrom(event.request, worker.location.origin, files);
  if (from === 'page') event.respondWith(networkElsePage(event));
  else if (from === 'kept') event.respondWith(keptElseNetwork(event.request));
});

/**
 * From the network, so that a new release is never masked; without one the page that says so. No navigation preload: for
 * an address that is left alone the browser would ask twice, and the second asking finds a launch handle spent.
 */
async function networkElsePage(event: Fetching): Promise<Response> {
  try {
    return await fetch(event.request);
  } catch (error) {
    const page = await caches.match('/', { cacheName });
    if (page === undefined) throw error;
    return page;
  }
}

/** Of any version that is kept: a tab opened before a release goes on with the files it began with. */
async function keptElseNetwork(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

/** Keeps this version and the one before it, which other tabs may still be using. */
async function dropOld(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
}
