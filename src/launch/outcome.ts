import type { Session } from './session.ts';

/**
 * Why nobody got in, or why the session ended. Each has its own sentence on the screen; none is ever shown as an empty
 * record.
 *
 * - `malformed-launch`: the address lacks `iss` or `launch`, or has one of them twice.
 * - `unknown-hub`: the launch names a hub that is not on this app's list, or there is no list.
 * - `hub-down`: the hub, or this app's own configuration, could not be reached.
 * - `handle-expired`: the launch handle was used before or is too old.
 * - `access-denied`: the hub refused, or the reader turned back at sign-on.
 * - `scope-refused`: what was granted is too little to read a timeline.
 * - `storage-blocked`: the browser keeps this framed page from its own storage.
 * - `bad-callback`: an answer to no question of this tab: unknown or replayed state, or from another issuer.
 * - `token-invalid`: the hub's answer or identity token does not hold.
 * - `no-patient`: the token names no person.
 * - `session-over`: the session ended, or this tab never had one.
 * - `idle`: nobody used the page for so long that the session was ended.
 */
export type LaunchFailureReason =
  | 'malformed-launch'
  | 'unknown-hub'
  | 'hub-down'
  | 'handle-expired'
  | 'access-denied'
  | 'scope-refused'
  | 'storage-blocked'
  | 'bad-callback'
  | 'token-invalid'
  | 'no-patient'
  | 'session-over'
  | 'idle';

/** What a failure screen needs. Sentences live with the screen. */
export interface LaunchFailure {
  reason: LaunchFailureReason;
  /** Where trying again can help: the same launch again, or a new sign-on. */
  retryHref?: string;
  /** For `storage-blocked`: the very same address, to be opened in a tab of its own. */
  newTabHref?: string;
  /** The hub's own words, or what exactly was wrong. Never patient data. */
  detail?: string;
}

/** Where getting in stands. A new object whenever it changes. */
export type LaunchOutcome =
  | { status: 'starting' }
  | { status: 'ready'; session: Session }
  | ({ status: 'failed' } & LaunchFailure);

/** Carries a failure out of the steps of a launch. */
export class LaunchError extends Error {
  readonly failure: LaunchFailure;
  constructor(failure: LaunchFailure, options?: ErrorOptions) {
    super(failure.detail ?? failure.reason, options);
    this.name = 'LaunchError';
    this.failure = failure;
  }
}
