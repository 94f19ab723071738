/** What is used of Trusted Types (W3C, in Chromium, Safari 26 and Firefox 148); TypeScript's own lists do not have it yet. */
interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): { createHTML(text: string): string };
}

interface PolicyRules {
  createHTML?: (text: string) => string;
  createScriptURL?: (address: string) => string | null;
}

function factory(): PolicyFactory | undefined {
  return (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
}

/**
 * From here on the browser starts scripts and workers from the app's own files alone, whatever asks for another. Text is
 * never taken for markup: there is no rule for that. To be called once, before anything starts a worker.
 */
export function trustOwnScripts(): void {
  factory()?.createPolicy('default', { createScriptURL: (address) => (isOwnScript(address) ? address : null) });
}

/** The service worker and what the build made; nothing the page could be talked into making itself (`blob:`, `data:`). */
export function isOwnScript(address: string): boolean {
  if (!URL.canParse(address, location.href)) return false;
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && (pathname === '/sw.js' || pathname.startsWith('/assets/'));
}

let inert: ReturnType<PolicyFactory['createPolicy']> | undefined;

/**
 * Markup as a document of its own that is never shown: nothing in it runs or is fetched. The one place where text may become
 * markup without being sanitised first, and it goes nowhere but into such a document.
 */
export function inertDocument(markup: string, type: 'text/html' | 'application/xhtml+xml'): Document {
  inert ??= factory()?.createPolicy('inert', { createHTML: (text) => text });
  return new DOMParser().parseFromString(inert?.createHTML(markup) ?? markup, type);
}
