import { fetchJson, Refusal } from './fetch-json.ts';
import type { Grant, TokenPair } from './kept.ts';
import { ReadFailure } from './session.ts';
import { asObject, finite, text } from './shape.ts';
import { shareGrant } from './shared-grant.ts';
import type { Tab } from './tab.ts';

const timeoutMs = 20_000;
const askMs = 150;
/** Used where the hub does not say how long a token lives. */
export const defaultLifeSeconds = 300;

/** The grant can no longer be used: the hub said so, or answered for somebody else. */
export class GrantOver extends Error {
  readonly reason: 'session-over' | 'token-invalid';
  constructor(reason: 'session-over' | 'token-invalid', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The tokens of a session, kept fresh. */
export interface Tokens {
  /** The access token to read with; refreshes first when it is about to end. */
  live(): Promise<string>;
  /** The token was not accepted: another one, or undefined when the hub has none better. */
  another(refused: string): Promise<string | undefined>;
  close(): void;
}

/**
 * Keeps a grant's tokens fresh. One refresh at a time, in this tab and among the tabs that share the grant; no reader's
 * abort reaches it. A network loss keeps the refresh token for the next read; only `invalid_grant`, or an answer for another
 * person, ends the grant (`GrantOver`). `keep` is called with every new pair.
 */
export function keepFresh(tab: Tab, grant: Grant, keep: (tokens: TokenPair) => void): Tokens {
  let pair = grant.tokens;
  let running: Promise<void> | undefined;

  const adopt = (newer: TokenPair): void => {
    pair = newer;
    keep(newer);
  };
  const shared = shareGrant(tab, grant.share, () => pair, adopt);

  const refresh = (): Promise<void> => {
    // The pair that is to be replaced is today's: while this tab waits for its turn another may hand a newer one over.
    const { generation } = pair;
    running ??= shared
      .alone(() => turn(generation))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  /** This tab's turn. Another tab may have refreshed meanwhile: then there is nothing to do. */
  async function turn(generation: number): Promise<void> {
    if (pair.generation === generation) await shared.ask(generation, askMs);
    if (pair.generation !== generation) return;
    try {
      adopt(await askForPair(tab, grant, pair));
      shared.tell(pair);
    } catch (error) {
      if (!(error instanceof GrantOver) || error.reason === 'token-invalid') throw error;
      // A tab that slept through a hand-over asks once more before it gives up.
      await shared.ask(generation, askMs * 4);
      if (pair.generation === generation) throw error;
    }
  }

  return {
    async live() {
      const now = tab.now();
      if (now < pair.expiresAt - margin(pair)) return pair.accessToken;
      if (pair.refreshToken === undefined) {
        if (now < pair.expiresAt) return pair.accessToken;
        throw new GrantOver('session-over', 'The session has run its time.');
      }
      try {
        await refresh();
      } catch (error) {
        // Not yet ended: good for this read, and the next one tries to refresh again.
        if (error instanceof GrantOver || tab.now() >= pair.expiresAt) throw error;
      }
      return pair.accessToken;
    },
    async another(refused) {
      if (pair.accessToken !== refused) return pair.accessToken;
      if (pair.refreshToken === undefined) throw new GrantOver('session-over', 'The hub ended the session.');
      await refresh();
      return pair.accessToken === refused ? undefined : pair.accessToken;
    },
    close: () => shared.close(),
  };
}

/** Refresh this long before the end: a tenth of the token's life, half a minute at most. */
function margin(pair: TokenPair): number {
  return Math.min(30_000, (pair.expiresAt - pair.issuedAt) / 10);
}

async function askForPair(tab: Tab, grant: Grant, pair: TokenPair): Promise<TokenPair> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: pair.refreshToken ?? '',
    // A public client has to name itself; fhirclient's own refresh leaves it out.
    client_id: grant.clientId,
  });
  const init: RequestInit = {
    method: 'POST',
    body: form,
    headers: { accept: 'application/json' },
    credentials: 'omit',
  };
  try {
    const { body } = await fetchJson(grant.tokenEndpoint, { fetch: tab.fetch, init, timeoutMs });
    return nextPair(tab, grant, pair, body);
  } catch (error) {
    if (error instanceof Refusal && asObject(error.body)?.['error'] === 'invalid_grant') {
      throw new GrantOver('session-over', 'The hub ended the session.');
    }
    // A 4xx here is about the refresh, not about what the reader asked for.
    if (error instanceof Refusal) throw new ReadFailure('server', 'The session could not be renewed.', error.status);
    throw error;
  }
}

function nextPair(tab: Tab, grant: Grant, pair: TokenPair, body: unknown): TokenPair {
  const answer = asObject(body);
  const accessToken = text(answer, 'access_token');
  if (accessToken === undefined) throw new ReadFailure('malformed', 'The session could not be renewed.');
  const patient = text(answer, 'patient');
  if (patient !== undefined && patient !== grant.patientId) {
    throw new GrantOver('token-invalid', 'The hub answered for another person.');
  }
  const issuedAt = tab.now();
  return {
    generation: pair.generation + 1,
    accessToken,
    refreshToken: text(answer, 'refresh_token') ?? pair.refreshToken,
    issuedAt,
    expiresAt: issuedAt + (finite(answer, 'expires_in') ?? defaultLifeSeconds) * 1000,
  };
}
