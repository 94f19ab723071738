import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { upstreamKey, type SignedOnUser, type UpstreamSession } from '../auth/authorization.ts';
import type { AuthRecords } from '../auth/records.ts';
import { staffPageKinds, type StaffPage } from '../auth/staff-page.ts';

/** A member of staff who is signed on to one of the hub's own pages. */
export interface StaffSession {
  user: SignedOnUser;
  /** Goes with every form of this session, so that no other site's page can send one. */
  formKey: string;
  upstream: UpstreamSession;
}

/** Milliseconds; then the user signs on again. */
const lifetime = 60 * 60_000;

/** Sessions of one of those pages, by a cookie of their own that is sent to `/ops` or `/privacy` alone. */
export class StaffSessions {
  readonly #page: StaffPage;
  readonly #records: AuthRecords;
  readonly #secure: boolean;

  constructor(page: StaffPage, records: AuthRecords, secure: boolean) {
    this.#page = page;
    this.#records = records;
    this.#secure = secure;
  }

  async find(request: FastifyRequest): Promise<StaffSession | undefined> {
    const value = cookieOf(request, this.#page);
    return value === undefined ? undefined : ((await this.#records.find(this.#kind, value))?.payload as StaffSession);
  }

  /**
   * @param signOn where the user signed on: when that ends, so does this
   * @param browser in which somebody else's sign-on ends it
   */
  async begin(reply: FastifyReply, user: SignedOnUser, signOn: UpstreamSession, browser: string): Promise<void> {
    const value = randomBytes(32).toString('base64url');
    const session: StaffSession = { user, formKey: randomBytes(32).toString('base64url'), upstream: signOn };
    await this.#records.put(this.#kind, value, session, {
      expiresAt: Date.now() + lifetime,
      uid: browser,
      user: user.id,
      upstream: upstreamKey(signOn),
    });
    reply.header('Set-Cookie', [this.#set(this.#page, value, lifetime / 1000), this.#set(this.#beginCookie, '', 0)]);
  }

  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const value = cookieOf(request, this.#page);
    if (value !== undefined) await this.#records.remove(this.#kind, value);
    reply.header('Set-Cookie', this.#set(this.#page, '', 0));
  }

  /** Remembers in this browser which sign-on it began; answers its name. */
  beginSignOn(reply: FastifyReply): string {
    const name = randomBytes(32).toString('base64url');
    reply.header('Set-Cookie', this.#set(this.#beginCookie, name, 15 * 60));
    return name;
  }

  signOnBegun(request: FastifyRequest): string | undefined {
    return cookieOf(request, this.#beginCookie);
  }

  get #kind(): string {
    return staffPageKinds[this.#page];
  }

  get #beginCookie(): string {
    return `${this.#page}-sign-on`;
  }

  #set(name: string, value: string, seconds: number): string {
    const secure = this.#secure ? '; Secure' : '';
    return `${name}=${value}; Path=/${this.#page}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }
}

/** Whether a form was made for this session. */
export function isOwnForm({ formKey }: StaffSession, given: string | null): boolean {
  const [right, shown] = [Buffer.from(formKey), Buffer.from(given ?? '')];
  return right.length === shown.length && timingSafeEqual(right, shown);
}

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim().split('='))
    .find(([key]) => key === name);
  return found?.[1] === '' ? undefined : found?.[1];
}
