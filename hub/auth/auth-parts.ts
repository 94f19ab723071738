import type { HubConfig, Registrations } from '../config.ts';
import type { Database } from '../store/database.ts';
import type { AuthKeys } from './keys.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { AuthRecords } from './records.ts';

/** What every part of the authorization server works with. */
export interface AuthParts {
  config: HubConfig;
  registrations: Registrations;
  database: Database;
  records: AuthRecords;
  keys: AuthKeys;
  lifetimes: Lifetimes;
}
