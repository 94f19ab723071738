import type { AllergyIntolerance, FhirResource, Patient } from 'fhir/r4';
import { demographicsOf } from '../../hub/people/demographics.ts';
import type { Compared } from './adastra.ts';
import { same, sameList } from './same.ts';

/** Who the person is, as the hospital truly holds it and as the hub does. */
export function comparePerson(truth: readonly FhirResource[], told: readonly FhirResource[]): Compared[] {
  const [was, is] = [patientIn(truth), patientIn(told)];
  if (was === undefined || is === undefined) return [{ item: 'person: told', lost: 'lost' }];
  const [expected, found] = [demographicsOf(was), demographicsOf(is)];
  return [
    same('person: NHS number', expected.nhsNumber, found.nhsNumber),
    same('person: how sure the number is', expected.verification, found.verification),
    same('person: hospital number', numberOf(was), numberOf(is)),
    same('person: birth date', was.birthDate, is.birthDate),
    same('person: time of birth', timeOf(was), timeOf(is)),
    sameList('person: names', was.name?.map(wordsOf), is.name?.map(wordsOf)),
    same('person: sex', was.gender, is.gender),
    same('person: death', was.deceasedDateTime, is.deceasedDateTime),
    sameList('person: address', was.address?.map(placeOf), is.address?.map(placeOf)),
    same('person: phone', was.telecom?.[0]?.value, is.telecom?.[0]?.value),
    same('person: language', languageOf(was), languageOf(is)),
    same('person: ethnicity', ethnicityOf(was), ethnicityOf(is)),
    same('person: practice', was.generalPractitioner?.[0]?.display, is.generalPractitioner?.[0]?.display),
    ...compareAllergies(truth, told),
  ].filter((each) => each !== undefined);
}

function compareAllergies(truth: readonly FhirResource[], told: readonly FhirResource[]): (Compared | undefined)[] {
  const held = told.filter((each) => each.resourceType === 'AllergyIntolerance');
  return truth
    .filter((each) => each.resourceType === 'AllergyIntolerance')
    .flatMap((allergy) => {
      const found = held.find(({ code }) => code?.text === allergy.code?.text);
      return [
        { item: 'allergy: told', lost: found === undefined ? 'lost' : undefined },
        same('allergy: reaction', reactionOf(allergy), found && reactionOf(found)),
        same('allergy: severe', allergy.criticality, found?.criticality),
        same('allergy: who stated it, and when', allergy.recordedDate, found?.recordedDate, 'format: AL1 says neither'),
      ];
    });
}

function patientIn(resources: readonly FhirResource[]): Patient | undefined {
  return resources.find((each) => each.resourceType === 'Patient');
}

function numberOf({ identifier }: Patient): string | undefined {
  return identifier?.find(({ system }) => system?.includes('local-patient'))?.value;
}

function timeOf({ _birthDate: birth }: Patient): string | undefined {
  return birth?.extension?.[0]?.valueDateTime;
}

function wordsOf({ use, family, given = [], prefix = [] }: NonNullable<Patient['name']>[number]): string {
  return [use, ...prefix, ...given, family].join(' ');
}

function placeOf({ line = [], city, postalCode }: NonNullable<Patient['address']>[number]): string {
  return [...line, city, postalCode].join(', ');
}

function languageOf({ communication }: Patient): string | undefined {
  return communication?.[0]?.language.coding?.[0]?.code;
}

function ethnicityOf({ extension }: Patient): string | undefined {
  return extension?.find(({ url }) => url.endsWith('EthnicCategory'))?.valueCodeableConcept?.coding?.[0]?.code;
}

function reactionOf({ reaction }: AllergyIntolerance): string | undefined {
  return reaction?.[0]?.manifestation[0]?.text;
}
