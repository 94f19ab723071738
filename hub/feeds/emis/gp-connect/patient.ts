import type { Extension, Identifier, Patient, PatientCommunication, PatientContact } from 'fhir/r4';
import { parsePartialDate } from '../../../../fhir/partial-date.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension, ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifier, period } from './datatypes.ts';
import { address, addresses, humanNames, telecoms } from './names.ts';
import { extension, extensions, object, objects, oneOf, some, truth, words } from './read.ts';
import type { Reading } from './reading.ts';

/** The person as the practice holds them (CareConnect-GPC-Patient-1 to UK Core Patient). */
export function patient(sent: JsonObject, reading: Reading): Patient {
  const ethnicity = concept(extension(sent, 'EthnicCategory')?.['valueCodeableConcept']);
  const [birthDate, deceased] = [dateOf(sent['birthDate'], reading), dateOf(sent['deceasedDateTime'], reading)];
  return {
    resourceType: 'Patient',
    id: reading.subject,
    extension: some<Extension>([
      ethnicity === undefined
        ? undefined
        : { url: `${ukCoreExtension}EthnicCategory`, valueCodeableConcept: ethnicity },
    ]),
    identifier: some(objects(sent['identifier']).map(numbered)),
    active: truth(sent['active']),
    name: humanNames(sent['name']),
    telecom: telecoms(sent['telecom']),
    gender: oneOf(sent['gender'], ['male', 'female', 'other', 'unknown']),
    birthDate: birthDate?.slice(0, 10),
    deceasedDateTime: deceased,
    // A date of death that cannot be read is a death all the same.
    deceasedBoolean:
      deceased !== undefined
        ? undefined
        : words(sent['deceasedDateTime']) === undefined
          ? truth(sent['deceasedBoolean'])
          : true,
    address: addresses(sent['address']),
    maritalStatus: concept(sent['maritalStatus']),
    contact: some(objects(sent['contact']).map(contact)),
    communication: some([
      ...objects(sent['communication']).map(spoken),
      ...extensions(sent, 'NHSCommunication').map(nhsSpoken),
    ]),
    generalPractitioner: reading.referAll(sent['generalPractitioner']),
    managingOrganization: reading.refer(sent['managingOrganization']),
  };
}

/** The person's own dates must be sound, for they are matched by them: what cannot be read is left out and said. */
function dateOf(value: unknown, reading: Reading): string | undefined {
  const text = words(value)?.trim();
  if (text === undefined) return undefined;
  if (parsePartialDate(text) !== undefined) return text;
  reading.doubt('A date of the person’s own (birth or death) could not be read and was left out.');
  return undefined;
}

/** The NHS number says how sure the practice is of it. */
function numbered(sent: JsonObject): Identifier | undefined {
  const number = identifier(sent);
  const status = concept(extension(sent, 'NHSNumberVerificationStatus')?.['valueCodeableConcept']);
  if (number?.system !== nhsNumberSystem) return number;
  return {
    ...number,
    value: number.value?.replace(/\s/g, ''),
    extension:
      status === undefined ? undefined : [{ url: nhsNumberVerificationExtension, valueCodeableConcept: status }],
  };
}

function contact(sent: JsonObject): PatientContact | undefined {
  const place = object(sent['address']);
  const told = {
    relationship: concepts(sent['relationship']),
    name: humanNames(sent['name'])?.[0],
    telecom: telecoms(sent['telecom']),
    address: place === undefined ? undefined : address(place),
    gender: oneOf(sent['gender'], ['male', 'female', 'other', 'unknown']),
    period: period(sent['period']),
  };
  // FHIR pat-1: a contact that cannot be reached or named is none.
  return told.name === undefined && told.telecom === undefined && told.address === undefined ? undefined : told;
}

function spoken(sent: JsonObject): PatientCommunication | undefined {
  const language = concept(sent['language']);
  return language === undefined ? undefined : { language, preferred: truth(sent['preferred']) };
}

/** CareConnect's own way to state a language, with whether an interpreter is needed. */
function nhsSpoken(sent: JsonObject): PatientCommunication | undefined {
  const part = (name: string) => objects(sent['extension']).find(({ url }) => url === name);
  const language = concept(part('language')?.['valueCodeableConcept']);
  if (language === undefined) return undefined;
  const interpreter = truth(part('interpreterRequired')?.['valueBoolean']);
  return {
    extension:
      interpreter === undefined
        ? undefined
        : [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
              valueBoolean: interpreter,
            },
          ],
    language,
    preferred: truth(part('preferred')?.['valueBoolean']),
  };
}
