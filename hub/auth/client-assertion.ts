import { decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { ClientKeys } from '../config.ts';
import { keySetOf } from './key-set.ts';
import type { AuthRecords } from './records.ts';

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** SMART 2.2, 4.0.3 asks for RS384 and ES384; their 256-bit sisters are taken too. Never a shared secret, never `none`. */
export const assertionAlgorithms = ['RS384', 'ES384', 'RS256', 'ES256'];

const longestSeconds = 300;
const clockToleranceSeconds = 5;

/** Why a client is not believed; `description` holds no part of the assertion. */
export class InvalidClient extends Error {
  constructor(description: string, options?: ErrorOptions) {
    super(description, options);
    this.name = 'InvalidClient';
  }
}

/** A client with keys: a clinical system, an app or a service. */
export interface KeyedClient extends ClientKeys {
  clientId: string;
}

export type Authenticate<Client> = (type: unknown, assertion: unknown) => Promise<Client>;

/**
 * Authenticates clients by `private_key_jwt` (RFC 7523; SMART 2.2, 4.0.3) with the keys that are registered and no
 * others. Clocks may differ by five seconds. An assertion is taken once, on whichever hub. Rejects with InvalidClient.
 */
export function clientAuthentication<Client extends KeyedClient>(
  clients: readonly Client[],
  audiences: string[],
  records: AuthRecords,
): Authenticate<Client> {
  const keys = new Map<string, JWTVerifyGetKey>();
  for (const client of clients) {
    const set = keySetOf(client);
    if (set !== undefined) keys.set(client.clientId, set);
  }

  return async (type, assertion) => {
    if (type !== assertionType) throw new InvalidClient(`client_assertion_type must be ${assertionType}`);
    if (typeof assertion !== 'string') throw new InvalidClient('client_assertion is missing');
    const client = clients.find(({ clientId }) => clientId === issuerOf(assertion));
    const key = client && keys.get(client.clientId);
    if (client === undefined || key === undefined) throw new InvalidClient('No such client is registered');

    const { payload, protectedHeader } = await verify(assertion, key, client.clientId, audiences);
    if (protectedHeader.kid === undefined) throw new InvalidClient('The assertion names no key (kid)');
    if (protectedHeader['jku'] !== undefined && protectedHeader['jku'] !== client.jwksUri) {
      throw new InvalidClient('The assertion names another key address (jku) than the registered one');
    }
    const now = Date.now();
    const end = (payload.exp ?? 0) * 1000;
    if (end > now + (longestSeconds + clockToleranceSeconds) * 1000) {
      throw new InvalidClient('The assertion lives longer than five minutes');
    }
    if (typeof payload.jti !== 'string' || payload.jti === '') throw new InvalidClient('The assertion has no jti');
    const fresh = await records.add(
      'Assertion',
      JSON.stringify([client.clientId, payload.jti]),
      {},
      {
        expiresAt: end + 2 * clockToleranceSeconds * 1000,
      },
    );
    if (!fresh) throw new InvalidClient('The assertion was used before');
    return client;
  };
}

function issuerOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).iss;
  } catch (error) {
    throw new InvalidClient('The assertion is not a JWT', { cause: error });
  }
}

async function verify(assertion: string, key: JWTVerifyGetKey, clientId: string, audience: string[]) {
  try {
    return await jwtVerify(assertion, key, {
      algorithms: assertionAlgorithms,
      issuer: clientId,
      subject: clientId,
      audience,
      requiredClaims: ['exp', 'jti'],
      clockTolerance: clockToleranceSeconds,
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new InvalidClient('The assertion has expired', { cause: error });
    if (error instanceof errors.JWTClaimValidationFailed) {
      throw new InvalidClient(`The assertion's ${error.claim} is missing or wrong`, { cause: error });
    }
    if (error instanceof errors.JOSEAlgNotAllowed) {
      throw new InvalidClient(`The assertion must be signed with one of ${assertionAlgorithms.join(', ')}`, {
        cause: error,
      });
    }
    if (error instanceof errors.JWKSTimeout) {
      throw new InvalidClient("The client's keys could not be read in time", { cause: error });
    }
    throw new InvalidClient('The signature could not be verified with the registered keys', { cause: error });
  }
}
