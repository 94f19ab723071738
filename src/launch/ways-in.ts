import { readAnswer } from './callback.ts';
import { findHub, type Hub } from './config.ts';
import { failureOf, retryOf, signOnPath } from './failure-of.ts';
import { grantFrom } from './grant.ts';
import { askAddress, exchange, forget, type Way } from './handshake.ts';
import { dropGrant, keepGrant, keepPending, takePending, type Grant } from './kept.ts';
import { LaunchError } from './outcome.ts';
import type { Tab } from './tab.ts';

// Loaded on the ways in alone: a reload of a session that stands does without it, and without fhirclient.

/** Opens the session of a grant. */
export type Open = (grant: Grant) => void;

/** `/launch?iss&launch`: a clinical system opened the app for one person (SMART App Launch 2.2, EHR launch). */
export async function fromClinicalSystem(
  tab: Tab,
  storage: Storage,
  listed: Promise<Hub[]>,
  grant: Grant | undefined,
  open: Open,
): Promise<void> {
  const [isses, launches] = [tab.address.searchParams.getAll('iss'), tab.address.searchParams.getAll('launch')];
  const [iss, launch] = [isses[0], launches[0]];
  if (isses.length !== 1 || launches.length !== 1 || !iss || !launch) {
    throw new LaunchError({ reason: 'malformed-launch' });
  }
  const hub = findHub(await listed, iss);
  if (hub === undefined) throw new LaunchError({ reason: 'unknown-hub', detail: iss.slice(0, 200) });
  // Back, or a reload, after this very launch: the handle is spent, its session is here.
  if (grant !== undefined && grant.launch === launch && grant.base === hub.iss) return open(grant);
  // The tab is asked to show another person: from here on nothing of the last one may come back.
  dropGrant(storage);
  const again = new URLSearchParams({ iss, launch });
  await leaveFor(tab, storage, hub, { launch }, `/launch?${again.toString()}`);
}

/**
 * `/`: sign-on at the first hub, or the one that `?hub=` picks from the list. The hub lets the reader choose the person;
 * with `?as=person` the person whose record it is signs in, and there is nobody to choose. With `?afresh` nobody gets by on
 * a sign-on of more than five minutes ago.
 */
export async function signOn(
  tab: Tab,
  storage: Storage,
  listed: Promise<Hub[]>,
  asked: URLSearchParams,
): Promise<void> {
  const hubs = await listed;
  const [chosen, asPerson] = [asked.get('hub'), asked.get('as') === 'person'];
  const afresh = asked.has('afresh');
  const hub = chosen === null ? hubs[0] : findHub(hubs, chosen);
  if (hub === undefined) throw new LaunchError({ reason: 'unknown-hub', retryHref: signOnPath(asPerson) });
  dropGrant(storage);
  await leaveFor(tab, storage, hub, { launch: undefined, asPerson, afresh }, signOnPath(asPerson));
}

/** Asks the hub. On failure the address to try again is the same: a handle is spent only when a code is issued. */
async function leaveFor(tab: Tab, storage: Storage, hub: Hub, way: Way, retryHref: string): Promise<void> {
  const stateKey = crypto.randomUUID();
  forget(tab);
  try {
    const { address, issuer, jwksUri } = await askAddress(tab, hub, stateKey, way);
    keepPending(storage, { stateKey, hub, ...way, issuer, jwksUri });
    tab.leaveFor(address);
  } catch (error) {
    throw new LaunchError({ ...failureOf(error), retryHref }, { cause: error });
  }
}

/** `/callback`: the hub's answer, exchanged once; without one, the way back to the tab's live session. */
export async function fromHub(tab: Tab, storage: Storage, grant: Grant | undefined, open: Open): Promise<void> {
  const { address } = tab;
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
    throw new LaunchError({ ...failureOf(error), ...retryOf(pending) }, { cause: error });
  } finally {
    forget(tab);
  }
}
