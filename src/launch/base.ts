import { ReadFailure } from './session.ts';

/**
 * The absolute address of a read, if it lies inside the FHIR base: same origin, path below the base's path. A bearer token
 * is never sent anywhere else, whatever a `next` link or a reference says (SMART App Launch 2.2, "SHOULD NOT follow
 * references to other servers with the token"). Throws ReadFailure `malformed` for any other address.
 */
export function withinBase(base: string, path: string): string {
  const root = new URL(`${base}/`);
  if (!URL.canParse(path, root)) throw new ReadFailure('malformed', 'A link of the hub is not an address.');
  const url = new URL(path, root);
  const inside =
    url.origin === root.origin &&
    // The base itself too: some servers page by `base?_getpages=`.
    `${url.pathname}/`.startsWith(root.pathname) &&
    url.username === '' &&
    url.password === '' &&
    // An encoded slash or backslash could climb out of the base once the server decodes it.
    !/%2f|%5c/i.test(url.pathname);
  if (!inside) throw new ReadFailure('malformed', 'A link of the hub leads outside it and was not followed.');
  url.hash = '';
  return url.href;
}
