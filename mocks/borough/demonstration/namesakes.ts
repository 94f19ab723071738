import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic } from '../stories/allergies.ts';
import { everyday, practiceLife } from '../stories/everyday.ts';
import { admit } from '../stories/admissions.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { emergencyVisit } from '../stories/hospital.ts';
import { lowMood } from '../stories/mental-health.ts';
import { gpVisit } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

const alike = {
  name: { family: 'Ahmed', given: ['Mohammed'], prefix: 'Mr' },
  gender: 'male' as const,
  birth: londonInstant(1985, 2, 14, 12),
  practice: 'F83063',
};

export const firstNamesake: Who = {
  ...alike,
  slot: 6,
  ethnicity: 'K',
  home: { line: '88 Model Avenue', postcode: 'N7 8ZZ' },
  recordStart: londonInstant(2015, 9, 1, 9),
};
export const secondNamesake: Who = {
  ...alike,
  slot: 7,
  ethnicity: 'N',
  home: { line: '5 Mock Crescent', postcode: 'N19 4ZZ' },
  recordStart: londonInstant(2018, 2, 5, 9),
};

/** Admitted sixty days ago; nobody recorded that he left, yet his GP has seen him since. */
export function firstNamesakeStory(t: Telling): void {
  const { now } = t;
  practiceLife(t, 'RRV');
  allergic(t, 'emis', londonInstant(2016, 6, 1, 10), 'peanut', 'anaphylaxis', true);
  admit(t, dayAt(now, -60, 13, 10), {
    hospital: 'RRV',
    specialty: '100',
    reason: reasons.abdominalPain,
    diagnoses: [{ term: problems.appendicitis, certainty: 'suspected' }],
    nights: 0,
    emergency: true,
    arrival: 'walk-in',
    open: true,
  });
  gpVisit(t, dayAt(now, -20), { reason: reasons.abdominalPain, outcome: 'Wound healed' });
  clinicVisit(t, now + 12 * day, { hospital: 'RRV', specialty: '100', reason: problems.appendicitis });
}

/** Asked about allergies by nobody; his record came late from another practice. */
export function secondNamesakeStory(t: Telling): void {
  const { now } = t;
  everyday(t, 'RKE');
  lowMood(t);
  emergencyVisit(t, dayAt(now, -75, 19, 30), 'RKE', reasons.wristInjury, {
    diagnosis: { term: { text: 'Fracture of wrist', code: '263102004' }, certainty: 'confirmed' },
  });
  urgentCall(t, dayAt(now, -11, 21, 15), { reason: reasons.chestPain, advice: 'Advised to see GP within 24 hours' });
  clinicVisit(t, now + 8 * day, {
    hospital: 'RKE',
    specialty: '110',
    reason: { text: 'Fracture of wrist', code: '263102004' },
  });
  t.note('listWarnings', {
    code: 'data-in-transit',
    text: 'Patient record transfer from previous GP practice not yet complete; information recorded before 05-Feb-2018 may be missing.',
    at: now - 3 * day,
    tellers: ['emis'],
  });
}
