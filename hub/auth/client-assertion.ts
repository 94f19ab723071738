import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { ClinicalSystem } from '../config.ts';
import type { AuthRecords } from './records.ts';

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** SMART 2.2, 4.0.3 asks for RS384 and ES384; their 256-bit sisters are taken too. Never a shared secret, never `none`. */
const assertionAlgorithms = ['RS384', 'ES384', 'RS256', 'ES256'];

const longestSeconds = 300;
const clockToleranceSeconds = 5;

/** Why a client is not believed; `description` holds no part of the assertion. */
export class InvalidClient extends Error {
  constructor(description: string, options?: ErrorOptions) {
    super(description, options);
    this.name = 'InvalidClient';
  }
}

export type AuthenticateSystem = (type: unknown, assertion: unknown) => Promise<ClinicalSystem>;

/**
 * Authenticates clinical systems by `private_key_jwt` (RFC 7523; SMART 2.2, 4.0.3). Their keys are read from the
 * registered address only, kept for five minutes, and asked for again (at most twice a minute) when a key id is new.
 * Rejects with InvalidClient.
 */
export function clientAuthentication(
  systems: readonly ClinicalSystem[],
  audiences: string[],
  records: AuthRecords,
): AuthenticateSystem {
  const keys = new Map<string, JWTVerifyGetKey>();
  for (const system of systems) {
    const remote = createRemoteJWKSet(new URL(system.jwksUri), {
      timeoutDuration: 3000,
      cooldownDuration: 30_000,
      cacheMaxAge: 300_000,
    });
    keys.set(system.clientId, remote);
  }

  return async (type, assertion) => {
    if (type !== assertionType) throw new InvalidClient(`client_assertion_type must be ${assertionType}`);
    if (typeof assertion !== 'string') throw new InvalidClient('client_assertion is missing');
    const system = systems.find(({ clientId }) => clientId === issuerOf(assertion));
    const key = system && keys.get(system.clientId);
    if (system === undefined || key === undefined) throw new InvalidClient('No such client is registered');

    const { payload, protectedHeader } = await verify(assertion, key, system.clientId, audiences);
    if (protectedHeader.kid === undefined) throw new InvalidClient('The assertion names no key (kid)');
    if (protectedHeader['jku'] !== undefined && protectedHeader['jku'] !== system.jwksUri) {
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
      JSON.stringify([system.clientId, payload.jti]),
      {},
      {
        expiresAt: end + 2 * clockToleranceSeconds * 1000,
      },
    );
    if (!fresh) throw new InvalidClient('The assertion was used before');
    return system;
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
