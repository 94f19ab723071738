import { readHubs } from './config.ts';
import { failureOf, retryOf } from './failure-of.ts';
import { IdentityRefused } from './identity-refused.ts';
import { dropGrant, keepGrant, readGrant, type Grant } from './kept.ts';
import { openSession, type LiveSession, type SessionEnd } from './live-session.ts';
import { once } from './once.ts';
import { LaunchError, type LaunchOutcome } from './outcome.ts';
import { reachStorage } from './reach-storage.ts';
import type { Tab } from './tab.ts';
import type * as Ways from './ways-in.ts';

/** Where the timeline stands; the person is never in an address. */
const timelinePath = '/timeline';

/** Getting in, as the app follows it. */
export interface Launch {
  outcome(): LaunchOutcome;
  subscribe(listener: () => void): () => void;
  /** Takes the step that this page's address asks for. However often it is called, it is taken once. */
  start(): Promise<void>;
  /** Ends the session that is open, for the reason given; nothing without one. */
  end(why: SessionEnd): void;
}

/** Waits between attempts to fetch the hub's keys; the last one repeats. */
const identityPausesMs = [2_000, 10_000, 60_000];

/** Prepares getting in for this tab. Nothing happens before `start`, and everything happens outside React. */
export function createLaunch(tab: Tab): Launch {
  const listeners = new Set<() => void>();
  let outcome: LaunchOutcome = { status: 'starting' };
  let live: LiveSession | undefined;

  const become = (next: LaunchOutcome): void => {
    outcome = next;
    for (const listener of listeners) listener();
  };

  /** Writes only what is still this tab's: another launch in this tab may have taken the place meanwhile. */
  const whileOurs = (grant: Grant, work: (storage: Storage) => void): void => {
    const storage = tab.storage();
    if (readGrant(storage)?.share === grant.share) work(storage);
  };

  const open = (grant: Grant): void => {
    const kept = { ...grant };
    const ended = (why: SessionEnd): void => {
      whileOurs(grant, dropGrant);
      become({ status: 'failed', ...why, ...retryOf(grant) });
    };
    const opened = openSession(
      tab,
      grant,
      (tokens) => {
        kept.tokens = tokens;
        whileOurs(grant, (storage) => keepGrant(storage, kept));
      },
      ended,
    );
    live = opened;
    tab.onShownAgain(() => {
      if (readGrant(tab.storage())?.share === grant.share) return;
      opened.end({ reason: 'session-over', detail: 'Another record was opened in this tab.' });
    });
    tab.rename(timelinePath);
    become({ status: 'ready', session: opened.session });
    if (grant.idToken !== undefined) void identify(kept, grant.idToken);
  };

  /** Verifies who reads, beside the first reads. Unreachable keys are asked for again; a token that does not hold ends it. */
  const identify = async (kept: Grant, idToken: string): Promise<void> => {
    const { issuer, jwksUri, clientId } = kept;
    const receivedAt = kept.openedAt;
    for (let attempt = 0; outcome.status === 'ready'; attempt += 1) {
      try {
        // Loaded beside the first reads, with the library that checks signatures.
        const { verifyIdentity } = await import('./identity.ts');
        const user = await verifyIdentity(tab, { idToken, issuer, jwksUri, clientId, receivedAt });
        kept.user = user;
        kept.idToken = undefined;
        whileOurs(kept, (storage) => keepGrant(storage, kept));
        if (live !== undefined && outcome.status === 'ready') become({ status: 'ready', session: live.named(user) });
        return;
      } catch (error) {
        if (error instanceof IdentityRefused) {
          live?.end({ reason: 'token-invalid', detail: error.message });
          return;
        }
        const pause = identityPausesMs[Math.min(attempt, identityPausesMs.length - 1)];
        await new Promise((resolve) => {
          setTimeout(resolve, pause);
        });
      }
    }
  };

  const step = async (): Promise<void> => {
    const storage = reachStorage(tab);
    const { pathname, searchParams } = tab.address;
    const grant = readGrant(storage);
    if (pathname === timelinePath) {
      // Only the tab's live session leads here.
      if (grant === undefined) throw new LaunchError({ reason: 'session-over', retryHref: '/' });
      open(grant);
    } else if (pathname === '/callback') {
      // The code leaves the address before anything else happens: a reload must not offer it again, nor a link carry it on.
      tab.rename('/callback');
      const { fromHub } = await waysIn('/');
      await fromHub(tab, storage, grant, open);
    } else {
      // Asked for beside the code that reads it.
      const listed = readHubs(tab);
      listed.catch(() => undefined);
      const { fromClinicalSystem, signOn } = await waysIn(`${pathname}${tab.address.search}`);
      if (pathname === '/launch') await fromClinicalSystem(tab, storage, listed, grant, open);
      else await signOn(tab, storage, listed, searchParams);
    }
  };

  return {
    outcome: () => outcome,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: (why) => live?.end(why),
    start: once(async () => {
      try {
        await step();
      } catch (error) {
        become({ status: 'failed', ...failureOf(error) });
      }
    }),
  };
}

/** The code of the ways in. When it does not arrive nothing has been asked of the hub yet: the same step can be taken again. */
async function waysIn(retryHref: string): Promise<typeof Ways> {
  try {
    return await import('./ways-in.ts');
  } catch (cause) {
    throw new LaunchError({ reason: 'hub-down', detail: 'A part of this page did not arrive.', retryHref }, { cause });
  }
}
