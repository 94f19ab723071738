import type { Patient } from 'fhir/r4';
import { gpReference, organisationReference } from '../references.ts';
import { readDay, readTime } from '../date-time.ts';
import type { Dialect } from '../dialect.ts';
import { identityOf } from '../identity.ts';
import { contactsOf } from './contacts.ts';
import { deathOf } from './death.ts';
import { addressOf, nameOf, telecomOf } from './names.ts';
import { ethnicityOf, languageOf, maritalStatusOf } from './particulars.ts';
import type { Said } from './said.ts';
import { restricted } from '../labels.ts';
import { lookUp } from '../look-up.ts';

/** Whom a scope is about, and how its source writes. */
export interface Holder {
  subject: string;
  organisation: string;
  dialect: Dialect;
}

/** The Patient as this hospital holds them (UK Core Patient). What cannot be read is left out, with a doubt. */
export function patientOf(
  said: Said,
  { subject, organisation, dialect }: Holder,
): { patient: Patient; doubts: string[] } {
  const doubts: string[] = [];
  const values = (segment: string, field: number) => said.of(segment, field)?.segment.values(field) ?? [];
  const text = (field: number): string => said.of('PID', field)?.segment.at(field) ?? '';
  const pid = said.of('PID', 3)?.segment;
  const identity = pid === undefined ? undefined : identityOf(pid, organisation, dialect);
  doubts.push(...(identity?.doubts ?? []));
  const born = readDay(text(7));
  const bornAt = readTime(text(7)).value;
  if (born.doubt !== undefined) doubts.push('A birth date that cannot be read: not taken');
  const sex = text(8).toUpperCase();
  const gender = lookUp(dialect.genders, sex);
  if (sex !== '' && gender === undefined) doubts.push('A code for the sex that is not in its table');
  const names = [
    ...values('PID', 5).map((name) => nameOf(name)),
    ...values('PID', 9).map((name) => nameOf(name, 'nickname')),
  ].filter((name) => name !== undefined);
  const telecom = [
    ...values('PID', 13).map((each) => telecomOf(each, 'home')),
    ...values('PID', 14).map((each) => telecomOf(each, 'work')),
  ].filter((each) => each !== undefined);
  const address = values('PID', 11)
    .map(addressOf)
    .filter((each) => each !== undefined);
  const practice = said.of('PD1', 3)?.segment.values(3)[0];
  const doctors = [
    practice === undefined ? undefined : organisationReference(practice.at(3) || practice.at(10), practice.at(1)),
    ...values('PD1', 4).map(gpReference),
  ].filter((each) => each !== undefined);
  const death = deathOf(said, doubts);
  const contact = contactsOf(said.list('NK1'));
  const order = Number(text(25));
  const patient: Patient = {
    resourceType: 'Patient',
    id: subject,
    ...(said.of('PD1', 12)?.segment.at(12).toUpperCase() === 'Y' ? { meta: { security: [restricted] } } : {}),
    extension: [...ethnicityOf(text(22), values('PID', 22)[0]?.at(2)), ...death.extension],
    identifier: identity?.identifiers ?? [],
    active: true,
    name: names,
    telecom,
    ...(sex === '' ? {} : { gender: gender ?? 'unknown' }),
    ...(born.value === undefined ? {} : { birthDate: born.value }),
    ...(bornAt === undefined || !statesTime(bornAt)
      ? {}
      : { _birthDate: { extension: [{ url: birthTime, valueDateTime: bornAt }] } }),
    ...death.deceased,
    address,
    ...maritalStatusOf(text(16)),
    ...(Number.isInteger(order) && order > 0 ? { multipleBirthInteger: order } : {}),
    contact,
    ...languageOf(text(15)),
    generalPractitioner: doctors,
    managingOrganization: organisationReference(
      organisation,
      lookUp(dialect.organisations, organisation) ?? '',
      organisation,
    ),
  };
  return { patient: withoutEmpty(patient), doubts };
}

const birthTime = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

/** An empty time behind a birth date is no time of birth. */
function statesTime(value: string): boolean {
  return value.length > 10 && !value.slice(11).startsWith('00:00');
}

/** FHIR allows no empty list. */
function withoutEmpty(patient: Patient): Patient {
  return Object.fromEntries(
    Object.entries(patient).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as unknown as Patient;
}
