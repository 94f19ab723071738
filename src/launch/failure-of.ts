import { LaunchError, type LaunchFailure } from './outcome.ts';

/** After a sign-on one can sign on again; a spent handle only the clinical system can renew. */
export function retryOf(launch: string | undefined): { retryHref?: string } {
  return launch === undefined ? { retryHref: '/' } : {};
}

/** What a screen needs to know of whatever went wrong. */
export function failureOf(error: unknown): LaunchFailure {
  if (error instanceof LaunchError) return error.failure;
  return { reason: 'hub-down', detail: error instanceof Error ? error.message : String(error) };
}
