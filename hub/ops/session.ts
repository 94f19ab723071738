import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignedOnUser } from '../auth/authorization.ts';
import type { AuthRecords } from '../auth/records.ts';

/** An operator who is signed on. */
export interface OperatorSession {
  user: SignedOnUser;
  /** Goes with every form of this session, so that no other site's page can send one. */
  formKey: string;
}

const kind = 'OperatorSession';
/** Milliseconds; then the operator signs on again. */
const lifetime = 60 * 60_000;
const cookie = 'operator';
const beginCookie = 'operator-sign-on';

/** Sessions of the operator's pages, by a cookie of their own that is sent to `/ops` alone. */
export class OperatorSessions {
  readonly #records: AuthRecords;
  readonly #secure: boolean;

  constructor(records: AuthRecords, secure: boolean) {
    this.#records = records;
    this.#secure = secure;
  }

  async find(request: FastifyRequest): Promise<OperatorSession | undefined> {
    const value = cookieOf(request, cookie);
    return value === undefined ? undefined : ((await this.#records.find(kind, value))?.payload as OperatorSession);
  }

  async begin(reply: FastifyReply, user: SignedOnUser): Promise<void> {
    const value = randomBytes(32).toString('base64url');
    const session: OperatorSession = { user, formKey: randomBytes(32).toString('base64url') };
    await this.#records.put(kind, value, session, { expiresAt: Date.now() + lifetime, user: user.id });
    reply.header('Set-Cookie', [this.#set(cookie, value, lifetime / 1000), this.#set(beginCookie, '', 0)]);
  }

  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const value = cookieOf(request, cookie);
    if (value !== undefined) await this.#records.remove(kind, value);
    reply.header('Set-Cookie', this.#set(cookie, '', 0));
  }

  /** Remembers in this browser which sign-on it began; answers its name. */
  beginSignOn(reply: FastifyReply): string {
    const name = randomBytes(32).toString('base64url');
    reply.header('Set-Cookie', this.#set(beginCookie, name, 15 * 60));
    return name;
  }

  signOnBegun(request: FastifyRequest): string | undefined {
    return cookieOf(request, beginCookie);
  }

  #set(name: string, value: string, seconds: number): string {
    const secure = this.#secure ? '; Secure' : '';
    return `${name}=${value}; Path=/ops; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }
}

/** Whether a form was made for this session. */
export function isOwnForm({ formKey }: OperatorSession, given: string | null): boolean {
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
