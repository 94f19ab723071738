import { withinBase } from './base.ts';
import { fetchJson } from './fetch-json.ts';
import type { Grant, TokenPair } from './kept.ts';
import { ReadFailure, type Reading, type Session } from './session.ts';
import type { Tab } from './tab.ts';
import { GrantOver, keepFresh } from './tokens.ts';

const defaultTimeoutMs = 20_000;

/** Why a live session ended. */
export interface SessionEnd {
  reason: 'session-over' | 'token-invalid' | 'idle';
  detail: string;
}

/** A session with the strings that only launch may pull. */
export interface LiveSession {
  session: Session;
  /** The same session with who reads, once that is verified. */
  named(user: Session['user']): Session;
  /** Ends it for good: every later read is refused. */
  end(why: SessionEnd): void;
}

/**
 * Makes a session out of a grant. `keep` is called with every new pair of tokens, `ended` once when the hub or a check
 * ends it.
 */
export function openSession(
  tab: Tab,
  grant: Grant,
  keep: (tokens: TokenPair) => void,
  ended: (why: SessionEnd) => void,
): LiveSession {
  const tokens = keepFresh(tab, grant, keep);
  const listeners = new Set<() => void>();
  let over: SessionEnd | undefined;

  const end = (why: SessionEnd): void => {
    if (over !== undefined) return;
    over = why;
    tokens.close();
    ended(why);
    for (const listener of listeners) listener();
  };

  /** The token for a read. The reader's abort frees the reader only: the refresh goes on for everybody else. */
  const tokenFor = async <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
    try {
      return await unlessAborted(work, signal);
    } catch (error) {
      if (!(error instanceof GrantOver)) throw error;
      end({ reason: error.reason, detail: error.message });
      throw new ReadFailure('signed-out', error.message, 401);
    }
  };

  const ask = async (path: string, init: Init, signal?: AbortSignal, timeoutMs = defaultTimeoutMs) => {
    if (over !== undefined) throw new ReadFailure('signed-out', over.detail, 401);
    const address = withinBase(grant.base, path);
    const once = (token: string): Promise<Reading> =>
      fetchJson(address, { fetch: tab.fetch, init: withBearer(init, token), signal, timeoutMs });
    const token = await tokenFor(tokens.live(), signal);
    try {
      return await once(token);
    } catch (error) {
      if (!(error instanceof ReadFailure) || error.kind !== 'signed-out') throw error;
      // Ended early at the hub, or this device's clock is wrong: once more with a new token.
      const other = await tokenFor(tokens.another(token), signal);
      if (other === undefined) throw error;
      return once(other);
    }
  };

  const session: Session = {
    base: grant.base,
    hubName: grant.hubName,
    patientId: grant.patientId,
    encounterId: grant.encounterId,
    scopes: grant.scopes,
    needPatientBanner: grant.needPatientBanner,
    user: grant.user,
    openedFrom: grant.openedFrom,
    organisation: grant.organisation,
    openedAt: grant.openedAt,
    lastOpenedAt: grant.lastOpenedAt,
    idleMinutes: grant.idleMinutes,
    read: (path, options = {}) => ask(path, {}, options.signal, options.timeoutMs),
    send: (method, path, body, ifMatch) =>
      ask(path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { session, named: (user) => ({ ...session, user }), end };
}

/** What a request adds to a read. */
type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

function withBearer(init: Init, token: string): RequestInit {
  const accept = 'application/fhir+json, application/json';
  return {
    ...init,
    headers: { ...init.headers, accept, authorization: `Bearer ${token}` },
    cache: 'no-store',
    credentials: 'omit',
    // A redirect could carry the token to another server.
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const give = (): void => reject(new ReadFailure('aborted', 'The read was given up.'));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
