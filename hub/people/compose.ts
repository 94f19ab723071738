import type { Coding, Extension, HumanName, Identifier, Patient, Period } from 'fhir/r4';
import { nhsNumberSystem } from '../../fhir/systems.ts';
import { deathNotificationExtension, deathOf, deathReportExtension } from './death.ts';
import { demographicsOf, verificationOf } from './demographics.ts';

/** What one source says about a person, references already in the hub's ids. */
export interface PatientStatement {
  source: string;
  localId: string;
  patient: Patient;
  /** Whether the source has merged this record of its own into another one (HL7 A40): what it says of identity is past. */
  gaveWay?: boolean;
}

// The GP's record follows the national demographics service, so it speaks first; hospitals trace often, social care
// and out of hours less; what the person types says least about identity.
const order = ['emis', 'system-c', 'carecast', 'liquidlogic', 'adastra', 'patient'];

/**
 * Sources in the order in which they are believed about identity; systems nobody here knows come after them, by name, and
 * records that gave way to another one last of all.
 */
export function inOrderOfTrust<T extends { source: string; localId: string; gaveWay?: boolean }>(
  statements: readonly T[],
): T[] {
  const rank = (source: string): number => (order.includes(source) ? order.indexOf(source) : order.length);
  return [...statements].sort(
    (a, b) =>
      Number(a.gaveWay ?? false) - Number(b.gaveWay ?? false) ||
      rank(a.source) - rank(b.source) ||
      compare(a.source, b.source) ||
      compare(a.localId, b.localId),
  );
}

/**
 * The served Patient, made from every source's statement: the same statements give the same bytes whatever order they
 * came in. Nothing a source said is dropped from lists; where only one value can stand, the most trusted source's does.
 */
export function composePatient(person: string, statements: readonly PatientStatement[]): Patient {
  const told = asFormer(inOrderOfTrust(statements)).map(withOwnContained);
  const patients = told.map(({ patient }) => patient);
  const death = deathOf(told);
  // A whole date before a partial one.
  const birthDates = patients.map((patient) => patient.birthDate).filter((date) => date !== undefined);
  const birthDate = birthDates.find((date) => date.length === 10) ?? birthDates[0];
  const contained = patients.flatMap((patient) => patient.contained ?? []);
  return withoutEmpty({
    resourceType: 'Patient',
    id: person,
    meta: metaOf(patients),
    contained: contained.length > 0 ? contained : undefined,
    extension: [...extensionsOf(patients), ...death.extensions],
    identifier: identifiersOf(patients),
    // Inactive only where every source has closed its record.
    active: patients.some(({ active }) => active !== undefined)
      ? patients.some(({ active }) => active !== false)
      : undefined,
    name: namesOf(patients),
    telecom: currentFirst(distinct(patients.flatMap(({ telecom }) => telecom ?? []))),
    gender: (patients.find(({ gender }) => gender !== undefined && gender !== 'unknown') ?? patients[0])?.gender,
    birthDate,
    // The time of birth, from whoever was there.
    _birthDate: patients.find((patient) => patient._birthDate !== undefined && patient.birthDate === birthDate)
      ?._birthDate,
    deceasedBoolean: death.deceasedBoolean,
    deceasedDateTime: death.deceasedDateTime,
    // An address that is still in use before an old one, home before others.
    address: currentFirst(distinct(patients.flatMap(({ address }) => address ?? []))),
    maritalStatus: patients.find(({ maritalStatus }) => maritalStatus !== undefined)?.maritalStatus,
    multipleBirthInteger: multipleBirth(patients)?.multipleBirthInteger,
    multipleBirthBoolean: multipleBirth(patients)?.multipleBirthBoolean,
    contact: distinct(patients.flatMap(({ contact }) => contact ?? [])),
    communication: communicationOf(patients),
    generalPractitioner: distinct(patients.flatMap(({ generalPractitioner }) => generalPractitioner ?? [])),
    managingOrganization: patients.find(({ managingOrganization }) => managingOrganization)?.managingOrganization,
  });
}

/**
 * What a record that gave way called the person, and by which numbers, is former; where nobody else names them or has an NHS
 * number of theirs, it stands as it is, for it is all that is known.
 */
function asFormer(told: readonly PatientStatement[]): PatientStatement[] {
  const standing = told.filter(({ gaveWay }) => gaveWay !== true).map(({ patient }) => patient);
  const named = standing.some(({ name }) => name !== undefined && name.length > 0);
  const numbered = standing.some((patient) => demographicsOf(patient).nhsNumber !== undefined);
  return told.map((statement) => {
    const { gaveWay, patient } = statement;
    if (gaveWay !== true) return statement;
    const identifier = patient.identifier?.map((one) =>
      one.system === nhsNumberSystem && !numbered ? one : { ...one, use: 'old' as const },
    );
    const name = patient.name?.map((one) => (named ? { ...one, use: 'old' as const } : one));
    return { ...statement, patient: withoutEmpty({ ...patient, identifier, name }) };
  });
}

