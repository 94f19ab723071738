import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { communityVisit } from '../stories/community.ts';
import { allergic } from '../stories/allergies.ts';
import { careChain } from '../stories/care.ts';
import { careWords } from '../stories/care-words.ts';
import { everyday } from '../stories/everyday.ts';
import { admit } from '../stories/admissions.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

export function margaret(now: number): Who {
  return {
    slot: 5,
    name: { family: 'Holt', given: ['Margaret', 'Ann'], prefix: 'Mrs' },
    gender: 'female',
    birth: londonInstant(1938, 1, 23, 12),
    ethnicity: 'A',
    practice: 'F83039',
    home: { line: '31 Pattern Gardens', postcode: 'N5 2ZZ' },
    contact: {
      relationship: 'Husband',
      name: { use: 'usual', family: 'Holt', given: ['Derek'] },
      phone: '07700 900905',
    },
    // Out of hours was never told: a source can lag behind a death.
    death: { at: dayAt(now, -40, 4, 20), confirmedBy: ['emis', 'system-c', 'liquidlogic'] },
    recordStart: londonInstant(2009, 5, 6, 9),
  };
}

/** Died in hospital forty days ago after a long illness; three sources say so. */
export function margaretStory(t: Telling): void {
  const died = t.limit;
  everyday(t, 'RKE');
  allergic(t, 'emis', londonInstant(2010, 8, 3, 10), 'codeine', 'vomiting');
  t.note('problems', {
    term: problems.heartFailure,
    onset: died - 1100 * day,
    certainty: 'confirmed',
    tellers: ['emis', 'system-c'],
  });
  t.note('plans', {
    kind: 'treatment-escalation',
    title: 'Treatment escalation plan',
    text: 'Comfort first. Not for resuscitation. Agreed with Mrs Holt and her husband.',
    from: died - 60 * day,
    author: t.person.usualGp,
    tellers: ['emis'],
  });
  t.note('warnings', {
    kind: 'special-note',
    text: 'Expected death: plan held by the GP, check the original',
    from: died - 55 * day,
    tellers: ['adastra'],
  });
  urgentCall(t, dayAt(died, -30, 3, 15), {
    reason: reasons.breathless,
    advice: 'Out-of-hours home visit arranged',
    visit: { place: 'home', after: 60, outcome: 'Made comfortable at home' },
  });
  careChain(t, died - 160 * day, {
    from: careWords.requester.family,
    reason: careWords.contact.assessment,
    assessment: careWords.assessment.needs,
    outcome: careWords.outcome.support,
    requestTeam: '706-access',
    team: '706-community',
    staff: '706-sw2',
    package: {
      category: careWords.category.community,
      type: careWords.service.homeSupport,
      title: 'Home care package',
      provider: 'highbury-care',
    },
  });
  for (let visit = 0; visit < 10; visit += 1)
    communityVisit(t, died - (70 - visit * 6) * day, {
      staff: 'RKE-district2',
      reason: { text: 'Symptom control' },
      place: 'home',
      outcome: 'Comfortable',
    });
  admit(t, dayAt(died, -6, 15, 40), {
    hospital: 'RKE',
    specialty: '430',
    reason: reasons.breathless,
    diagnoses: [{ term: problems.heartFailure, certainty: 'confirmed' }],
    nights: 30,
    emergency: true,
  });
}
