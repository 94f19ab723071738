import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt, hour } from '../clock.ts';
import type { Telling } from '../life.ts';
import { dropVisitsDuringStays } from '../settle.ts';
import { allergic } from '../stories/allergies.ts';
import { everyday } from '../stories/everyday.ts';
import { admit } from '../stories/admissions.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { homeReading } from '../stories/home-readings.ts';
import { failingKidneys } from '../stories/long-results.ts';
import { bloodTest, prescribe } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { drugs, problems, reasons, tests } from '../vocabulary.ts';
import type { Who } from './person.ts';

/** Encounters of the long record, in all its sources together. */
export const longRecord = 1500;

export const winston: Who = {
  slot: 3,
  name: { family: 'Campbell', given: ['Winston'], prefix: 'Mr' },
  gender: 'male',
  birth: londonInstant(1951, 7, 5, 12),
  ethnicity: 'M',
  practice: 'F83021',
  home: { line: '9 Fiction Square', postcode: 'N1 2ZZ' },
  recordStart: londonInstant(2001, 11, 5, 9),
};

/** Twenty-five years of kidney disease, dialysis three times a week for most of the last nine. */
export function winstonStory(t: Telling): void {
  const { now, random } = t;
  everyday(t, 'RRV', 0.7);
  // What healthy kidneys give has no place in his record.
  t.life.reports = t.life.reports.filter(({ results }) => results.every(({ loinc }) => loinc !== tests.egfr.loinc));
  // The last two days are left to dialysis, so that no call is still on its way to the hub and the count is exact.
  t.life.happenings = t.life.happenings.filter(({ start }) => start < dayAt(now, -2));
  urgentCall(t, dayAt(now, -210, 20, 15), {
    reason: reasons.fever,
    advice: 'Out-of-hours appointment arranged',
    visit: { place: 'base', after: 80, outcome: 'Medicine given, GP to follow up' },
  });
  allergic(t, 'emis', londonInstant(2006, 2, 14, 10), 'aspirin', 'wheeze');
  t.note('problems', {
    term: problems.kidneyDisease,
    onset: londonInstant(2004, 3, 9, 10),
    certainty: 'confirmed',
    tellers: ['emis'],
  });
  t.note('problems', {
    term: problems.kidneyFailure,
    onset: londonInstant(2017, 9, 12, 10),
    certainty: 'confirmed',
    tellers: ['emis', 'carecast'],
  });
  prescribe(t, londonInstant(2004, 3, 9, 10), drugs.ramipril, { repeat: true });
  t.note('medicines', {
    term: drugs.epoetin.term,
    dose: drugs.epoetin.dose,
    repeat: true,
    start: londonInstant(2017, 10, 2, 9),
    lastIssued: now - 6 * day,
    prescriber: 'RRV-361',
    tellers: ['carecast'],
  });
  for (let at = londonInstant(2004, 4, 6, 10); at < now; at += 120 * day)
    clinicVisit(t, at, {
      hospital: 'RRV',
      specialty: '361',
      reason: problems.kidneyDisease,
      letter: random.chance(0.3),
    });
  admit(t, dayAt(now, -900, 14, 20), {
    hospital: 'RRV',
    specialty: '361',
    reason: problems.sepsis,
    diagnoses: [{ term: problems.sepsis, certainty: 'confirmed' }],
    nights: 60,
    emergency: true,
  });
  for (let months = 1; months < 40; months += 3) {
    bloodTest(
      t,
      dayAt(now, -months * 30, 8, 0),
      'Kidney function',
      [
        [tests.potassium, 4.2 + random.next() * 1.8],
        [tests.creatinine, random.int(520, 810)],
        [tests.egfr, random.int(6, 11)],
      ],
      { laboratory: 'RRV' },
    );
  }
  for (let week = 1; week < 12; week += 1)
    homeReading(t, now - week * 7 * day, 'weight', [78 + random.int(0, 30) / 10]);
  failingKidneys(t);
  clinicVisit(t, now + 33 * day, { hospital: 'RRV', specialty: '361', reason: problems.kidneyFailure });
  dropVisitsDuringStays(t.life);
  dialysis(t);
}

/** As many sessions as bring the record to its length: every other weekday, backwards from yesterday. */
function dialysis(t: Telling): void {
  const missing =
    longRecord -
    t.life.happenings.filter((event) => event.start < t.now && countsAsEncounter(event.kind)).length -
    enteredFromLetters(t);
  let told = 0;
  for (let back = 1; told < missing; back += 1) {
    const start = dayAt(t.now, -back, 7, 30);
    if (![1, 3, 5].includes(new Date(start).getUTCDay())) continue;
    t.tell({
      kind: 'outpatient',
      hospital: 'RRV',
      visitNumber: t.number(),
      specialty: '361',
      clinic: 'RRV-dialysis',
      staff: 'RRV-361',
      channel: 'In-person',
      reason: { text: 'Haemodialysis', code: '302497006' },
      outcome: '2',
      start,
      end: start + 4 * hour,
    });
    told += 1;
  }
}

function countsAsEncounter(kind: string): boolean {
  return [
    'gp',
    'emergency',
    'stay',
    'outpatient',
    'urgent-call',
    'urgent-visit',
    'community',
    'mental-health',
  ].includes(kind);
}

/** The practice's own entries of hospital stays are Encounters too. */
function enteredFromLetters(t: Telling): number {
  return t.life.happenings.filter((event) => event.kind === 'letter' && event.filed?.entry !== undefined).length;
}
