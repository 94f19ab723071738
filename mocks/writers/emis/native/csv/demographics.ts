import { date } from '../../../../borough/clock.ts';
import type { Household } from '../../../../borough/truth.ts';
import { patientGuid, organisationGuid, userGuid, type Chart } from './cells.ts';
import { guid } from './guid.ts';

const statuses: Record<string, string> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '08': 'Trace postponed (baby under six weeks old)',
};

/** The person's own row: one name, one address, one carer is all it has room for. */
export function writePatientRow({ life, asAt, practice, ledger }: Chart, household: Household | undefined): void {
  const { person, recordStart } = life;
  const [name] = person.namesIn.emis ?? person.names;
  const [first, ...middle] = name?.given ?? [];
  const died = person.death !== undefined && person.death.confirmedBy.includes('emis') && person.death.at <= asAt;
  const id = patientGuid(person.key);
  const [house, ...street] = household?.line.split(' ') ?? [];
  ledger.put('Admin_Patient', id, {
    PatientGuid: id,
    OrganisationGuid: organisationGuid(practice),
    UsualGpUserInRoleGuid: userGuid(person.usualGp),
    Sex: { male: 'M', female: 'F', other: 'I' }[person.gender],
    DateOfBirth: date(person.birth),
    DateOfDeath: died ? date(person.death?.at ?? asAt) : undefined,
    DateOfDeactivation: died ? date(person.death?.at ?? asAt) : undefined,
    Title: name?.prefix,
    GivenName: first,
    MiddleNames: middle.join(' '),
    Surname: name?.family,
    DateOfRegistration: date(recordStart),
    NhsNumber: person.nhsNumber,
    NHSNumberStatus: statuses[person.verification.emis ?? '01'],
    PatientNumber: person.localNumbers.emis?.split('-').at(-1),
    PatientTypeDescription: 'Regular',
    DummyType: 'false',
    HouseNameFlatNumber: house,
    NumberAndStreet: street.join(' '),
    Town: household === undefined ? undefined : 'London',
    Postcode: household?.postcode,
    CarerName:
      person.contact === undefined ? undefined : [...person.contact.name.given, person.contact.name.family].join(' '),
    CarerRelation: person.contact?.relationship,
    PersonGuid: guid(`person ${person.key}`),
    MobilePhone: person.phone,
    Deleted: 'false',
    SpineSensitive: 'false',
    IsConfidential: 'false',
  });
}
