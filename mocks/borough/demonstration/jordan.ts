import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic } from '../stories/allergies.ts';
import { everyday } from '../stories/everyday.ts';
import { clinicVisitAt } from '../stories/clinics.ts';
import { mentalHealthContact } from '../stories/mental-health.ts';
import { gpVisitAt, measured } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { drugs, problems, reasons, tests } from '../vocabulary.ts';
import type { Who } from './person.ts';

export const jordan: Who = {
  slot: 10,
  name: { family: 'Baptiste', given: ['Jordan'], prefix: 'Mx' },
  gender: 'other',
  birth: londonInstant(1993, 5, 27, 12),
  ethnicity: 'M',
  practice: 'F83060',
  home: { line: '12 Draft Place', postcode: 'EC1V 0ZZ' },
  recordStart: londonInstant(2013, 10, 7, 9),
};

/** The words that must never reach a reader who may not see them: tests look for them everywhere. */
export const secretWords = {
  clinic: 'Genital infection',
  letter: 'confidential clinic',
  therapy: 'Trauma therapy',
  sealed: 'Gender identity referral',
};

/**
 * Labelled items among ordinary ones. Only the visits carry labels: their letter, results, medicine and booking do not, as in
 * many real systems, and would leak if each were judged alone.
 */
export function jordanStory(t: Telling): void {
  const { now } = t;
  everyday(t, 'RRV');
  allergic(t, 'emis', londonInstant(2014, 3, 5, 10), 'penicillin', 'rash');
  clinicVisitAt(t, dayAt(now, -120, 10, 0), { hospital: 'RRV', specialty: '330', reason: problems.eczema });
  labelledClinic(t);
  const therapy = mentalHealthContact(t, now - 45 * day, 'TAF-nurse', ['PSY']);
  for (const event of t.life.happenings)
    if (event.id === therapy && event.kind === 'mental-health') event.reason = { text: secretWords.therapy };
  t.tell({
    kind: 'letter',
    from: 'TAF',
    title: 'Mental health letter',
    text: `Seen for ${secretWords.therapy.toLowerCase()}.`,
    author: 'TAF-nurse',
    about: therapy,
    tellers: ['system-c'],
    start: now - 42 * day,
  });
  mentalHealthContact(t, now - 300 * day, 'TAF-nurse');
  const sealed = gpVisitAt(t, dayAt(now, -80, 11, 20), { reason: { text: secretWords.sealed }, labels: ['V'] });
  t.note('problems', {
    term: { text: secretWords.sealed },
    onset: dayAt(now, -80, 11, 20),
    certainty: 'confirmed',
    at: sealed,
    tellers: ['emis'],
  });
  urgentCall(t, dayAt(now, -25, 19, 50), { reason: reasons.vomiting, advice: 'Self-care advice given' });
  t.note('listWarnings', {
    code: 'confidential-items',
    text: 'Items excluded due to confidentiality and/or patient preferences.',
    at: now - day,
    tellers: ['emis'],
  });
}

function labelledClinic(t: Telling): void {
  const start = dayAt(t.now, -60, 14, 0);
  const { visit } = clinicVisitAt(t, start, {
    hospital: 'RRV',
    specialty: '350',
    reason: { text: secretWords.clinic },
    labels: ['R', 'STD'],
    text: `Seen in the ${secretWords.letter} about ${secretWords.clinic.toLowerCase()}.`,
  });
  for (const event of t.life.happenings) {
    if (event.kind === 'letter' && event.about === visit) event.tellers = ['carecast'];
    if (event.kind === 'booking' && event.attendance === visit) event.labels = undefined;
  }
  t.note('reports', {
    name: { text: `${secretWords.clinic} screen` },
    taken: start + 20 * 60_000,
    status: 'final',
    laboratory: 'RRV',
    requester: 'RRV-350',
    at: visit,
    tellers: ['carecast'],
    results: [measured(tests.crp, 3)],
  });
  t.note('medicines', {
    term: drugs.doxycyclineSti.term,
    dose: drugs.doxycyclineSti.dose,
    repeat: false,
    start,
    end: start + 7 * day,
    lastIssued: start,
    prescriber: 'RRV-350',
    at: visit,
    tellers: ['carecast'],
  });
}
