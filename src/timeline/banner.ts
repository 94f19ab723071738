import type { Identifier, Patient, Resource } from 'fhir/r4';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import type { PartialDate } from '../../fhir/partial-date.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension } from '../../fhir/systems.ts';
import { ageAt } from './age.ts';
import { type LookContext, nameOf, texts } from './context.ts';
import { formatDate } from './dates.ts';
import { type Death, deathOf } from './death.ts';
import { bannerName, chosenName, latinName, otherNames } from './person-names.ts';
import { codings, date, extension, items, text } from './read.ts';

export type { Death };

/** What the patient banner says (T9, NHS Common User Interface, Patient Banner). Every text is ready to show. */
export interface Banner {
  /** `FAMILY, Given (Title)`. */
  name: string;
  /** The same name in Latin script, where the official one is not. */
  transliteration: string | undefined;
  /** `12-Mar-1948`, or `Not recorded`. */
  born: string;
  /** `78y`; for the dead, the age at death; undefined where nothing can be said. */
  age: string | undefined;
  /** `Female`; never shortened. */
  gender: string;
  /** Bare digits, or undefined. Show with formatNhsNumber. */
  nhsNumber: string | undefined;
  /** In words, where it is other than verified: `Present but not traced`. Undefined when verified or when nothing is said. */
  nhsNumberStatus: string | undefined;
  deceased: Death;
  /** Former and other names, and names known by. */
  otherNames: string[];
  address: string;
  phone: string;
  gp: string;
}

const notRecorded = 'Not recorded';

/**
 * The banner of a Patient; `now` in epoch milliseconds, for the age; `included` gives names to references that carry no
 * display. Missing parts are "Not recorded", never blank (T10).
 */
export function bannerOf(patient: Patient, now: number, included: ReadonlyMap<string, Resource> = new Map()): Banner {
  const context: LookContext = { now, included, patientId: text(patient.id) ?? '' };
  const birth = birthOf(patient);
  const deceased = deathOf(patient, birth);
  const official = chosenName(patient.name, now);
  const latin = latinName(patient.name, official, now);
  const number = nhsNumberOf(patient);
  return {
    name: (official === undefined ? undefined : bannerName(official)) ?? 'Name not recorded',
    transliteration: latin === undefined ? undefined : bannerName(latin),
    born: birth === undefined ? notRecorded : formatDate(day(birth)),
    age: deceased.kind === 'confirmed' ? deceased.age : birth === undefined ? undefined : ageAt(birth, now),
    gender: genders[text(patient.gender) ?? ''] ?? notRecorded,
    nhsNumber: number.digits,
    nhsNumberStatus: number.status,
    deceased,
    otherNames: otherNames(patient.name, official, latin),
    address: addressWords(patient, now),
    phone: phoneWords(patient),
    gp:
      items(patient.generalPractitioner)
        .map((gp) => nameOf(gp, patient, context))
        .find(Boolean) ?? notRecorded,
  };
}

const genders: Record<string, string> = { male: 'Male', female: 'Female', other: 'Other', unknown: 'Unknown' };

const birthTimeExtension = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

/** The birth date, with its time where the FHIR patient-birthTime extension gives one: a newborn's age needs it. */
function birthOf(patient: Patient): PartialDate | undefined {
  const time = date(extension(patient._birthDate, birthTimeExtension)?.valueDateTime);
  return time?.precision === 'time' ? time : date(patient.birthDate);
}

/** The banner's birth date never carries a time. */
function day(birth: PartialDate): PartialDate {
  return birth.precision === 'time' ? { ...birth, precision: 'day' } : birth;
}

/** UK Core NHSNumberVerificationStatusEngland, in the words a reader needs. 01 (verified) needs none. */
const statusWords: Record<string, string> = {
  '02': 'Not traced',
  '03': 'Trace required',
  '04': 'No match, or several, when traced',
  '05': 'Conflict to be resolved',
  '06': 'Trace in progress',
  '07': 'Not present, trace not required',
  '08': 'Trace postponed (baby under six weeks)',
};

function nhsNumberOf(patient: Patient): { digits: string | undefined; status: string | undefined } {
  const numbers = items(patient.identifier).filter((item) => item.system === nhsNumberSystem && item.use !== 'old');
  const valid = numbers.find((item) => digitsOf(item) !== undefined);
  if (valid !== undefined) return { digits: digitsOf(valid), status: statusOf(valid) };
  const sent = numbers.some((item) => text(item.value) !== undefined);
  return {
    digits: undefined,
    status: sent ? 'The number sent is not a valid NHS number' : numbers.map(statusOf).find(Boolean),
  };
}

function digitsOf(identifier: Identifier): string | undefined {
  const value = text(identifier.value);
  return value === undefined ? undefined : parseNhsNumber(value);
}

function statusOf(identifier: Identifier): string | undefined {
  const coding = codings(extension(identifier, nhsNumberVerificationExtension)?.valueCodeableConcept)[0];
  const code = text(coding?.code);
  if (code === undefined || code === '01') return undefined;
  return statusWords[code] ?? text(coding?.display);
}

function addressWords(patient: Patient, now: number): string {
  const current = items(patient.address).filter((address) => {
    const end = date(address.period?.end);
    return address.use !== 'old' && (end === undefined || end.end > now);
  });
  const address = current.find((item) => item.use === 'home') ?? current[0];
  if (address === undefined) return notRecorded;
  const parts = [...texts(address.line), text(address.city), text(address.district), text(address.postalCode)];
  return text(parts.filter((part) => part !== undefined).join(', ')) ?? text(address.text) ?? notRecorded;
}

function phoneWords(patient: Patient): string {
  const phones = items(patient.telecom).filter((contact) => contact.system === 'phone' && contact.use !== 'old');
  return texts(phones.map((phone) => phone.value)).join(', ') || notRecorded;
}
