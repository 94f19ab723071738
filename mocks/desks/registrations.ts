import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { SourceId } from '../../fhir/sources.ts';
import { operatorStaff, privacyStaff } from '../borough/staff.ts';
import { secondAppClientId } from '../second-app/pages.ts';
import { deskSystems, type DeskSystem } from './systems.ts';

/** A desk's way of proving to the hub who it is: the private half stays here, the public half is served as a JWK set. */
interface DeskKey {
  kid: string;
  privateKey: KeyObject;
  publicJwk: Record<string, unknown>;
}

/** A service by which people sign on to the hub. */
export interface HubSignOn {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  audience?: 'staff' | 'person';
  claims?: 'cis2' | 'nhs-login';
}

/** What the hub is told of the desks: structurally the hub's own `Registrations`. */
export interface HubRegistrations {
  apps: { clientId: string; name: string; redirectUris: string[]; scopes?: string[]; ownScopes?: string[] }[];
  clinicalSystems: { clientId: string; name: string; source: SourceId; jwksUri: string; origins: string[] }[];
  /** The hospitals' HL7, live by MLLP on this machine alone. */
  feeds: {
    source: SourceId;
    organisation: string;
    format: 'hl7-v2';
    arrives: 'live';
    promiseMinutes: number;
    receiver: { kind: 'mllp'; port: number; host: string };
  }[];
  /** The borough's sign-on for staff, and the one for the people themselves. */
  signOn: [HubSignOn, HubSignOn];
  operatorRoles: string[];
  privacyRoles: string[];
}

export interface DeskRegistrations {
  hub: HubRegistrations;
  keys: Record<DeskSystem, DeskKey>;
  /** Address of the hub as browsers know it. */
  publicUrl: string;
}

/** Makes keys and secrets afresh at every start, so that none is ever written down. */
export function registerDesks(at: { publicUrl: string; deskPort: number; mllpPort?: number }): DeskRegistrations {
  const desk = `http://localhost:${at.deskPort}`;
  // The desks answer on two addresses that are two sites to a browser, so that framing across sites is real.
  const origins = [desk, `http://127.0.0.1:${at.deskPort}`];
  return {
    publicUrl: at.publicUrl,
    keys: {
      emis: makeKey('emis'),
      'system-c': makeKey('system-c'),
      adastra: makeKey('adastra'),
      carecast: makeKey('carecast'),
      liquidlogic: makeKey('liquidlogic'),
    },
    hub: {
      apps: [
        {
          clientId: 'care-timeline',
          name: 'Care Timeline',
          redirectUris: [`${at.publicUrl}/callback`],
          // Reading; and to decide about it, which is granted to the person alone.
          scopes: ['patient/*.rs', 'patient/Consent.cruds'],
          ownScopes: ['patient/Observation.cu'],
        },
        { clientId: secondAppClientId, name: 'Results reader', redirectUris: [`${desk}/second-app/`] },
      ],
      clinicalSystems: deskSystems.map((system) => ({
        clientId: `desk-${system.id}`,
        name: system.name,
        source: system.id,
        jwksUri: `${desk}/jwks/${system.id}`,
        origins,
      })),
      feeds: [
        hospitalFeed('system-c', 'RKE', at.mllpPort ?? 0),
        hospitalFeed('carecast', 'RRV', above(at.mllpPort ?? 0)),
      ],
      signOn: [
        {
          id: 'borough',
          name: 'Borough sign-on',
          issuer: `${desk}/sso`,
          clientId: 'care-timeline-hub',
          clientSecret: randomBytes(32).toString('base64url'),
        },
        {
          id: 'citizen',
          name: 'Citizen sign-in',
          issuer: `${desk}/citizen`,
          clientId: 'care-timeline-hub',
          clientSecret: randomBytes(32).toString('base64url'),
          audience: 'person',
          claims: 'nhs-login',
        },
      ],
      operatorRoles: [operatorStaff.role],
      privacyRoles: [privacyStaff.role],
    },
  };
}

/** Nobody is admitted in the demonstration's hospitals for hours: a day's silence is what they promise to keep. */
function hospitalFeed(
  source: 'system-c' | 'carecast',
  organisation: string,
  port: number,
): HubRegistrations['feeds'][number] {
  const receiver = { kind: 'mllp', port, host: '127.0.0.1' } as const;
  return { source, organisation, format: 'hl7-v2', arrives: 'live', promiseMinutes: 24 * 60, receiver };
}

function above(port: number): number {
  return port === 0 ? 0 : port + 1;
}

function makeKey(system: DeskSystem): DeskKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const kid = `${system}-${randomBytes(6).toString('hex')}`;
  return { kid, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES384', use: 'sig' } };
}
