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
 * there, this keeps which browser it was, for the page; one that has no name yet is given one.
 * @param begun the sign-on as the page began it: `ops:…`
 */
export async function noteBrowser(
  parts: AuthParts,
  begun: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const browser = browserOf(request.raw) ?? newBrowser();
  const here: Here = { browser, session: await sessionOf(parts.records, cookieOf(request.raw, sessionCookie)) };
  await parts.records.put(kind, begun, here, { expiresAt: Date.now() + lifetime });
  const { pathname, protocol } = new URL(addresses(parts.config).issuer);
  const secure = protocol === 'https:' ? '; Secure' : '';
  const shape = `Path=${pathname}; Max-Age=${parts.lifetimes.authorization}; HttpOnly; SameSite=Lax${secure}`;
  void reply.header('Set-Cookie', `${browserCookie}=${browser}; ${shape}`);
}

/** The browser in which a sign-on to one of those pages came back, once. */
export async function browserOfSignOn(records: AuthRecords, begun: string): Promise<Here | undefined> {
  return (await records.take(kind, begun))?.payload as Here | undefined;
}
