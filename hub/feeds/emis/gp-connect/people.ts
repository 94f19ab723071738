import type { HealthcareService, Location, Organization, Practitioner, PractitionerRole } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, period } from './datatypes.ts';
import { address, addresses, humanNames, telecoms } from './names.ts';
import { extension, object, oneOf, some, truth, words } from './read.ts';
import type { Reading } from './reading.ts';

/** Staff as the practice's system knows them. */
export function practitioner(sent: JsonObject, reading: Reading): Practitioner {
  return {
    resourceType: 'Practitioner',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    active: truth(sent['active']),
    name: humanNames(sent['name']),
    telecom: telecoms(sent['telecom']),
    // `unknown` is what EMIS writes where nobody asked.
    gender: oneOf(sent['gender'], ['male', 'female', 'other']),
  };
}

export function practitionerRole(sent: JsonObject, reading: Reading): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    active: truth(sent['active']),
    period: period(sent['period']),
    practitioner: reading.refer(sent['practitioner']),
    organization: reading.refer(sent['organization']),
    code: concepts(sent['code']),
    specialty: concepts(sent['specialty']),
    location: reading.referAll(sent['location']),
    telecom: telecoms(sent['telecom']),
  };
}

export function organization(sent: JsonObject, reading: Reading): Organization {
  const main = reading.refer(extension(sent, 'MainLocation')?.['valueReference']);
  return {
    resourceType: 'Organization',
    id: reading.idOf(sent),
    extension: main === undefined ? undefined : [{ url: `${ukCoreExtension}MainLocation`, valueReference: main }],
    identifier: identifiers(sent['identifier']),
    active: truth(sent['active']),
    type: concepts(sent['type']),
    name: words(sent['name']),
    telecom: telecoms(sent['telecom']),
    address: addresses(sent['address']),
    partOf: reading.refer(sent['partOf']),
  };
}

/** A surgery or a hospital; its type is one in STU3 and a list in R4. */
export function location(sent: JsonObject, reading: Reading): Location {
  const place = object(sent['address']);
  return {
    resourceType: 'Location',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    status: oneOf(sent['status'], ['active', 'suspended', 'inactive']),
    name: words(sent['name']),
    description: words(sent['description']),
    mode: oneOf(sent['mode'], ['instance', 'kind']),
    type: concepts(sent['type']),
    telecom: telecoms(sent['telecom']),
    address: place === undefined ? undefined : address(place),
    physicalType: concept(sent['physicalType']),
    managingOrganization: reading.refer(sent['managingOrganization']),
    partOf: reading.refer(sent['partOf']),
  };
}

export function healthcareService(sent: JsonObject, reading: Reading): HealthcareService {
  return {
    resourceType: 'HealthcareService',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    active: truth(sent['active']),
    providedBy: reading.refer(sent['providedBy']),
    category: some([concept(sent['category'])]),
    type: concepts(sent['type']),
    specialty: concepts(sent['specialty']),
    location: reading.referAll(sent['location']),
    name: words(sent['name']),
    comment: words(sent['comment']),
    telecom: telecoms(sent['telecom']),
  };
}
