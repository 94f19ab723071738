import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { browserCookie, browserOf, cookieOf, newBrowser, sessionCookie } from './browser.ts';
import { sessionOf } from './find-session.ts';
import type { AuthRecords } from './records.ts';

/** Pages of the hub that staff sign on to: the operator's, the privacy officer's. */
export type StaffPage = 'ops' | 'privacy';

/** As what their sessions are remembered. */
export const staffPageKinds: Record<StaffPage, string> = { ops: 'OperatorSession', privacy: 'PrivacySession' };

/** The browser of a sign-on, and the session of the authorization server in it. */
export interface Here {
  browser: string;
  session: string | undefined;
}

const kind = 'StaffPageBrowser';
const lifetime = 15 * 60_000;

/**
 * Cookies that name the browser are sent to the authorization server alone. Where a sign-on to one of those pages comes back
 * there, this hands over to the page which browser it is, by a cookie of the page's own: nobody can do it for another
 * browser. One that has no name yet is given one.
 */
export async function noteBrowser(
  parts: AuthParts,
  page: StaffPage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const browser = browserOf(request.raw) ?? newBrowser();
  const key = randomBytes(32).toString('base64url');
  const here: Here = { browser, session: await sessionOf(parts.records, cookieOf(request.raw, sessionCookie)) };
  await parts.records.put(kind, key, here, { expiresAt: Date.now() + lifetime });
  const { pathname, protocol } = new URL(addresses(parts.config).issuer);
  const cookie = (name: string, value: string, path: string, seconds: number) =>
    `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${protocol === 'https:' ? '; Secure' : ''}`;
  void reply.header('Set-Cookie', [
    cookie(browserCookie, browser, pathname, parts.lifetimes.authorization),
    cookie(handedOver(page), key, `/${page}`, lifetime / 1000),
  ]);
}

/** The browser in which a sign-on to one of those pages came back, once. */
export async function browserOfSignOn(
  records: AuthRecords,
  page: StaffPage,
  request: FastifyRequest,
): Promise<Here | undefined> {
  const key = cookieOf(request.raw, handedOver(page));
  return key === undefined ? undefined : ((await records.take(kind, key))?.payload as Here | undefined);
}

function handedOver(page: StaffPage): string {
  return `${page}-browser`;
}
