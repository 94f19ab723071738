import { londonInstant } from '../../../fhir/partial-date.ts';
import { date, day, dayAt, hour, officeDay } from '../clock.ts';
import type { Telling } from '../life.ts';
import { communityVisit } from '../stories/community.ts';
import { allergic, noKnownAllergies } from '../stories/allergies.ts';
import { carePackage, careRequest } from '../stories/care.ts';
import { careWords } from '../stories/care-words.ts';
import { everyday } from '../stories/everyday.ts';
import { admit } from '../stories/admissions.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { measured } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons, tests } from '../vocabulary.ts';
import type { Who } from './person.ts';

export const patrick: Who = {
  slot: 2,
  name: { family: "O'Donnell", given: ['Patrick', 'Joseph'], prefix: 'Mr' },
  gender: 'male',
  birth: londonInstant(1941, 9, 28, 12),
  ethnicity: 'B',
  practice: 'F83008',
  home: { line: '62 Sample Road', postcode: 'N7 6ZZ' },
  contact: {
    relationship: 'Son',
    name: { use: 'usual', family: "O'Donnell", given: ['Declan'] },
    phone: '07700 900902',
  },
  verification: { adastra: '02' },
  recordStart: londonInstant(2011, 3, 1, 9),
};

/** One stay, told by the out-of-hours service that sent him, the hospital, the council that planned his way home, his GP. */
export function patrickStory(t: Telling): void {
  const { now } = t;
  everyday(t, 'RKE');
  noKnownAllergies(t, 'emis', londonInstant(2012, 4, 2, 10));
  const night = dayAt(now, -34, 22, 5);
  allergic(t, 'system-c', night + 5 * hour, 'latex', 'wheeze');
  urgentCall(t, night, {
    reason: reasons.breathless,
    advice: 'Out-of-hours home visit arranged',
    visit: { place: 'home', after: 95, outcome: 'Sent to the Whittington emergency department', staff: 'XLCW1-gp1' },
  });
  const arrival = night + 3 * hour;
  const { stay, end } = admit(t, arrival, {
    hospital: 'RKE',
    specialty: '430',
    reason: reasons.breathless,
    diagnoses: [
      { term: problems.pneumonia, certainty: 'confirmed' },
      { term: problems.heartFailure, certainty: 'suspected' },
    ],
    nights: 15,
    emergency: true,
    wards: ['RKE-ward-mary-seacole-ward', 'RKE-ward-nightingale-ward', 'RKE-ward-meyrick-ward'],
    discharge: { method: '1', destination: '19', words: 'Home with home care' },
    // The practice typed the day after, so the two accounts differ and a reader must see both.
    gpEntry: { start: date(arrival), end: date(dayAt(arrival, 16)), quotesVisitNumber: true },
  });
  for (const days of [1, 4, 9]) {
    t.note('reports', {
      name: { text: 'C-reactive protein' },
      taken: dayAt(arrival, days, 7, 30),
      status: 'final',
      laboratory: 'RKE',
      requester: 'RKE-430',
      at: stay,
      tellers: ['system-c'],
      results: [measured(tests.crp, 180 - days * 17)],
    });
  }
  const left = end ?? now;
  careRequest(
    t,
    left - 6 * day,
    careWords.requester.hospital,
    careWords.contact.discharge,
    '706-access',
    'closed',
    'Hospital Discharge Assessment',
  );
  const assessed = dayAt(officeDay(left - 4 * day), 0, 11, 0);
  t.tell({
    kind: 'care-assessment',
    type: careWords.assessment.discharge,
    team: '706-discharge',
    staff: '706-sw1',
    status: 'completed',
    outcome: careWords.outcome.support,
    summary: 'Seen on Meyrick ward. Home care to start again, with a visit at night.',
    start: assessed,
    end: assessed + 3 * hour,
  });
  const began = dayAt(now, -410, 8, 0);
  carePackage(t, began, '706-sw1', '706-community', {
    category: careWords.category.community,
    type: careWords.service.homeSupport,
    title: 'Home care package',
    provider: 'angel-home-support',
    status: 'onhold',
    heldSince: dayAt(arrival, 1, 9, 0),
  });
  t.note('supportReasons', {
    code: 'PS-PCS',
    text: 'Physical Support: Personal care support',
    category: { code: 'PS', text: 'Physical Support' },
    from: began,
    tellers: ['liquidlogic'],
  });
  t.note('warnings', {
    kind: 'safeguarding',
    text: 'Safeguarding concern being looked into: check the original',
    from: dayAt(now, -90, 12, 0),
    tellers: ['liquidlogic'],
  });
  communityVisit(t, left + 3 * day, {
    staff: 'RKE-physio',
    reason: { text: 'Rehabilitation' },
    place: 'home',
    outcome: 'Walking with a stick',
  });
  clinicVisit(t, now - 9 * day, { hospital: 'RKE', specialty: '340', reason: problems.pneumonia, status: 'missed' });
  clinicVisit(t, now + 21 * day, { hospital: 'RKE', specialty: '340', reason: problems.pneumonia });
}
