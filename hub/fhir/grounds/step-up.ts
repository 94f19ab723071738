import type { Reader } from '../../access/reader.ts';
import { FhirError } from '../fhir-error.ts';

/** How long after a sign-on or a launch the glass may be broken, seconds: who sits there now is who proved themself. */
export const freshSeconds = 300;

/** Until when this reader's sign-on is fresh enough, epoch milliseconds. */
export function freshUntil({ signedOnAt = 0 }: Pick<Reader, 'signedOnAt'>): number {
  return signedOnAt + freshSeconds * 1000;
}

/** Throws 401 where the sign-on is too long ago (RFC 9470, OAuth 2.0 step-up authentication challenge). */
export function requireFresh(reader: Reader): void {
  if (Date.now() < freshUntil(reader)) return;
  const words =
    reader.from === 'intranet'
      ? 'You signed on more than five minutes ago. Sign on again first.'
      : 'This record was opened more than five minutes ago. Open it again from your clinical system first.';
  throw new FhirError(401, 'login', words, {
    'www-authenticate': `Bearer error="insufficient_user_authentication", error_description="A sign-on within the last ${freshSeconds} seconds is needed", max_age=${freshSeconds}`,
  });
}
