import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import type { DeskRegistrations } from './registrations.ts';
import type { DeskSystem } from './systems.ts';

/** Who sits at the desk. */
export interface DeskUser {
  id: string;
  name: string;
  role: string;
  roleName: string;
  organisation: string;
  organisationName: string;
}

export interface LaunchWish {
  system: DeskSystem;
  user: DeskUser;
  /** An NHS number, the system's own id (prefixed `local:`), or the hub's Patient id. */
  patient: string;
  encounter: string | undefined;
}

/** Either the address to open, or what the hub said against it. */
export type LaunchAnswer = { launchUrl: string } | { status: number; words: string };

const granted = z.object({ launch_url: z.url() });
const refused = z.object({ error_description: z.string() });

/** Asks the hub for a launch handle as a backend client with a signed assertion (private_key_jwt, RFC 7523). */
export async function askForLaunch(registrations: DeskRegistrations, wish: LaunchWish): Promise<LaunchAnswer> {
  const issuer = `${registrations.publicUrl}/oauth`;
  const key = registrations.keys[wish.system];
  const clientId = `desk-${wish.system}`;
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: 'ES384', kid: key.kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${issuer}/token`)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(key.privateKey);
  const answer = await fetch(`${issuer}/launch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      user: wish.user,
      patient: patientClaim(wish.patient),
      ...(wish.encounter === undefined ? {} : { encounter: wish.encounter }),
    }),
    signal: AbortSignal.timeout(10_000),
  });
  const body: unknown = await answer.json();
  if (answer.ok) return { launchUrl: granted.parse(body).launch_url };
  const words = refused.safeParse(body);
  return { status: answer.status, words: words.success ? words.data.error_description : 'The hub refused the launch.' };
}

function patientClaim(text: string): { nhsNumber: string } | { localId: string } | { id: string } {
  const nhsNumber = parseNhsNumber(text);
  if (nhsNumber !== undefined) return { nhsNumber };
  if (text.startsWith('local:')) return { localId: text.slice('local:'.length) };
  return { id: text };
}
