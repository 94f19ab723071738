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
      reason: reasonOf(error, detail ?? '', pending.launch !== undefined),
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
 * What an error code of the authorization means here. OAuth has no code for a launch handle that is spent or too old: hubs
 * answer `invalid_request`, or `access_denied` with words about the launch, and with a handle nobody is asked anything
 * that could be denied otherwise.
 */
function reasonOf(error: string, words: string, withHandle: boolean): LaunchFailureReason {
  if (error === 'invalid_scope') return 'scope-refused';
  if (error === 'server_error' || error === 'temporarily_unavailable') return 'hub-down';
  const aboutLaunch = error === 'access_denied' && /\blaunch\b/i.test(words);
  if (withHandle && (error === 'invalid_request' || error === 'invalid_grant' || aboutLaunch)) return 'handle-expired';
  return error === 'invalid_request' ? 'bad-callback' : 'access-denied';
}
