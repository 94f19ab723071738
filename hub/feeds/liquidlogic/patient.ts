import type { Address, Extension, HumanName, Identifier, Patient, PatientCommunication, PatientContact } from 'fhir/r4';
import { parseNhsNumber } from '../../../fhir/nhs-number.ts';
import {
  nhsNumberSystem,
  nhsNumberVerificationExtension,
  nhsNumberVerificationSystem,
  odsSystem,
  ukCoreExtension,
} from '../../../fhir/systems.ts';
import type { Row } from './cld-columns.ts';
import { readDay } from './day.ts';
import type { ExtensionPerson, Item } from './extension-schema.ts';
import { localIdentifier } from './interweave.ts';
import { organisation, type Teller } from './teller.ts';
import { listed } from './told.ts';

/** Who the person is by the line of the return that last said so, in the extension's words. */
export function personOf(row: Row, doubts: Set<string>): ExtensionPerson {
  const { firstName, lastName, practiceName, practiceCode, postcode } = row;
  const given = firstName === undefined ? undefined : [firstName];
  if (row.birth !== undefined && readDay(row.birth) === undefined)
    doubts.add('A birth date that cannot be read: left out.');
  if (row.death !== undefined && readDay(row.death) === undefined)
    doubts.add('A date of death that cannot be read: left out.');
  return defined({
    nhsNumber: row.nhsNumber,
    names:
      given === undefined && lastName === undefined
        ? []
        : [defined({ use: 'official' as const, family: lastName, given })],
    birthDate: readDay(row.birth),
    deathDate: readDay(row.death),
    gender: genderOf(row.gender),
    ethnicity: /^(?:[A-Z]|99)$/i.exec(row.ethnicity ?? '')?.[0].toUpperCase(),
    address: postcode === undefined ? undefined : { lines: [], postcode },
    practice:
      practiceName === undefined && practiceCode === undefined
        ? undefined
        : defined({ code: practiceCode, name: practiceName ?? practiceCode ?? '' }),
  });
}

/** Without the keys that have no value. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** The return has words, or the codes of the NHS Data Dictionary (PERSON GENDER CODE). */
function genderOf(words: string | undefined): ExtensionPerson['gender'] {
  const found = { male: 'male', m: 'male', 1: 'male', female: 'female', f: 'female', 2: 'female' }[
    words?.toLowerCase() ?? ''
  ];
  if (found === 'male' || found === 'female') return found;
  return /^(?:other|indeterminate|9)$/i.test(words ?? '') ? 'other' : words === undefined ? undefined : 'unknown';
}

/**
 * The Patient as the council holds them: the later of both feeds' words, and where those say nothing the other's. The NHS
 * number is never filled in from an earlier statement: its source may have taken it away because it was another person's.
 */
export function tellPatient(
  teller: Teller,
  now: ExtensionPerson,
  before: ExtensionPerson | undefined,
  contacts: readonly Item<'contacts'>[],
): void {
  const { nhsNumber: _number, nhsNumberStatus: _status, ...rest } = before ?? { names: [] };
  const person: ExtensionPerson = { ...rest, ...now, names: now.names.length > 0 ? now.names : rest.names };
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
