import type { HumanName, Patient } from 'fhir/r4';
import {
  nhsNumberSystem,
  nhsNumberVerificationExtension,
  nhsNumberVerificationSystem,
  ukCoreExtension,
} from '../../fhir/systems.ts';
import { date, dateTime, day } from '../borough/clock.ts';
import { organisationOf } from '../borough/places.ts';
import type { PersonName } from '../borough/truth.ts';
import { localIdentifier, ukCore, ukCoreExtra } from './codes.ts';
import { organisationReference, type Pen } from './pen.ts';

const verificationWords: Record<string, string> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '08': 'Trace postponed (baby under six weeks old)',
};

/** The Patient as this source holds them: its own number, its own idea of the name and of how sure the NHS number is. */
export function writePatient(pen: Pen): void {
  const { person } = pen.life;
  const names = person.namesIn[pen.source] ?? person.names;
  const verification = person.verification[pen.source] ?? '01';
  const death =
    person.death !== undefined && person.death.confirmedBy.includes(pen.source) && person.death.at <= pen.asAt
      ? person.death
      : undefined;
  const patient: Patient = {
    resourceType: 'Patient',
    id: pen.patientId,
    extension: [
      ukCoreExtra(
        'EthnicCategory',
        ukCore('EthnicCategoryEngland', person.ethnicity, ethnicWords[person.ethnicity] ?? 'Not stated'),
      ),
    ],
    identifier: [
      {
        extension: [
          {
            url: nhsNumberVerificationExtension,
            valueCodeableConcept: {
              coding: [
                { system: nhsNumberVerificationSystem, code: verification, display: verificationWords[verification] },
              ],
            },
          },
        ],
        system: nhsNumberSystem,
        value: person.nhsNumber,
      },
      localIdentifier('patient', pen.patientId),
    ],
    active: true,
    name: names.map(humanName),
    telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }],
    gender: person.gender,
    birthDate: date(person.birth),
    address:
      pen.household === undefined
        ? undefined
        : [{ use: 'home', line: [pen.household.line], city: 'London', postalCode: pen.household.postcode }],
    generalPractitioner:
      pen.source === 'emis'
        ? [organisationReference(person.practice)]
        : [{ display: organisationOf(person.practice).name }],
    managingOrganization: pen.source === 'patient' ? undefined : organisationReference(pen.organisation),
  };
  const newborn = pen.asAt - person.birth < 28 * day;
  if (newborn && (pen.source === 'system-c' || pen.source === 'carecast')) {
    patient._birthDate = {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: dateTime(person.birth) },
      ],
    };
  }
  if (death !== undefined) {
    patient.deceasedDateTime = dateTime(death.at);
    // Only the GP's system is connected to the registrar here; the others heard it from a ward or a family.
    const [code, words] =
      pen.source === 'emis'
        ? (['2', 'Formal - death notice received from Registrar of Deaths'] as const)
        : ([
            '1',
            'Informal - death notice received via an update from a local NHS Organisation such as GP or Trust',
          ] as const);
    patient.extension?.push({
      url: `${ukCoreExtension}DeathNotificationStatus`,
      extension: [
        { url: 'deathNotificationStatus', valueCodeableConcept: ukCore('DeathNotificationStatus', code, words) },
        { url: 'systemEffectiveDate', valueDateTime: date(death.at) },
      ],
    });
  }
  if (person.language !== undefined)
    patient.communication = [
      { language: { coding: [{ system: 'urn:ietf:bcp:47', code: person.language }] }, preferred: true },
    ];
  if (person.contact !== undefined && (pen.source === 'emis' || pen.source === 'liquidlogic')) {
    const { relationship, name, phone } = person.contact;
    patient.contact = [
      { relationship: [{ text: relationship }], name: humanName(name), telecom: [{ system: 'phone', value: phone }] },
    ];
  }
  pen.add(patient);
}

/** Where several names are held, the official one comes first; one not in Latin letters says its language. */
function humanName(name: PersonName): HumanName {
  const language =
    name.language === undefined
      ? undefined
      : [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: name.language }];
  return {
    extension: language,
    use: name.use,
    family: name.family,
    given: name.given,
    prefix: name.prefix === undefined ? undefined : [name.prefix],
  };
}

const ethnicWords: Record<string, string> = {
  A: 'White - British',
  B: 'White - Irish',
  C: 'White - Any other White background',
  H: 'Asian or Asian British - Indian',
  K: 'Asian or Asian British - Bangladeshi',
  M: 'Black or Black British - Caribbean',
  N: 'Black or Black British - African',
  R: 'Other Ethnic Groups - Chinese',
  Z: 'Not stated',
};
