import { nhsNumberSystem, odsSystem, sdsUserSystem } from '../../../../../fhir/systems.ts';
import { date } from '../../../../borough/clock.ts';
import { organisationOf, placeOf } from '../../../../borough/places.ts';
import { professionalOf } from '../../../../borough/professionals.ts';
import type { Borough, PersonName } from '../../../../borough/truth.ts';
import { organisationGuid, userGuid } from '../csv/cells.ts';
import type { Chart } from './chart.ts';
import { bare, bareGuid, gpcExtension, profile, reference, stated, type Stu3 } from './stu3.ts';

const verified: Record<string, string> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '08': 'Trace postponed (baby under six weeks old)',
};

/** The person as the practice registered them; no ethnic category, no next of kin: the profile has neither. */
export function patientOf(chart: Chart, borough: Borough): Stu3 {
  const { person } = chart.life;
  const household = borough.households.find(({ id }) => id === person.household);
  const status = person.verification.emis ?? '01';
  return stated({
    resourceType: 'Patient',
    id: chart.patient,
    meta: profile('Patient'),
    identifier: [
      {
        extension: [
          {
            url: gpcExtension('NHSNumberVerificationStatus'),
            valueCodeableConcept: {
              coding: [
                {
                  system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1',
                  code: status,
                  display: verified[status],
                },
              ],
            },
          },
        ],
        system: nhsNumberSystem,
        value: person.nhsNumber,
      },
    ],
    name: (person.namesIn.emis ?? person.names).map(nameOf),
    telecom: [{ system: 'phone', value: person.phone, use: 'mobile', rank: 1 }],
    gender: person.gender,
    birthDate: date(person.birth),
    address:
      household === undefined
        ? undefined
        : [{ use: 'home', type: 'physical', line: [household.line], city: 'London', postalCode: household.postcode }],
    generalPractitioner: [reference('Practitioner', bare(userGuid(person.usualGp)))],
    managingOrganization: reference('Organization', bare(organisationGuid(chart.practice))),
  });
}

/** GP Connect has a maiden name as an old one. */
function nameOf({ use, family, given, prefix }: PersonName): Stu3 {
  return stated({
    use: use === 'maiden' ? 'old' : use,
    family,
    given,
    prefix: prefix === undefined ? undefined : [prefix],
  });
}

/** The practice, its surgery, and the staff that the record names, each as EMIS describes them in every answer. */
export function practiceOf(chart: Chart): Stu3[] {
  const { ods, name } = organisationOf(chart.practice);
  const practice = bare(organisationGuid(ods));
  const surgery = surgeryId(ods);
  return [
    {
      resourceType: 'Organization',
      id: practice,
      meta: profile('Organization'),
      extension: [{ url: gpcExtension('MainLocation'), valueReference: reference('Location', surgery) }],
      identifier: [{ system: odsSystem, value: ods }],
      type: [{ text: 'GP Practice' }],
      name,
    },
    {
      resourceType: 'Location',
      id: surgery,
      meta: profile('Location'),
      status: 'active',
      name: placeOf(`${ods}-surgery`).name,
      type: { text: 'Main Surgery' },
      managingOrganization: { ...reference('Organization', practice), display: name },
    },
    ...[...chart.staff].flatMap((id) => staffOf(id, practice)),
  ];
}

export function surgeryId(ods: string): string {
  return bareGuid(`surgery ${ods}`);
}

/** Who left long ago is in EMIS by a name and nothing else. */
function staffOf(id: string, practice: string): Stu3[] {
  const user = bare(userGuid(id));
  if (id === 'left-before-2016') {
    return [
      {
        resourceType: 'Practitioner',
        id: user,
        meta: profile('Practitioner'),
        name: [{ use: 'official', family: 'Partner', given: ['Former'], prefix: ['Dr'] }],
        gender: 'unknown',
      },
    ];
  }
  const { name, role, sdsUser } = professionalOf(id);
  return [
    {
      resourceType: 'Practitioner',
      id: user,
      meta: profile('Practitioner'),
      identifier: [{ system: sdsUserSystem, value: sdsUser }],
      name: [{ use: 'official', family: name.family, given: [name.given], prefix: [name.prefix] }],
      gender: 'unknown',
    },
    {
      resourceType: 'PractitionerRole',
      id: `${user}${practice}`.replaceAll('-', ''),
      meta: profile('PractitionerRole'),
      practitioner: reference('Practitioner', user),
      organization: reference('Organization', practice),
      code: [
        {
          coding: [
            {
              system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1',
              code: role.code,
              display: role.name,
            },
          ],
        },
      ],
    },
  ];
}

/** Another organisation, as EMIS knows those it files letters from: by a name. */
export function correspondent(ods: string): Stu3 {
  const { name } = organisationOf(ods);
  return { resourceType: 'Organization', id: correspondentId(ods), meta: profile('Organization'), name };
}

export function correspondentId(ods: string): string {
  return bareGuid(`correspondent ${ods}`);
}
