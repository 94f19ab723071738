import { readAnswer } from './callback.ts';
import { findHub, readHubs, type Hub } from './config.ts';
import { grantFrom } from './grant.ts';
import { askAddress, exchange, forget } from './handshake.ts';
import { dropGrant, keepGrant, keepPending, takePending, type Grant } from './kept.ts';
import { LaunchError, type LaunchFailure } from './outcome.ts';
import type { Tab } from './tab.ts';

/** Opens the session of a grant. */
export type Open = (grant: Grant) => void;

/** The tab's own storage, tried out. Where a framed page may not have it, nothing can be kept, and nothing is asked for. */
export function reachStorage(tab: Tab): Storage {
  try {
    const storage = tab.storage();
    const probe = 'care-timeline.probe';
    storage.setItem(probe, '1');
    storage.removeItem(probe);
    return storage;
  } catch (cause) {
    throw new LaunchError({ reason: 'storage-blocked', newTabHref: tab.address.href }, { cause });
  }
}

/** `/launch?iss&launch`: a clinical system opened the app for one person (SMART App Launch 2.2, EHR launch). */
export async function fromClinicalSystem(
  tab: Tab,
  storage: Storage,
  grant: Grant | undefined,
  open: Open,
): Promise<void> {
  const [isses, launches] = [tab.address.searchParams.getAll('iss'), tab.address.searchParams.getAll('launch')];
  const [iss, launch] = [isses[0], launches[0]];
  if (isses.length !== 1 || launches.length !== 1 || !iss || !launch) {
    throw new LaunchError({ reason: 'malformed-launch' });
  }
  const hub = findHub(await readHubs(tab), iss);
  if (hub === undefined) throw new LaunchError({ reason: 'unknown-hub', detail: iss.slice(0, 200) });
  // Back, or a reload, after this very launch: the handle is spent, its session is here.
  if (grant !== undefined && grant.launch === launch && grant.base === hub.iss) return open(grant);
  // The tab is asked to show another person: from here on nothing of the last one may come back.
  dropGrant(storage);
  const again = new URLSearchParams({ iss, launch });
  await leaveFor(tab, storage, hub, launch, `/launch?${again.toString()}`);
}

/** `/`: sign-on at the first hub, or the one that `?hub=` picks from the list. The hub lets the reader choose the person. */
export async function signOn(tab: Tab, storage: Storage, chosen: string | null): Promise<void> {
  const hubs = await readHubs(tab);
  const hub = chosen === null ? hubs[0] : findHub(hubs, chosen);
  if (hub === undefined) throw new LaunchError({ reason: 'unknown-hub', retryHref: '/' });
  dropGrant(storage);
  await leaveFor(tab, storage, hub, undefined, '/');
}

/** Asks the hub. On failure the address to try again is the same: a handle is spent only when a code is issued. */
async function leaveFor(
  tab: Tab,
  storage: Storage,
  hub: Hub,
  launch: string | undefined,
  retryHref: string,
): Promise<void> {
  const stateKey = crypto.randomUUID();
  forget(tab);
  try {
    const { address, issuer, jwksUri } = await askAddress(tab, hub, stateKey, launch);
    keepPending(storage, { stateKey, hub, launch, issuer, jwksUri });
    tab.leaveFor(address);
  } catch (error) {
    throw new LaunchError({ ...failureOf(error), retryHref }, { cause: error });
  }
}

/** `/callback`: the hub's answer, exchanged once; without one, the way back to the tab's live session. */
export async function fromHub(tab: Tab, storage: Storage, grant: Grant | undefined, open: Open): Promise<void> {
  const { address } = tab;
  // The code leaves the address before anything else happens: a reload must not offer it again, nor a link carry it on.
  tab.rename('/callback');
  const state = address.searchParams.get('state');
  if (grant !== undefined && (state === null || state === grant.stateKey)) return open(grant);
  if (state === null && !address.searchParams.has('error'))
    throw new LaunchError({ reason: 'session-over', retryHref: '/' });
  const pending = takePending(storage);
  try {
    const { code } = readAnswer(address, pending);
    if (pending === undefined) throw new LaunchError({ reason: 'bad-callback' });
    const { tokenEndpoint, response } = await exchange(tab, pending.hub, pending.stateKey, code);
    const opened = grantFrom(tab, pending, tokenEndpoint, response);
    keepGrant(storage, opened);
    open(opened);
  } catch (error) {
    throw new LaunchError({ ...failureOf(error), ...retryOf(pending?.launch) }, { cause: error });
  } finally {
    forget(tab);
  }
}

/** `/timeline`: only the tab's live session leads here. */
export function resume(grant: Grant | undefined, open: Open): void {
  if (grant === undefined) throw new LaunchError({ reason: 'session-over', retryHref: '/' });
  open(grant);
}

/** After a sign-on one can sign on again; a spent handle only the clinical system can renew. */
export function retryOf(launch: string | undefined): { retryHref?: string } {
  return launch === undefined ? { retryHref: '/' } : {};
}

/** What a screen needs to know of whatever went wrong. */
export function failureOf(error: unknown): LaunchFailure {
  if (error instanceof LaunchError) return error.failure;
  return { reason: 'hub-down', detail: error instanceof Error ? error.message : String(error) };
}
