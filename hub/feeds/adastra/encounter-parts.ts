import type { CodeableConcept, EncounterParticipant, Period, Reference } from 'fhir/r4';
import { snomed } from '../../../fhir/systems.ts';
import type { ReadTime } from '../hl7/date-time.ts';
import type { Coded } from './case-export.ts';
import { attender } from './fhir-words.ts';
import type { ToldCase } from './told-case.ts';

/** A period as far as it was stated. */
export function statedPeriod(start: ReadTime, end: ReadTime): Period | undefined {
  if (start.value === undefined && end.value === undefined) return undefined;
  return { start: start.value, end: end.value };
}

/** Somebody's name as the source writes it; nobody's staff are numbered in these formats, so there is nothing to refer to. */
export function seenBy(name: string | undefined, role: string | undefined): EncounterParticipant[] | undefined {
  if (name === undefined) return undefined;
  return [{ type: [{ coding: [attender], text: role }], individual: { display: name } }];
}

/** A code of a national list with its system; any other only as words, for nobody else could read it. */
export function conceptOf({ code, words, scheme }: Coded): CodeableConcept {
  const system = schemes.find(([pattern]) => pattern.test(scheme ?? ''))?.[1];
  return {
    coding: system === undefined || code === undefined ? undefined : [{ system, code, display: words }],
    text: words ?? code,
  };
}

const schemes: [RegExp, string][] = [
  [/snomed/i, snomed],
  [/ctv3|read.*3/i, 'http://read.info/ctv3'],
  [/read/i, 'http://read.info/readv2'],
];

/** Why somebody called or came: what they complained of in their words first, then what was coded at the contact. */
export function reasonsOf(symptoms: string | undefined, codes: readonly Coded[]): CodeableConcept[] | undefined {
  const coded = codes.map(conceptOf);
  const same = coded.findIndex(({ text }) => text?.toLowerCase() === symptoms?.toLowerCase());
  const first = same === -1 ? (symptoms === undefined ? [] : [{ text: symptoms }]) : coded.splice(same, 1);
  const reasons = [...first, ...coded];
  return reasons.length === 0 ? undefined : reasons;
}

/** An organisation this source told of, with its name where one is known. */
export function organisationOf(told: ToldCase, ods: string | undefined, name: string | undefined): Reference {
  const display = name ?? (ods === undefined ? undefined : told.names.get(ods)) ?? ods ?? 'Not recorded';
  return ods === undefined ? { display } : { reference: `Organization/${ods}`, display };
}
