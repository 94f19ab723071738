import { resolve } from 'node:path';
import type { SourceId } from '../fhir/sources.ts';
import type { RolloutSettings } from './rollout/read-rollout.ts';
import type { FeedSetting } from './feeds/feed-settings.ts';

/** What the environment decides. */
export interface HubConfig {
  port: number;
  deskPort: number;
  /** Where the demonstration's hospitals send; 0 is any free port. */
  mllpPort: number;
  /** Where the embedded store and the generated keys are kept. */
  dataDir: string;
  /** A PostgreSQL server; undefined is the embedded store, for demonstration only. */
  databaseUrl: string | undefined;
  /** Origin the hub is reached at, no trailing slash: gives issuer, FHIR base and redirect address. */
  publicUrl: string;
  demo: boolean;
  /** The borough is loaded as its systems send it, and not as FHIR. */
  demoAsSent?: boolean;
}

/** Every variable, what it is for and its default, for `npm run config` and the README. */
export const variables = [
  { name: 'PORT', default: '8080', meaning: 'hub and app' },
  { name: 'DESK_PORT', default: '8081', meaning: 'the demonstration desks' },
  {
    name: 'MLLP_PORT',
    default: '0',
    meaning: 'the demonstration hospitals send HL7 here and one above; 0 is any free port',
  },
  { name: 'DATA_DIR', default: './data', meaning: 'embedded store and generated keys' },
  { name: 'DATABASE_URL', default: '', meaning: 'a PostgreSQL server instead of the embedded store' },
  { name: 'PUBLIC_URL', default: 'http://localhost:$PORT', meaning: 'address browsers and clinical systems use' },
  {
    name: 'DEMO',
    default: 'on',
    meaning:
      'on loads the synthetic borough as FHIR; feeds loads it as its five systems send it, in about a minute; off does not, and with DATABASE_URL opens no desks',
  },
] as const;

