import type { Extension, Identifier, Patient } from 'fhir/r4';
import {
  confidentiality,
  nhsNumberSystem,
  nhsNumberVerificationExtension,
  nhsNumberVerificationSystem,
  ukCoreExtension,
} from '../../../../fhir/systems.ts';
import { ukCore } from './codes.ts';
import { day } from './dates.ts';
import { list, type Telling } from './told.ts';
import { guid, isTrue, lookUp, type Row } from './row.ts';
import { effectiveOf } from './told.ts';

/**
 * The Patient as the practice holds them (UK Core Patient). Of one whose record is confidential: who they are, and neither
 * where they live nor whom to ask. A label would close the whole person, with what every other source tells of them.
 */
export function patientOf(telling: Telling, row: Row): Patient {
  const { subject, words } = telling;
  const died = day(row['DateOfDeath']);
  const confidential = isTrue(row['IsConfidential']);
  const left = hasLeft(row);
  // Nobody tells a practice of a move that has ended the registration: its address stands behind all that are in use.
  const ended = day(row['DateOfDeactivation']);
  const until = left && ended !== undefined ? { end: ended } : undefined;
  const usualGp = words.staff(guid(row['UsualGpUserInRoleGuid']));
  const organisation = words.organisation(guid(row['OrganisationGuid']));
  return {
    resourceType: 'Patient',
    id: subject,
    extension: list(ethnicity(telling), died === undefined ? undefined : deathNotification(died)),
    identifier: list(nhsNumber(row), localNumber(subject), numberOf(telling, row)),
    active: row['DateOfDeactivation'] === undefined,
    name: nameOf(row),
    telecom: confidential ? undefined : telecomOf(row)?.map((contact) => ({ ...contact, period: until })),
    gender: lookUp(genders, row['Sex']?.charAt(0).toUpperCase()),
    birthDate: day(row['DateOfBirth']),
    deceasedDateTime: died,
    address: confidential ? undefined : addressOf(row)?.map((address) => ({ ...address, period: until })),
    generalPractitioner: left ? undefined : list(organisation, usualGp),
    managingOrganization: organisation,
    contact: confidential ? undefined : contactOf(row),
  };
}

/**
 * What is left of a person who may not be told of any more: only the number the practice's system has for them, so that
 * name, address and practice go from where they were shown (leaked record).
 */
export function patientTakenBack(subject: string): Patient {
  return { resourceType: 'Patient', id: subject, active: false };
}

/**
 * A person who is sensitive on the Spine: who it is, under the label that closes the whole person to everybody (uk-care E: such
 * patients are excluded whole), whoever else tells of them. Where they live, and even their practice, is kept nowhere.
 */
export function sensitivePatient(subject: string, row: Row): Patient {
  return {
    resourceType: 'Patient',
    id: subject,
    meta: { security: [{ system: confidentiality, code: 'V', display: 'very restricted' }] },
    identifier: list(nhsNumber(row)),
    name: nameOf(row),
    birthDate: day(row['DateOfBirth']),
  };
}

function nameOf(row: Row): Patient['name'] {
  const given = list(row['GivenName'], ...(row['MiddleNames']?.split(/\s+/) ?? []));
  return [{ use: 'official', family: row['Surname'], given, prefix: list(row['Title']) }];
}

function telecomOf(row: Row): Patient['telecom'] {
  return list(
    row['HomePhone'] === undefined ? undefined : { system: 'phone', value: row['HomePhone'], use: 'home' },
    row['MobilePhone'] === undefined ? undefined : { system: 'phone', value: row['MobilePhone'], use: 'mobile' },
    row['EmailAddress'] === undefined ? undefined : { system: 'email', value: row['EmailAddress'] },
  );
}

/** Whether the person has left the practice, other than by dying: what it wrote down stays, and nothing more comes. */
export function hasLeft(row: Row): boolean {
  return row['DateOfDeactivation'] !== undefined && row['DateOfDeath'] === undefined;
}

const genders: Record<string, Patient['gender']> = { M: 'male', F: 'female', I: 'other', U: 'unknown' };

