import type { Policy } from '../access/policy/policy.ts';
import type { AppRegistration, HubConfig, Registrations, ServiceRegistration } from '../config.ts';
import type { Database } from '../store/database.ts';
import type { Authenticate } from './client-assertion.ts';
import type { AuthKeys } from './keys.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Rollout } from '../rollout/rollout.ts';
import type { AuthRecords } from './records.ts';
import type { SignOnServices } from './sign-on-services.ts';

/** What every part of the authorization server works with. */
export interface AuthParts {
  config: HubConfig;
  registrations: Registrations;
  database: Database;
  records: AuthRecords;
  keys: AuthKeys;
  lifetimes: Lifetimes;
  /** Who sees what. */
  policy: Policy;
  /** Who gets in yet; undefined is everybody. */
  rollout: Rollout | undefined;
  /** The services by which people sign on. */
  signOns: SignOnServices;
  /** Apps and services that prove who they are by a key, at the token, revocation and introspection addresses. */
  authenticate: Authenticate<AppRegistration | ServiceRegistration>;
  /** By which a client that has proved itself is handed to the library; made at every start and never given out. */
  handOverSecret: string;
}
