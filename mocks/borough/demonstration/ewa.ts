import { londonInstant } from '../../../fhir/partial-date.ts';
import { dateTime, day, dayAt, hour } from '../clock.ts';
import type { Telling } from '../life.ts';
import { noKnownAllergies } from '../stories/allergies.ts';
import { careRequest } from '../stories/care.ts';
import { careWords } from '../stories/care-words.ts';
import { admit } from '../stories/admissions.ts';
import { emergencyVisit } from '../stories/hospital.ts';
import { gpVisit, gpVisitAt } from '../stories/surgery.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

export const ewa: Who = {
  slot: 9,
  name: { family: 'Kowalczyk', given: ['Ewa'], prefix: 'Ms' },
  gender: 'female',
  birth: londonInstant(1968, 10, 2, 12),
  ethnicity: 'C',
  practice: 'F83045',
  home: { line: '77 Invented Lane', postcode: 'N7 6ZZ' },
  recordStart: londonInstant(2014, 1, 8, 9),
};

/** True events, badly written down: a year, a month, no date at all, an end before its start, no class, type or reason. */
export function ewaStory(t: Telling): void {
  const { now } = t;
  noKnownAllergies(t, 'emis', londonInstant(2014, 2, 3, 10));
  gpVisitAt(t, londonInstant(2019, 7, 9, 10), { reason: reasons.backPain, recorded: { start: '2019' } });
  gpVisitAt(t, londonInstant(2019, 4, 17, 10), { reason: reasons.cough, recorded: { start: '2019-04' } });
  gpVisitAt(t, londonInstant(2016, 3, 3, 10), { reason: reasons.rash, recorded: { omit: ['period'] } });
  gpVisitAt(t, londonInstant(2017, 11, 20, 10), {
    reason: reasons.headache,
    recorded: { omit: ['period'], unknownStaff: true },
  });
  gpVisitAt(t, londonInstant(2021, 6, 14, 10, 30), {
    reason: reasons.tired,
    recorded: { start: '2021-06-14', omit: ['type', 'reason'] },
  });
  const turned = dayAt(now, -200, 11, 0);
  gpVisitAt(t, turned, { reason: reasons.dizziness, recorded: { end: dateTime(turned - 2 * hour) } });
  gpVisitAt(t, dayAt(now, -150, 9, 40), { reason: reasons.kneePain, recorded: { omit: ['class', 'type'] } });
  gpVisit(t, dayAt(now, -30), { reason: reasons.insomnia, outcome: 'Advice given' });
  const visit = emergencyVisit(t, dayAt(now, -420, 16, 10), 'RKE', reasons.headInjury, { letter: false });
  const { stay } = admit(t, londonInstant(2018, 8, 6, 8), {
    hospital: 'RKE',
    specialty: '100',
    reason: reasons.abdominalPain,
    diagnoses: [{ term: problems.appendicitis, certainty: 'confirmed' }],
    nights: 3,
    emergency: false,
    gpEntry: { start: '2018', quotesVisitNumber: false },
  });
  for (const event of t.life.happenings) {
    if (event.id === visit) event.recorded = { omit: ['class', 'type', 'period'] };
    if (event.id === stay) event.recorded = { start: '2018-08-06', end: '2018-08-02' };
  }
  careRequest(
    t,
    now - 500 * day,
    careWords.requester.self,
    careWords.contact.carers,
    '706-access',
    'closed',
    'Information and advice',
  );
}
