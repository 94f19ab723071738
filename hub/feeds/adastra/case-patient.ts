import type { Address, ContactPoint, HumanName, Patient, Reference } from 'fhir/r4';
import { readDay } from '../hl7/date-time.ts';
import { localIdentifier } from './fhir-words.ts';
import { statedPeriod } from './encounter-parts.ts';
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

function telecomOf({ export: exported, reports }: ToldCase): ContactPoint[] | undefined {
  const uses: Record<string, ContactPoint['use']> = {
    Home: 'home',
    Work: 'work',
    Mobile: 'mobile',
    H: 'home',
    HP: 'home',
    WP: 'work',
    MC: 'mobile',
  };
  const phones = [
    ...(exported?.said.patient.phones.map(({ type, number }) => ({ use: type, number })) ?? []),
    ...reports.flatMap(({ said }) => said.patient.phones),
  ];
  const points = new Map<string, ContactPoint>();
  for (const { use, number } of phones) {
    const known = points.get(number.replaceAll(/\D/g, ''));
    const point: ContactPoint = {
      system: number.includes('@') ? 'email' : 'phone',
      value: number,
      use: uses[use ?? ''],
    };
    if (known?.use === undefined) points.set(number.replaceAll(/\D/g, ''), point);
  }
  return points.size === 0 ? undefined : [...points.values()];
}

/** Where somebody was during the case is their address no longer than that. */
function addressesOf({ export: exported, reports, doubts }: ToldCase): Address[] | undefined {
  const said = exported?.said;
  const during = statedPeriod(readXsTime(said?.active ?? ''), readXsTime(said?.completed ?? ''));
  const addresses: Address[] = [
    ...(said?.patient.addresses ?? []).map(({ type, lines, postcode }) => ({
      use: type === 'Home' ? ('home' as const) : ('temp' as const),
      line: lines,
      postalCode: postcode,
      period: type === 'Home' ? undefined : during,
    })),
    ...reports.flatMap(({ said: report }) =>
      report.patient.addresses
        .filter(({ use }) => use === 'H' || use === 'HP')
        .map(({ lines, postcode }) => ({ use: 'home' as const, line: lines, postalCode: postcode })),
    ),
  ].filter(({ line, postalCode }) => line.length > 0 || postalCode !== undefined);
  if (said?.patient.addresses.some(({ type }) => type === undefined) === true) doubts.add('An address without a type');
  const distinct = [...new Map(addresses.map((address) => [JSON.stringify(address).toLowerCase(), address])).values()];
  return distinct.length === 0 ? undefined : distinct;
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
