import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt, hour, lastClockChange, minute, officeDay } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic, noKnownAllergies } from '../stories/allergies.ts';
import { admit } from '../stories/admissions.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { gpVisit } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

export const robin: Who = {
  slot: 11,
  name: { family: 'Ashdown', given: ['Robin'], prefix: 'Mr' },
  gender: 'male',
  birth: londonInstant(1990, 8, 30, 12),
  ethnicity: 'Z',
  practice: 'F83056',
  home: { line: '3 Invented Lane', postcode: 'N7 6ZZ' },
  recordStart: londonInstant(2024, 6, 3, 9),
};

/** Registered and never seen: nothing at all but who he is. */
export function robinStory(): void {}

export const kwame: Who = {
  slot: 12,
  name: { family: 'Boateng', given: ['Kwame'], prefix: 'Mr' },
  gender: 'male',
  birth: londonInstant(1977, 3, 6, 12),
  ethnicity: 'N',
  practice: 'F83686',
  home: { line: '54 Trial Grove', postcode: 'N4 3ZZ' },
  recordStart: londonInstant(2026, 1, 12, 9),
};

/** New in the borough: asked about allergies when he registered, booked in three places, seen in none yet. */
export function kwameStory(t: Telling): void {
  const { now } = t;
  noKnownAllergies(t, 'emis', dayAt(now, -6, 10, 0));
  clinicVisit(t, now + 5 * day, { hospital: 'RKE', specialty: '320', reason: reasons.chestPain, weeksAhead: 1 });
  clinicVisit(t, now + 19 * day, { hospital: 'RRV', specialty: '130', reason: problems.cataract, weeksAhead: 1 });
  clinicVisit(t, now + 95 * day, {
    hospital: 'RRV',
    specialty: '130',
    reason: problems.cataract,
    weeksAhead: 1,
    channel: 'Telephone',
  });
  const check = dayAt(officeDay(now + 9 * day), 0, 8, 50);
  t.tell({
    kind: 'booking',
    organisation: t.person.practice,
    service: 'New patient check',
    place: `${t.person.practice}-surgery`,
    staff: `${t.person.practice}-nurse`,
    channel: 'In-person',
    booked: dayAt(now, -6, 10, 0),
    status: 'booked',
    start: check,
    end: check + 20 * minute,
  });
}

export const siobhan: Who = {
  slot: 13,
  name: { family: 'Gallagher', given: ['Siobhan'], prefix: 'Miss' },
  gender: 'female',
  birth: londonInstant(1972, 11, 11, 12),
  ethnicity: 'B',
  practice: 'F83021',
  home: { line: '29 Example Street', postcode: 'N1 9ZZ' },
  recordStart: londonInstant(2012, 2, 20, 9),
};

/** Ill on both nights the clocks changed: two calls at 01:30 an hour apart in autumn, an hour that never was in spring. */
export function siobhanStory(t: Telling): void {
  const autumn = lastClockChange(t.now, 'autumn');
  const spring = lastClockChange(t.now, 'spring');
  allergic(t, 'emis', londonInstant(2013, 4, 4, 10), 'latex', 'rash');
  gpVisit(t, autumn - 20 * day, { reason: reasons.tired });
  // 01:30 British Summer Time, then 01:30 Greenwich Mean Time.
  urgentCall(t, autumn - 30 * minute, { reason: reasons.abdominalPain, advice: 'Wait for a call back' });
  urgentCall(t, autumn + 30 * minute, {
    reason: reasons.abdominalPain,
    advice: 'Advised to go to the emergency department',
  });
  admit(t, autumn + 80 * minute, {
    hospital: 'RKE',
    specialty: '100',
    reason: reasons.abdominalPain,
    diagnoses: [{ term: problems.appendicitis, certainty: 'suspected' }],
    nights: 2,
    emergency: true,
    arrival: 'walk-in',
  });
  urgentCall(t, spring - 10 * minute, {
    reason: reasons.fever,
    advice: 'Out-of-hours appointment arranged',
    visit: { place: 'base', after: 45, outcome: 'Medicine given, GP to follow up' },
  });
  admit(t, spring - 4 * hour, {
    hospital: 'RKE',
    specialty: '300',
    reason: reasons.fever,
    diagnoses: [],
    nights: 1,
    emergency: false,
    admission: '21',
    end: spring + 5 * hour,
  });
}
