import { authorize, fetchWellKnownJson, ready } from 'fhirclient/lib/smart.js';
import type { fhirclient } from 'fhirclient/lib/types';
import type { Hub } from './config.ts';
import { LaunchError } from './outcome.ts';
import { makePkcePair } from './pkce.ts';
import { scopeOf } from './scopes.ts';
import { asObject, text, type JsonObject } from './shape.ts';
import type { Tab } from './tab.ts';

// The one place that runs fhirclient. It is given an address we wrote and a storage of its own, because it lets any
// `iss`, `fhirServiceUrl`, `clientId` or `patientId` in the page's address win over what it is told.

const storagePrefix = 'care-timeline.fhirclient.';
const timeoutMs = 20_000;
/** Within this of a sign-on the last resort is open (RFC 9470): what the hub names as its max_age. */
const freshSeconds = 300;

/** How the reader comes: by the handle of an EHR launch, or by a sign-on of their own. */
export interface Way {
  launch: string | undefined;
  /** The person whose record it is signs in. */
  asPerson?: boolean | undefined;
  /** Whoever signs on does so now, however short ago they did. */
  afresh?: boolean;
}

/** What the hub says of itself, as far as a launch needs it. */
export interface HubFacts {
  issuer: string | undefined;
  jwksUri: string | undefined;
}

/** Where to send the browser to ask the hub for authorization, and what the hub said of itself on the way. */
export async function askAddress(
  tab: Tab,
  hub: Hub,
  stateKey: string,
  { launch, asPerson, afresh }: Way,
): Promise<HubFacts & { address: string }> {
  const facts = asObject(await reach(fetchWellKnownJson(hub.iss), hub));
  const address = new URL('/launch', tab.address);
  if (launch !== undefined) {
    address.searchParams.set('iss', hub.iss);
    address.searchParams.set('launch', launch);
  }
  const options: fhirclient.AuthorizeParams = {
    clientId: hub.clientId,
    scope: scopeOf(launch, asPerson),
    redirectUri: new URL('/callback', tab.address).href,
    pkceMode: 'required',
    completeInTarget: true,
    noRedirect: true,
    stateKey,
  };
  const adapter = adapterFor(tab, address);
  // Only the list form compares `iss` with what is expected; it needs one in the address, so a sign-on names it itself.
  const asked = authorize(
    adapter,
    launch === undefined ? { ...options, iss: hub.iss } : [{ ...options, issMatch: hub.iss }],
  );
  const answer = await reach(asked, hub);
  // A part of an address would be read against this page (SMART 2.2, 2.1: addresses are absolute).
  const whole = [answer, text(facts, 'token_endpoint')].every((one) => one === undefined || URL.canParse(one));
  if (typeof answer !== 'string' || !whole)
    throw new LaunchError({ reason: 'hub-down', detail: 'The hub named no sign-on page.' });
  return {
    address: `${answer}${asPerson === true ? '&login_hint=person' : ''}${afresh === true ? `&max_age=${freshSeconds}` : ''}`,
    issuer: text(facts, 'issuer'),
    jwksUri: text(facts, 'jwks_uri'),
  };
}

/** Exchanges the code for tokens, once. What fhirclient kept meanwhile, the code verifier and tokens, is taken out again. */
export async function exchange(
  tab: Tab,
  hub: Hub,
  stateKey: string,
  code: string,
): Promise<{ tokenEndpoint: string; response: JsonObject }> {
  try {
    const adapter = adapterFor(tab, new URL('/callback', tab.address));
    // fhirclient puts the code into the form as it stands.
    const client = await reach(ready(adapter, { stateKey, code: encodeURIComponent(code) }), hub);
    const response = asObject(client.state.tokenResponse);
    const tokenEndpoint = client.state.tokenUri;
    if (response === undefined || tokenEndpoint === undefined) throw new LaunchError({ reason: 'token-invalid' });
    return { tokenEndpoint, response };
  } finally {
    forget(tab);
  }
}

/** Takes everything fhirclient kept in this tab out again. */
export function forget(tab: Tab): void {
  const storage = tab.storage();
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) if (key?.startsWith(storagePrefix)) storage.removeItem(key);
}

/** Waits for the hub, not for ever; what goes wrong comes out as a LaunchError. */
async function reach<T>(work: Promise<T>, hub: Hub): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (cause) {
    throw failureOf(cause, hub);
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(cause: unknown, hub: Hub): LaunchError {
  const message = cause instanceof Error ? cause.message : '';
  const status = asObject(cause)?.['statusCode'];
  if (message.includes('PKCE')) {
    const detail = `${hub.name} does not offer the protected sign-on (PKCE) that this app requires.`;
    return new LaunchError({ reason: 'hub-down', detail }, { cause });
  }
  if (message.includes('access token')) return new LaunchError({ reason: 'token-invalid' }, { cause });
  if (typeof status === 'number' && status >= 400 && status < 500 && status !== 404 && status !== 429) {
    return new LaunchError({ reason: 'bad-callback', detail: `${hub.name} did not accept the answer.` }, { cause });
  }
  return new LaunchError({ reason: 'hub-down', detail: `${hub.name} could not be reached.` }, { cause });
}

function adapterFor(tab: Tab, address: URL): fhirclient.Adapter {
  const adapter = {
    options: { replaceBrowserHistory: false, fullSessionStorageSupport: true, refreshTokenWithClientId: true },
    security: { generatePKCEChallenge: makePkcePair },
    getUrl: () => address,
    redirect: () => unused('redirect'),
    relative: (path: string) => new URL(path, address).href,
    getStorage: () => storageFor(tab),
    getAbortController: () => AbortController,
    atob,
    btoa,
    base64urlencode: () => unused('base64urlencode'),
    base64urldecode: () => unused('base64urldecode'),
    getSmartApi: () => unused('getSmartApi'),
  };
  return adapter as unknown as fhirclient.Adapter;
}

/** A public client with PKCE needs none of these; were one called, it would mean a path we do not take. */
function unused(name: string): never {
  throw new Error(`fhirclient asked for ${name}`);
}

function storageFor(tab: Tab): fhirclient.Storage {
  const storage = tab.storage();
  return {
    get: (key: string) => {
      const kept = storage.getItem(storagePrefix + key);
      return Promise.resolve(kept === null ? null : JSON.parse(kept));
    },
    set: (key: string, value: unknown) => {
      storage.setItem(storagePrefix + key, JSON.stringify(value));
      return Promise.resolve(value);
    },
    unset: (key: string) => {
      storage.removeItem(storagePrefix + key);
      return Promise.resolve(true);
    },
  };
}
