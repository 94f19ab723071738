import { nhsNumberSystem, odsSystem, sdsUserSystem } from '../../../../fhir/systems.ts';

/** For whom a record is asked, as the practice's audit is to read it (GP Connect, Cross Organisation Audit and Provenance). */
export interface Requester {
  /** URI of the system that asks: this hub's. */
  issuer: string;
  /** Accredited System Id of this hub, from Spine. */
  asid: string;
  device: { system: string; value: string; model: string; version: string };
  /** The care organisation that the request comes from. */
  organisation: { ods: string; name: string };
  /** Who asked: never a group or a default user. `UNK` stands where a user has no Smartcard role, by the guide. */
  practitioner: {
    id: string;
    family: string;
    given: string;
    prefix?: string;
    sdsUserId: string;
    sdsRoleProfileId: string;
    /** The name they sign on with here, and what system that is. */
    local: { system: string; value: string };
  };
}

/** Seconds that a token holds: the guide's five minutes. */
const lifetime = 300;

/**
 * The unsigned JSON Web Token that goes with one request (RFC 7519, section 6: alg `none`, an empty signature). It proves
 * nothing: mutual TLS and Spine do. It tells the practice's audit who asked, from where, for whom and why.
 * @param audience the practice's FHIR base as Spine's directory states it
 * @param now epoch milliseconds
 */
export function requestToken(requester: Requester, audience: string, nhsNumber: string, now: number): string {
  const { practitioner, organisation, device } = requester;
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    iss: requester.issuer,
    sub: practitioner.id,
    aud: audience,
    iat: issuedAt,
    exp: issuedAt + lifetime,
    reason_for_request: 'directcare',
    requested_scope: 'patient/*.read',
    requested_record: { resourceType: 'Patient', identifier: [{ system: nhsNumberSystem, value: nhsNumber }] },
    requesting_device: {
      resourceType: 'Device',
      identifier: [{ system: device.system, value: device.value }],
      model: device.model,
      version: device.version,
    },
    requesting_organization: {
      resourceType: 'Organization',
      name: organisation.name,
      identifier: [{ system: odsSystem, value: organisation.ods }],
    },
    requesting_practitioner: {
      resourceType: 'Practitioner',
      id: practitioner.id,
      identifier: [
        { system: sdsUserSystem, value: practitioner.sdsUserId },
        { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: practitioner.sdsRoleProfileId },
        practitioner.local,
      ],
      name: [
        {
          family: practitioner.family,
          given: [practitioner.given],
          ...(practitioner.prefix === undefined ? {} : { prefix: [practitioner.prefix] }),
        },
      ],
    },
  };
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