/** Reads the environment. Throws with one line that names the variable when a value cannot be used. */
export function readConfig(env: Record<string, string | undefined>): HubConfig {
  const port = portOf('PORT', env['PORT'] || '8080');
  const publicUrl = env['PUBLIC_URL'] || `http://localhost:${port}`;
  if (!URL.canParse(publicUrl)) throw new Error(`PUBLIC_URL is not an address: ${publicUrl}`);
  const demo = env['DEMO'] || 'on';
  if (demo !== 'on' && demo !== 'off' && demo !== 'feeds') throw new Error(`DEMO is on, feeds or off, not ${demo}`);
  return {
    port,
    deskPort: portOf('DESK_PORT', env['DESK_PORT'] || '8081'),
    mllpPort: (env['MLLP_PORT'] || '0') === '0' ? 0 : portOf('MLLP_PORT', env['MLLP_PORT'] ?? ''),
    dataDir: resolve(env['DATA_DIR'] || './data'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    demo: demo !== 'off',
    demoAsSent: demo === 'feeds',
  };
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${name} is not a port: ${text}`);
  return port;
}

/** The addresses that follow from the public one. */
export function addresses(config: HubConfig): { fhirBase: string; issuer: string } {
  return { fhirBase: `${config.publicUrl}/fhir`, issuer: `${config.publicUrl}/oauth` };
}

/** Where a client's public keys are: at an address of its own, or here. */
export interface ClientKeys {
  jwksUri?: string | undefined;
  jwks?: { keys: Record<string, unknown>[] } | undefined;
}

/** A SMART app that may ask for authorization; PKCE always, public unless it has keys. */
export interface AppRegistration extends ClientKeys {
  clientId: string;
  name: string;
  redirectUris: string[];
  /** Where a clinical system opens it. */
  launchUrl?: string | undefined;
  /** The most it may be granted, as scopes; reading of one person (`patient/*.rs`) unless told otherwise. */
  scopes?: string[] | undefined;
  /** What it may be granted besides, where the person reads their own record: `patient/Observation.cu`. */
  ownScopes?: string[] | undefined;
  /**
   * Whether it may state for its reader on what ground they look, and break the glass; unless told otherwise the first app
   * alone, which the hub serves itself.
   */
  grounds?: boolean | undefined;
}

/** A service that acts on its own, without anybody before a screen (SMART 2.2, backend services). Only reads. */
export interface ServiceRegistration extends ClientKeys {
  clientId: string;
  name: string;
  /** Whose it is, by ODS code; for the audit. */
  organisation: string;
  /** The most it may be granted: `system/Observation.rs`. */
  scopes: string[];
  /** Whether it is told of every client's tokens (RFC 7662), as a server needs that others hand tokens to. */
  introspects?: boolean | undefined;
}

/** A clinical system that may ask for launch handles, and whose pages may frame the app. */
export interface ClinicalSystem {
  clientId: string;
  /** As shown: `EMIS`. */
  name: string;
  /** Its local patient ids and encounter ids belong to this source. */
  source: SourceId;
  jwksUri: string;
  /** Origins of its pages. */
  origins: string[];
}

/**
 * A service by which people sign on: an OpenID provider. One of `clientSecret` and `clientKey` proves to it who this hub is.
 */
export interface SignOn {
  /** In addresses, where there are several: `council`. */
  id?: string | undefined;
  /** As shown: `NHS login`. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
  /** A private key (PKCS #8, PEM) in a file of its own, for `private_key_jwt`. */
  clientKey?: { file: string; kid?: string | undefined; alg: string } | undefined;
  /** Staff, or the people whose records they are; staff unless told otherwise. */
  audience?: 'staff' | 'person' | undefined;
  /** How it says who signed on; as NHS Care Identity Service 2 does, unless told otherwise. */
  claims?: 'cis2' | 'nhs-login' | ClaimMapping | undefined;
}

/** Where a claim is, as a JSON pointer (RFC 6901) into the claims, or a value that is the same for everybody. */
export type ClaimPlace = string | { is: string };

/** How an organisation's own identity provider (Entra ID, say) says who signed on, and how surely. */
export interface ClaimMapping {
  user: ClaimPlace;
  name: ClaimPlace;
  organisation: ClaimPlace;
  organisationName: ClaimPlace;
  /** One value or a list of them; exactly one has to be among `roles`. */
  role: ClaimPlace;
  /** What each value stands for here: a role code of the access policy and its words. */
  roles: Record<string, { role: string; roleName: string }>;
  /** Where it says how the user proved who they are, and which values are as good as assurance level 2. */
  assurance: { claim: string; values: string[] };
  /** Scopes asked for beside `openid`; `profile` unless told otherwise. */
  scope?: string | undefined;
}

/** Who may talk to the hub. In production read from `DATA_DIR/registrations.json`, in demonstration made by the desks. */
export interface Registrations {
  apps: AppRegistration[];
  clinicalSystems: ClinicalSystem[];
  services?: ServiceRegistration[] | undefined;
  /** The ways in which sources send. */
  feeds?: FeedSetting[] | undefined;
  /** One service or several. */
  signOn: SignOn | readonly SignOn[] | undefined;
  /** Who gets in, phase after phase; everybody unless told. */
  rollout?: RolloutSettings | undefined;
  /** Job role codes (SDS) of those who operate this hub at `/ops`; nobody unless told. */
  operatorRoles?: string[] | undefined;
  /** Job role codes (SDS) of the privacy officers, who look at who looked, at `/privacy`; nobody unless told. */
  privacyRoles?: string[] | undefined;
  /** Minutes without use after which the app covers a record; ten unless told otherwise. */
  idleMinutes?: number | undefined;
}

/** The services by which people sign on. */
export function signOnsOf({ signOn }: Pick<Registrations, 'signOn'>): readonly SignOn[] {
  if (signOn === undefined) return [];
  return 'issuer' in signOn ? [signOn] : signOn;
}
