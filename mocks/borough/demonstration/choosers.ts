import { londonInstant } from '../../../fhir/partial-date.ts';
import type { OwnChoice } from '../../../fhir/own-choice.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { day } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic, noKnownAllergies } from '../stories/allergies.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { mentalHealthContact } from '../stories/mental-health.ts';
import { gpVisit } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

/** What somebody of the demonstration keeps back from the first day on; `visitTo`: their only visit that this source tells of, and every letter. */
export interface Decision extends Omit<OwnChoice, 'items'> {
  visitTo?: SourceId;
}

export const amina: Who = {
  slot: 14,
  name: { family: 'Khalil', given: ['Amina'], prefix: 'Ms' },
  gender: 'female',
  birth: londonInstant(1988, 2, 14, 12),
  ethnicity: 'N',
  practice: 'F83063',
  home: { line: '17 Invented Lane', postcode: 'N7 8ZZ' },
  recordStart: londonInstant(2015, 9, 1, 9),
};

/** Works at the hospital that also treats her: its staff are not to read of her mental health. */
export const aminasDecision: Decision = { kind: 'mental', toOrganisation: 'RKE' };

export function aminaStory(t: Telling): void {
  const { now } = t;
  noKnownAllergies(t, 'emis', now - 900 * day);
  gpVisit(t, now - 210 * day, { reason: reasons.tired });
  mentalHealthContact(t, now - 180 * day, 'TAF-nurse', ['PSY']);
  mentalHealthContact(t, now - 150 * day, 'TAF-nurse', ['PSY']);
  clinicVisit(t, now - 60 * day, { hospital: 'RKE', specialty: '320', reason: reasons.chestPain });
  gpVisit(t, now - 20 * day, { reason: reasons.vomiting });
}

export const thomas: Who = {
  slot: 15,
  name: { family: 'Whitlock', given: ['Thomas'], prefix: 'Mr' },
  gender: 'male',
  birth: londonInstant(1961, 7, 3, 12),
  ethnicity: 'A',
  practice: 'F83008',
  home: { line: '8 Sample Row', postcode: 'N4 1ZZ' },
  recordStart: londonInstant(2009, 4, 6, 9),
};

/** One clinic that he keeps from everybody, with its booking, its letter and the copy of that at his practice. */
export const thomasDecision: Decision = { visitTo: 'carecast' };

export function thomasStory(t: Telling): void {
  const { now } = t;
  allergic(t, 'emis', now - 3000 * day, 'latex', 'rash');
  gpVisit(t, now - 140 * day, { reason: reasons.tired });
  clinicVisit(t, now - 95 * day, { hospital: 'RRV', specialty: '130', reason: problems.cataract });
  gpVisit(t, now - 12 * day, { reason: reasons.abdominalPain });
}

export const grace: Who = {
  slot: 16,
  name: { family: 'Nakamura', given: ['Grace'], prefix: 'Dr' },
  gender: 'female',
  birth: londonInstant(1970, 10, 19, 12),
  ethnicity: 'R',
  practice: 'F83063',
  home: { line: '31 Trial Grove', postcode: 'N1 6ZZ' },
  recordStart: londonInstant(2011, 1, 10, 9),
};

/** Opted out wholly: who she is, and nothing else, except in an emergency. */
export const gracesDecision: Decision = {};

export function graceStory(t: Telling): void {
  const { now } = t;
  allergic(t, 'emis', now - 2000 * day, 'penicillin', 'rash');
  gpVisit(t, now - 75 * day, { reason: reasons.fever });
  urgentCall(t, now - 33 * day, { reason: reasons.abdominalPain, advice: 'Self-care advice given' });
}
