import type { HumanName, Patient, Reference } from 'fhir/r4';
import { readDay } from '../hl7/date-time.ts';
import { addressesOf, telecomOf } from './where-reached.ts';
import { localIdentifier } from './fhir-words.ts';
import { numberIdentifiers, type StatedNumber } from './stated-number.ts';
import { readXsTime } from './stated-time.ts';
import type { ToldCase } from './told-case.ts';

/** Who the case is about, as all its tellings together state it; where they contradict one another nobody is named by it. */
export function casePatient(told: ToldCase): Patient {
  const { key, organisation, doubts, reports } = told;
  const patient = told.export?.said.patient;
  const last = reports.at(-1)?.said.patient;
  return {
    resourceType: 'Patient',
    id: key,
    identifier: [
      ...numberIdentifiers(numbersOf(told), doubts),
      localIdentifier('patient', `${organisation}-${key}`),
      ...[...new Set(reports.flatMap(({ said }) => said.patient.localIds))].map((id) => localIdentifier('patient', id)),
    ],
    active: true,
    name: namesOf(told),
    telecom: telecomOf(told),
    gender: gender(patient?.gender) ?? gender(last?.gender?.code) ?? gender(last?.gender?.words),
    birthDate: birthDate(told),
    address: addressesOf(told),
    communication: last?.language === undefined ? undefined : [{ language: { coding: [languageOf(last.language)] } }],
    generalPractitioner: practiceOf(told),
    managingOrganization: {
      reference: `Organization/${organisation}`,
      display: told.names.get(organisation) ?? organisation,
    },
  };
}

function languageOf(code: string): { system: string; code: string } {
  return { system: 'urn:ietf:bcp:47', code };
}

function numbersOf({ export: exported, reports }: ToldCase): StatedNumber[] {
  const number = exported?.said.patient.number;
  return [
    ...(number === undefined ? [] : [{ value: number.value, confirmed: number.status === 'Confirmed' }]),
    ...reports.flatMap(({ said }) => said.patient.numbers.map(({ value, traced }) => ({ value, confirmed: traced }))),
  ];
}

function namesOf({ export: exported, reports }: ToldCase): HumanName[] | undefined {
  const { firstName, lastName } = exported?.said.patient ?? {};
  const names: HumanName[] = [
    ...(firstName === undefined && lastName === undefined
      ? []
      : [{ family: lastName, given: firstName === undefined ? undefined : [firstName] }]),
    ...reports.flatMap(({ said }) =>
      said.patient.names
        .filter(({ text }) => text !== undefined)
        .map(({ family, given, prefix, text }) =>
          family === undefined && given.length === 0
            ? { text }
            : {
                family,
                given: given.length === 0 ? undefined : given,
                prefix: prefix.length === 0 ? undefined : prefix,
              },
        ),
    ),
  ];
  const distinct = [...new Map(names.map((name) => [JSON.stringify(name).toLowerCase(), name])).values()];
  return distinct.length === 0 ? undefined : distinct;
}

/** A birth date that was reckoned from an age is none: matching must not rest on it, nor the banner show it. */
function birthDate({ export: exported, reports, doubts }: ToldCase): string | undefined {
  const birth = exported?.said.patient.birth;
  const stated = [
    birth === undefined || birth.type === 'AgeOnly' ? undefined : readXsTime(birth.date),
    ...reports.map(({ said }) => (said.patient.birth === undefined ? undefined : readDay(said.patient.birth))),
  ].filter((time) => time !== undefined);
  if (birth?.type === 'AgeOnly') doubts.add('A birth date reckoned from an age: not taken as one');
  for (const { doubt } of stated) if (doubt !== undefined) doubts.add(`Birth date: ${doubt.toLowerCase()}`);
  const days = new Set(stated.map(({ value }) => value).filter((value) => value !== undefined));
  if (days.size > 1) doubts.add('Two birth dates for one case: neither is taken');
  return days.size === 1 ? [...days][0] : undefined;
}

/** Adastra's words, and the codes of the report's list (1 male, 2 female). */
function gender(stated: string | undefined): Patient['gender'] {
  if (stated === undefined) return undefined;
  if (/^(?:1|male)$/i.test(stated)) return 'male';
  if (/^(?:2|female)$/i.test(stated)) return 'female';
  return /^(?:0|9|unknown|not known|not specified)$/i.test(stated) ? 'unknown' : undefined;
}

function practiceOf({ export: exported, reports, names }: ToldCase): Reference[] | undefined {
  const surgery = exported?.said.patient.registration.surgery;
  const told = reports.at(-1)?.said.patient.practice;
  const ods = surgery ?? told?.ods;
  const name = (told?.ods === ods ? told?.name : undefined) ?? (ods === undefined ? undefined : names.get(ods));
  // Senders write `Z10000 UNKNOWN` for somebody who is with no practice.
  if (ods === undefined || name === 'UNKNOWN') return undefined;
  return [{ reference: `Organization/${ods}`, display: name ?? `GP practice ${ods}` }];
}
