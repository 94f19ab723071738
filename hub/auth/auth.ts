import { randomBytes } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { readPolicy } from '../access/policy/read-policy.ts';
import type { Reader } from '../access/reader.ts';
import {
  addresses,
  type AppRegistration,
  type HubConfig,
  type Registrations,
  type ServiceRegistration,
} from '../config.ts';
import { readRollout } from '../rollout/read-rollout.ts';
import type { Database } from '../store/database.ts';
import type { AuthParts } from './auth-parts.ts';
import { readerOf } from './bearer.ts';
import { clientAuthentication } from './client-assertion.ts';
import { loadKeys } from './keys.ts';
import { usualLifetimes, type Lifetimes } from './lifetimes.ts';
import { authPlugin } from './plugin.ts';
import { createProvider } from './provider.ts';
import { AuthRecords } from './records.ts';
import { serviceOf } from './service-token.ts';
import { signOnServices } from './sign-on-services.ts';
import type { UpstreamSignOn } from './sign-on.ts';
import { smartConfigurationOf } from './smart-configuration.ts';

/** The hub's authorization server. */
export interface Auth {
  /** To be mounted under `/oauth`. */
  plugin: FastifyPluginAsync;
  /**
   * Who reads with this bearer token; undefined when it is not good (any more). `named` is the person that the request
   * names, for the token of a service.
   */
  readerOf(token: string, named?: string): Promise<Reader | undefined>;
  /** The registered service that a token was given to, for what is no reading; undefined for every other token. */
  serviceOf(token: string): Promise<{ clientId: string } | undefined>;
  /** The authorization server's memory, for sessions of the hub's other pages. */
  records: AuthRecords;
  /** The services by which staff sign on, for the hub's other pages. */
  staffSignOns: readonly UpstreamSignOn[];
  /** Body of `{fhirBase}/.well-known/smart-configuration`. */
  smartConfiguration(): object;
}

/** Makes the authorization server over a migrated store; its keys are generated on the first start and kept there. */
export async function createAuth(options: {
  config: HubConfig;
  registrations: Registrations;
  database: Database;
  lifetimes?: Partial<Lifetimes>;
}): Promise<Auth> {
  const { config, registrations, database } = options;
  const records = new AuthRecords(database);
  const keys = await loadKeys(records);
  const lifetimes = { ...usualLifetimes, ...options.lifetimes };
  const { issuer } = addresses(config);
  const parts: AuthParts = {
    config,
    registrations,
    database,
    records,
    keys,
    lifetimes,
    policy: readPolicy(config.dataDir),
    rollout: readRollout(config.dataDir, registrations.rollout),
    signOns: signOnServices(config, registrations, records, lifetimes.interaction),
    authenticate: clientAuthentication<AppRegistration | ServiceRegistration>(
      [...registrations.apps, ...(registrations.services ?? [])],
      [issuer, ...['token', 'revoke', 'introspect'].map((route) => `${issuer}/${route}`)],
      records,
    ),
    handOverSecret: randomBytes(32).toString('base64url'),
  };
  const provider = createProvider(parts);
  return {
    plugin: authPlugin(parts, provider),
    readerOf: (token, named) => readerOf(parts, token, named),
    records,
    staffSignOns: parts.signOns.staff,
    serviceOf: (token) => serviceOf(parts, token),
    smartConfiguration: () => smartConfigurationOf(config),
  };
}
