import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names one browser, for as long as a sign-on may last: what was opened in it ends when somebody else signs on there. */
export const browserCookie = 'ct_browser';

/** The authorization server's own session in a browser. */
export const sessionCookie = 'ct_session';

const shape = /^[A-Za-z0-9_-]{43}$/;

/** The browser that asks; undefined where it was not named yet. */
export function browserOf(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  const value = cookieOf(request, browserCookie);
  return value !== undefined && shape.test(value) ? value : undefined;
}

export function newBrowser(): string {
  return randomBytes(32).toString('base64url');
}

/** The first cookie of this name, which is the one of the longest path (RFC 6265, 5.4). */
export function cookieOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | undefined {
  const found = (headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name);
  return found?.[1] === '' ? undefined : found?.[1];
}
