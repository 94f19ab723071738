import { LaunchError, type LaunchFailureReason } from './outcome.ts';
import type { Pending } from './kept.ts';
import { trimSlash } from './shape.ts';

/** Longest piece of the hub's words that is shown. */
const longestDetail = 300;

/**
 * Reads the hub's answer in the callback's address (RFC 6749 4.1.2, RFC 9207). Returns the code; throws LaunchError
 * `bad-callback` when it answers no question of this tab or comes from another issuer, otherwise what the hub refused.
 */
export function readAnswer(address: URL, pending: Pending | undefined): { code: string } {
  const params = address.searchParams;
  if (pending === undefined || params.get('state') !== pending.stateKey) {
    throw new LaunchError({ reason: 'bad-callback', detail: 'This answer belongs to no launch of this tab.' });
  }
  const issuer = params.get('iss');
  if (issuer !== null && pending.issuer !== undefined && trimSlash(issuer) !== trimSlash(pending.issuer)) {
    throw new LaunchError({ reason: 'bad-callback', detail: 'The answer came from another issuer.' });
  }
  const error = params.get('error');
  if (error !== null) {
    const detail = params.get('error_description')?.slice(0, longestDetail);
    throw new LaunchError({
      reason: reasonOf(error, pending.launch !== undefined),
      ...(detail === undefined ? {} : { detail }),
    });
  }
  const code = params.get('code');
  if (code === null || code === '') {
    throw new LaunchError({ reason: 'bad-callback', detail: 'The answer brought no code.' });
  }
  return { code };
}

/**
 * What an error code of the authorization means here. With a launch handle nobody is asked anything, so an invalid request
 * is a handle that no longer holds.
 */
function reasonOf(error: string, withHandle: boolean): LaunchFailureReason {
  if (error === 'invalid_scope') return 'scope-refused';
  if (error === 'server_error' || error === 'temporarily_unavailable') return 'hub-down';
  if (withHandle && (error === 'invalid_request' || error === 'invalid_grant' || error === 'invalid_launch')) {
    return 'handle-expired';
  }
  if (error === 'invalid_request') return 'bad-callback';
  return 'access-denied';
}
