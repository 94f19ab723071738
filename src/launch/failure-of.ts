import { LaunchError, type LaunchFailure } from './outcome.ts';

/** Where a sign-on of the app's own begins: staff, or the person whose record it is. */
export function signOnPath(asPerson: boolean | undefined): string {
  return asPerson === true ? '/?as=person' : '/';
}

/** After a sign-on one can sign on again; a spent handle only the clinical system can renew. */
export function retryOf(way: { launch: string | undefined; asPerson?: boolean | undefined } | undefined): {
  retryHref?: string;
} {
  return way?.launch === undefined ? { retryHref: signOnPath(way?.asPerson) } : {};
}

/** What a screen needs to know of whatever went wrong. */
export function failureOf(error: unknown): LaunchFailure {
  if (error instanceof LaunchError) return error.failure;
  return { reason: 'hub-down', detail: error instanceof Error ? error.message : String(error) };
}
