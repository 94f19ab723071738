import { decodeJwt, errors } from 'jose';
import type { AuthParts } from './auth-parts.ts';
import { InvalidClient } from './client-assertion.ts';
import { forgetFailures, noteFailure, secondsToWait, type Guessing } from './guesses.ts';

/** This client failed too often at this address to be listened to now. */
export class MustWait extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('Too many proofs did not hold. Wait before the next one.');
    this.seconds = seconds;
  }
}

/**
 * Believes a client by `prove`, and makes it wait longer each time after many proofs that did not hold. By address and
 * client: nobody elsewhere is locked out by it, and no other client behind the same address. Rejects with MustWait, or as
 * `prove` does.
 */
export async function believeSlowly<Client>(
  parts: AuthParts,
  address: string,
  assertion: unknown,
  prove: () => Promise<Client>,
): Promise<Client> {
  const guessing: Guessing = { what: 'client', who: `${address}|${claimedBy(assertion)}` };
  const seconds = await secondsToWait(parts, guessing);
  if (seconds > 0) throw new MustWait(seconds);
  try {
    const client = await prove();
    await forgetFailures(parts, guessing);
    return client;
  } catch (error) {
    if (error instanceof InvalidClient) await noteFailure(parts, guessing);
    throw error;
  }
}

function claimedBy(assertion: unknown): string {
  try {
    return typeof assertion === 'string' ? (decodeJwt(assertion).iss ?? '') : '';
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return '';
    throw error;
  }
}
