/** A request as the service worker sees it. */
export interface Asked {
  method: string;
  mode: RequestMode;
  url: string;
}

/** The single page's own addresses; everything else that is navigated to (sign-on, picker) is the hub's. */
const pages: ReadonlySet<string> = new Set(['/', '/launch', '/callback', '/timeline']);

/**
 * Where an answer comes from. `kept`: a file of the app with a digest in its name, which never changes. `page`: from the
 * network, and only without one the empty page, which then says that no record is shown. `network`: left alone, as if
 * there were no service worker: all that holds or leads to a record (FHIR, sign-on, feeds), the configuration, and
 * whatever else is asked for.
 */
export function answerFrom(asked: Asked, origin: string, files: readonly string[]): 'kept' | 'page' | 'network' {
  if (asked.method !== 'GET') return 'network';
  const url = new URL(asked.url);
  if (url.origin !== origin) return 'network';
  if (asked.mode === 'navigate') return pages.has(url.pathname) ? 'page' : 'network';
  const isOwn = url.pathname.startsWith('/assets/') && url.search === '' && files.includes(url.pathname);
  return isOwn ? 'kept' : 'network';
}