function nhsNumber(row: Row): Identifier | undefined {
  if (row['NhsNumber'] === undefined) return undefined;
  const [code, display] = verificationOf(row['NHSNumberStatus']);
  const status = { coding: [{ system: nhsNumberVerificationSystem, code, display }] };
  return {
    extension: [{ url: nhsNumberVerificationExtension, valueCodeableConcept: status }],
    system: nhsNumberSystem,
    value: row['NhsNumber'].replaceAll(/[\s-]/g, ''),
  };
}

const verification: Record<string, string> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '03': 'Trace required',
  '04': 'Trace attempted - No match or multiple match found',
  '05': 'Trace needs to be resolved - (NHS Number or PATIENT detail conflict)',
  '06': 'Trace in progress',
  '07': 'Number not present and trace not required',
  '08': 'Trace postponed (baby under six weeks old)',
};

/**
 * The status as its two digits or in words. Only what says that it was verified counts as such: a number whose status is
 * missing or not understood was not traced, as far as anybody can tell (wrong patient).
 */
function verificationOf(status: string | undefined): readonly [string, string | undefined] {
  const stated = (status ?? '').padStart(2, '0');
  const known = lookUp(verification, stated);
  if (known !== undefined) return [stated, known];
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const found = Object.entries(verification).find(([, words]) => bare(words) === bare(status ?? ''));
  return found ?? ['02', verification['02']];
}

function localNumber(value: string): Identifier {
  return { system: 'https://fhir.interweavedigital.nhs.uk/Id/local-patient-identifier', value };
}

/** The number staff see, with the practice's code before it: every practice counts from one (Interweave, local identifiers). */
function numberOf({ words }: Telling, row: Row): Identifier | undefined {
  const practice = words.ods(guid(row['OrganisationGuid']));
  const number = row['PatientNumber'];
  return practice === undefined || number === undefined ? undefined : localNumber(`${practice}-${number}`);
}

function addressOf(row: Row): Patient['address'] {
  const lines = list(row['HouseNameFlatNumber'], row['NumberAndStreet'], row['Village']);
  const stated = lines ?? row['Town'] ?? row['County'] ?? row['Postcode'];
  if (stated === undefined) return undefined;
  return [{ use: 'home', line: lines, city: row['Town'], district: row['County'], postalCode: row['Postcode'] }];
}

function contactOf(row: Row): Patient['contact'] {
  if (row['CarerName'] === undefined) return undefined;
  const relationship = row['CarerRelation'] === undefined ? 'Carer' : `Carer: ${row['CarerRelation']}`;
  return [{ relationship: [{ text: relationship }], name: { text: row['CarerName'] } }];
}

/** The practice's system is told of deaths by the registrar: its date is a formal notification (UK Core). */
function deathNotification(died: string): Extension {
  const words = 'Formal - death notice received from Registrar of Deaths';
  return {
    url: `${ukCoreExtension}DeathNotificationStatus`,
    extension: [
      { url: 'deathNotificationStatus', valueCodeableConcept: ukCore('DeathNotificationStatus', '2', words) },
      { url: 'systemEffectiveDate', valueDateTime: died },
    ],
  };
}

/** The newest entry whose code stands for an ethnic category (16+1 of the 2001 census). */
function ethnicity({ rows, words }: Telling): Extension | undefined {
  let newest: { at: string; code: string; display: string | undefined } | undefined;
  for (const [, row] of rows.all('CareRecord_Observation')) {
    const code = words.code(guid(row['CodeId']));
    const category = code?.['NationalCode'] ?? '';
    if (!/ethnic/i.test(code?.['NationalCodeCategory'] ?? '') || !/^(?:[A-HJ-NPRSZ]|99)$/.test(category)) continue;
    if (isTrue(row['IsConfidential'])) continue;
    const at = effectiveOf(row) ?? '';
    if (newest === undefined || at >= newest.at)
      newest = { at, code: category, display: code?.['NationalDescription'] };
  }
  if (newest === undefined) return undefined;
  const value = ukCore('EthnicCategoryEngland', newest.code, newest.display);
  return { url: `${ukCoreExtension}EthnicCategory`, valueCodeableConcept: value };
}