/** Official first (the name on the national record), then the usual one, then the rest; ended ones last of all. */
function namesOf(patients: readonly Patient[]): HumanName[] {
  const rank = (name: HumanName): number =>
    name.period?.end !== undefined || name.use === 'old' || name.use === 'maiden'
      ? 3
      : name.use === 'official'
        ? 0
        : name.use === 'usual'
          ? 1
          : 2;
  return distinct(patients.flatMap(({ name }) => name ?? [])).sort((a, b) => rank(a) - rank(b));
}

/** One entry for each (system, value); an NHS number comes first and as its best verified statement has it, a former one last. */
function identifiersOf(patients: readonly Patient[]): Identifier[] {
  const rank = ({ use, ...identifier }: Identifier): number =>
    use === 'old' ? 3 : identifier.system !== nhsNumberSystem ? 2 : verificationOf(identifier) === '01' ? 0 : 1;
  const found = new Map<string, Identifier>();
  for (const identifier of patients.flatMap((patient) => patient.identifier ?? [])) {
    const key = JSON.stringify([identifier.system, identifier.value?.replace(/[\s-]/g, '')]);
    const known = found.get(key);
    if (known === undefined || rank(identifier) < rank(known)) found.set(key, identifier);
  }
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/** Each extension once, by the first source that has it. Death is told separately, with its witnesses. */
function extensionsOf(patients: readonly Patient[]): Extension[] {
  const found = new Map<string, Extension[]>();
  for (const patient of patients) {
    const own = new Map<string, Extension[]>();
    for (const extension of patient.extension ?? []) {
      if (extension.url === deathNotificationExtension || extension.url === deathReportExtension) continue;
      own.set(extension.url, [...(own.get(extension.url) ?? []), extension]);
    }
    for (const [url, extensions] of own) if (!found.has(url)) found.set(url, extensions);
  }
  return [...found.values()].flat();
}

/** Each language once; a need for an interpreter or a preference said by any source stays. */
function communicationOf(patients: readonly Patient[]): Patient['communication'] {
  const found = new Map<string, NonNullable<Patient['communication']>[number]>();
  for (const communication of patients.flatMap((patient) => patient.communication ?? [])) {
    const coding = communication.language.coding?.[0];
    const key = coding?.code ?? communication.language.text ?? '';
    const known = found.get(key);
    if (known === undefined) found.set(key, communication);
    else if (communication.preferred === true) found.set(key, { ...known, preferred: true });
  }
  return [...found.values()];
}

function multipleBirth(patients: readonly Patient[]): Patient | undefined {
  return (
    patients.find(({ multipleBirthInteger }) => multipleBirthInteger !== undefined) ??
    patients.find(({ multipleBirthBoolean }) => multipleBirthBoolean !== undefined)
  );
}

/** Tags of every source and every security label: a label any source gave is never lost. */
function metaOf(patients: readonly Patient[]): Patient['meta'] {
  const tag = distinctCodings(patients.flatMap(({ meta }) => meta?.tag ?? []));
  const security = distinctCodings(patients.flatMap(({ meta }) => meta?.security ?? []));
  const profile = [...new Set(patients.flatMap(({ meta }) => meta?.profile ?? []))].sort();
  return withoutEmpty({ source: 'urn:care-timeline:composed', profile, security, tag });
}

function distinctCodings(codings: readonly Coding[]): Coding[] {
  const found = new Map<string, Coding>();
  for (const coding of codings) {
    const key = JSON.stringify([coding.system, coding.code]);
    if (!found.has(key)) found.set(key, coding);
  }
  return [...found.values()];
}

function currentFirst<T extends { period?: Period | undefined; use?: string | undefined }>(values: readonly T[]): T[] {
  const rank = (value: T): number =>
    value.period?.end !== undefined || value.use === 'old' ? 2 : value.use === 'home' ? 0 : 1;
  return [...values].sort((a, b) => rank(a) - rank(b));
}

function distinct<T>(values: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const value of values) {
    const key = JSON.stringify(value);
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}

/** Contained resources get ids of their own, so that two sources' `#gp` stay two. */
function withOwnContained(statement: PatientStatement, index: number): PatientStatement {
  const { contained } = statement.patient;
  if (contained === undefined || contained.length === 0) return statement;
  const ids = new Set(contained.map(({ id }) => id));
  const text = JSON.stringify(statement.patient, (key, value: unknown) =>
    key === 'reference' && typeof value === 'string' && value.startsWith('#') && ids.has(value.slice(1))
      ? `#s${index}-${value.slice(1)}`
      : value,
  );
  const patient = JSON.parse(text) as Patient;
  return {
    ...statement,
    patient: {
      ...patient,
      contained: patient.contained?.map((resource) =>
        Object.assign(resource, { id: `s${index}-${resource.id ?? ''}` }),
      ),
    },
  };
}

function withoutEmpty<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(
    ([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0),
  );
  return Object.fromEntries(kept) as T;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
