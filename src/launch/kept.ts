import { organisationFrom } from './organisation.ts';
import type { Organisation } from './session.ts';
import { asObject, finite, parseObject, text } from './shape.ts';

// What is kept in the tab's sessionStorage and nowhere else: it ends with the tab, and holds no record.

const grantKey = 'care-timeline.grant';
const pendingKey = 'care-timeline.pending';

/** The tokens of a grant; `generation` counts the refreshes, so that of two pairs the newer is known. */
export interface TokenPair {
  generation: number;
  accessToken: string;
  refreshToken: string | undefined;
  /** When the access token was received and when it ends, epoch milliseconds. */
  issuedAt: number;
  expiresAt: number;
}

/** A finished authorization for one person, as this tab keeps it. */
export interface Grant {
  /** Names the grant among the tabs that share it (a duplicated tab copies it); random, not a secret of the hub's. */
  share: string;
  /** The state and handle it came from: a reload of either address returns to the live session. */
  stateKey: string;
  launch: string | undefined;
  /** The person whose record it is reads it. */
  asPerson?: boolean | undefined;
  base: string;
  hubName: string;
  clientId: string;
  tokenEndpoint: string;
  issuer: string | undefined;
  jwksUri: string | undefined;
  patientId: string;
  encounterId: string | undefined;
  scopes: string[];
  needPatientBanner: boolean;
  openedFrom: string | undefined;
  organisation?: Organisation | undefined;
  openedAt: number;
  lastOpenedAt?: number | undefined;
  idleMinutes?: number | undefined;
  /** Until it is verified; undefined afterwards, and where the hub sent none. */
  idToken: string | undefined;
  user: { name: string | undefined; fhirUser: string | undefined };
  tokens: TokenPair;
}

/** An authorization that was asked for and not answered yet. */
export interface Pending {
  stateKey: string;
  hub: { name: string; iss: string; clientId: string; idleMinutes?: number | undefined };
  /** The launch handle of an EHR launch; undefined for a sign-on. */
  launch: string | undefined;
  /** The person whose record it is signs in. */
  asPerson?: boolean | undefined;
  issuer: string | undefined;
  jwksUri: string | undefined;
}

export function keepGrant(storage: Storage, grant: Grant): void {
  storage.setItem(grantKey, JSON.stringify(grant));
}

export function dropGrant(storage: Storage): void {
  storage.removeItem(grantKey);
}

export function keepPending(storage: Storage, pending: Pending): void {
  storage.setItem(pendingKey, JSON.stringify(pending));
}

/** Takes the pending authorization out: it answers once. */
export function takePending(storage: Storage): Pending | undefined {
  const pending = parsePending(storage.getItem(pendingKey));
  storage.removeItem(pendingKey);
  return pending;
}

function parsePending(json: string | null): Pending | undefined {
  const kept = parseObject(json);
  const hub = asObject(kept?.['hub']);
  const stateKey = text(kept, 'stateKey');
  const [name, iss, clientId] = [text(hub, 'name'), text(hub, 'iss'), text(hub, 'clientId')];
  if (stateKey === undefined || name === undefined || iss === undefined || clientId === undefined) return undefined;
  return {
    stateKey,
    hub: { name, iss, clientId, idleMinutes: finite(hub, 'idleMinutes') },
    launch: text(kept, 'launch'),
    asPerson: kept?.['asPerson'] === true,
    issuer: text(kept, 'issuer'),
    jwksUri: text(kept, 'jwksUri'),
  };
}

/** The tab's live grant, or undefined where there is none or what is there is not whole. */
export function readGrant(storage: Storage): Grant | undefined {
  const kept = parseObject(storage.getItem(grantKey));
  const tokens = parsePair(kept?.['tokens']);
  const share = text(kept, 'share');
  const stateKey = text(kept, 'stateKey');
  const base = text(kept, 'base');
  const hubName = text(kept, 'hubName');
  const clientId = text(kept, 'clientId');
  const tokenEndpoint = text(kept, 'tokenEndpoint');
  const patientId = text(kept, 'patientId');
  const openedAt = finite(kept, 'openedAt');
  if (tokens === undefined || share === undefined || stateKey === undefined || base === undefined) return undefined;
  if (hubName === undefined || clientId === undefined || tokenEndpoint === undefined) return undefined;
  if (patientId === undefined || openedAt === undefined) return undefined;
  const scopes = kept?.['scopes'];
  const user = asObject(kept?.['user']);
  return {
    share,
    stateKey,
    base,
    hubName,
    clientId,
    tokenEndpoint,
    patientId,
    openedAt,
    tokens,
    launch: text(kept, 'launch'),
    asPerson: kept?.['asPerson'] === true,
    issuer: text(kept, 'issuer'),
    jwksUri: text(kept, 'jwksUri'),
    encounterId: text(kept, 'encounterId'),
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
    needPatientBanner: kept?.['needPatientBanner'] !== false,
    openedFrom: text(kept, 'openedFrom'),
    organisation: organisationFrom(asObject(kept?.['organisation']), 'code', 'name'),
    lastOpenedAt: finite(kept, 'lastOpenedAt'),
    idleMinutes: finite(kept, 'idleMinutes'),
    idToken: text(kept, 'idToken'),
    user: { name: text(user, 'name'), fhirUser: text(user, 'fhirUser') },
  };
}

/** A pair of tokens as stored or as another tab sent it, or undefined when it is not whole. */
export function parsePair(value: unknown): TokenPair | undefined {
  const pair = asObject(value);
  const accessToken = text(pair, 'accessToken');
  const [generation, issuedAt] = [finite(pair, 'generation'), finite(pair, 'issuedAt')];
  const expiresAt = finite(pair, 'expiresAt');
  if (accessToken === undefined || generation === undefined) return undefined;
  if (issuedAt === undefined || expiresAt === undefined) return undefined;
  return { generation, accessToken, refreshToken: text(pair, 'refreshToken'), issuedAt, expiresAt };
}
