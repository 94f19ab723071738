import type { Interaction } from './interaction.ts';

/**
 * Headers that let a page of another origin read the answer (SMART 2.2, CORS): any origin for discovery, the registered
 * ones for the rest. Without them the browser keeps the answer from the page. Tokens travel in a header, never in a
 * cookie, so credentials are not allowed.
 */
export function corsHeaders(
  origin: string | undefined,
  kind: Interaction['kind'] | undefined,
  allowedOrigins: readonly string[],
): Record<string, string> {
  if (kind === 'metadata' || kind === 'smart-configuration') return { 'access-control-allow-origin': '*' };
  const vary = { vary: 'Origin' };
  if (origin === undefined || !allowedOrigins.includes(origin)) return vary;
  return {
    ...vary,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'etag, last-modified, location, www-authenticate, x-request-id',
  };
}

/** What a preflight is told besides. */
export const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'accept, authorization, content-type, if-match, if-none-exist, prefer, x-request-id',
  'access-control-max-age': '600',
};
