import type { Address, Extension, HumanName, Identifier, Patient, PatientCommunication, PatientContact } from 'fhir/r4';
import { parseNhsNumber } from '../../../fhir/nhs-number.ts';
import {
  nhsNumberSystem,
  nhsNumberVerificationExtension,
  nhsNumberVerificationSystem,
  odsSystem,
  ukCoreExtension,
} from '../../../fhir/systems.ts';
import type { ExtensionPerson, Item } from './extension-schema.ts';
import { localIdentifier } from './interweave.ts';
import { organisation, type Teller } from './teller.ts';
import { listed } from './told.ts';

/**
 * The Patient as the council holds them: the later of both feeds' words, and where those say nothing the other's. An NHS
 * number or a death is never filled in from the earlier statement: it may have been taken away because it was wrong. That a
 * number is not traced stays true of it, though the return has no column to say so.
 */
export function tellPatient(
  teller: Teller,
  now: ExtensionPerson,
  before: ExtensionPerson | undefined,
  contacts: readonly Item<'contacts'>[],
): void {
  const { nhsNumber, nhsNumberStatus, deathDate: _death, ...rest } = before ?? { names: [] };
  const sameNumber = parseNhsNumber(now.nhsNumber ?? '') === parseNhsNumber(nhsNumber ?? '');
  const person: ExtensionPerson = {
    ...rest,
    nhsNumberStatus: sameNumber ? nhsNumberStatus : undefined,
    ...now,
    names: now.names.length > 0 ? now.names : rest.names,
  };
  const address =
    now.address?.lines.length === 0 && rest.address?.postcode === now.address.postcode ? rest.address : person.address;
  const patient: Patient = {
    resourceType: 'Patient',
    id: teller.subject,
    extension: person.ethnicity === undefined ? undefined : [ethnicityOf(person.ethnicity)],
    identifier: [...numberOf(teller, person), localIdentifier('patient', teller.subject)],
    active: true,
    name: listed(person.names.map(humanName)),
    telecom: listed((person.phones ?? []).map((value) => ({ system: 'phone' as const, value }))),
    gender: person.gender,
    birthDate: person.birthDate,
    deceasedDateTime: person.deathDate,
    address: address === undefined ? undefined : [addressOf(address)],
    contact: listed(contacts.map(contactOf)),
    communication: person.language === undefined ? undefined : [languageOf(person.language)],
    generalPractitioner: person.practice === undefined ? undefined : [practiceOf(person.practice)],
    managingOrganization: organisation(teller, teller.council),
  };
  teller.resources.unshift(patient);
}

function contactOf({ relationship, roles = [], name, phone }: Item<'contacts'>): PatientContact {
  return {
    relationship: [relationship, ...roles].map((text) => ({ text })),
    name: humanName(name),
    telecom: phone === undefined ? undefined : [{ system: 'phone', value: phone }],
  };
}

function languageOf(code: string): PatientCommunication {
  return { language: { coding: [{ system: 'urn:ietf:bcp:47', code }] }, preferred: true };
}

function numberOf(teller: Teller, { nhsNumber, nhsNumberStatus }: ExtensionPerson): Identifier[] {
  if (nhsNumber === undefined) return [];
  const value = parseNhsNumber(nhsNumber);
  if (value === undefined) {
    teller.doubts.add('An NHS number whose check digit is wrong: left out.');
    return [];
  }
  if (nhsNumberStatus === undefined) return [{ system: nhsNumberSystem, value }];
  const coding = [{ system: nhsNumberVerificationSystem, code: nhsNumberStatus }];
  const extension = [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding } }];
  return [{ extension, system: nhsNumberSystem, value }];
}

function ethnicityOf(code: string): Extension {
  const coding = [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland', code }];
  return { url: `${ukCoreExtension}EthnicCategory`, valueCodeableConcept: { coding } };
}

function humanName({ family, given, prefix, use, language }: ExtensionPerson['names'][number]): HumanName {
  const extension = [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: language ?? '' }];
  return {
    extension: language === undefined ? undefined : extension,
    use,
    family,
    given: listed(given ?? []),
    prefix: prefix === undefined ? undefined : [prefix],
  };
}

function addressOf({ lines, city, postcode }: NonNullable<ExtensionPerson['address']>): Address {
  return {
    use: 'home',
    line: listed(lines),
    city,
    postalCode: postcode,
  };
}

function practiceOf({
  code,
  name,
}: NonNullable<ExtensionPerson['practice']>): Patient['managingOrganization'] & object {
  return { identifier: code === undefined ? undefined : { system: odsSystem, value: code }, display: name };
}
