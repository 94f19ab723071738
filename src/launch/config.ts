import { LaunchError } from './outcome.ts';
import { asObject, finite, text, trimSlash } from './shape.ts';
import type { Tab } from './tab.ts';

/** A hub this app may read from. */
export interface Hub {
  name: string;
  /** FHIR base, no trailing slash. */
  iss: string;
  clientId: string;
  /** Minutes without use after which a record is covered; the same for every hub of the list. */
  idleMinutes?: number | undefined;
}

const timeoutMs = 15_000;

/**
 * The hubs on this app's own list, `/config.json` (design.md, Contracts). Only these are ever talked to.
 * Throws LaunchError: `hub-down` when the list cannot be read, `unknown-hub` when it names no usable hub.
 */
export async function readHubs(tab: Tab): Promise<Hub[]> {
  let body: unknown;
  try {
    const response = await tab.fetch('/config.json', { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
    body = await response.json();
  } catch (cause) {
    throw new LaunchError({ reason: 'hub-down', detail: 'The list of hubs could not be read.' }, { cause });
  }
  const hubs = parseHubs(body);
  if (hubs.length === 0) throw new LaunchError({ reason: 'unknown-hub', detail: 'No hub is configured.' });
  return hubs;
}

/** Reads the hubs out of a parsed config.json; entries that are not whole are left out. */
function parseHubs(body: unknown): Hub[] {
  const listed = asObject(body)?.['hubs'];
  const idleMinutes = idleMinutesOf(body);
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((entry: unknown) => {
    const hub = asObject(entry);
    const [name, iss, clientId] = [text(hub, 'name'), text(hub, 'iss'), text(hub, 'clientId')];
    if (name === undefined || iss === undefined || clientId === undefined) return [];
    if (!URL.canParse(iss) || !/^https?:$/.test(new URL(iss).protocol)) return [];
    return [{ name, iss: trimSlash(iss), clientId, idleMinutes }];
  });
}

/** More than this is no cover any more: the session ends soon after. */
const mostIdleMinutes = 25;

/** `idleMinutes` of config.json, within reason; undefined where it says none. */
function idleMinutesOf(body: unknown): number | undefined {
  const said = finite(asObject(body), 'idleMinutes');
  return said === undefined || said <= 0 ? undefined : Math.min(said, mostIdleMinutes);
}

/** The listed hub with exactly this base, trailing slashes apart. Nothing else is normalised: what differs is foreign. */
export function findHub(hubs: readonly Hub[], iss: string): Hub | undefined {
  const base = trimSlash(iss);
  return hubs.find((hub) => hub.iss === base);
}
