import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic } from '../stories/allergies.ts';
import { everyday } from '../stories/everyday.ts';
import { homeReading } from '../stories/home-readings.ts';
import { earlierCare, longStanding } from './florence-before.ts';
import { bookings } from './florence-bookings.ts';
import { brokenHip } from './florence-hip.ts';
import { looseLetters } from './florence-letters.ts';
import type { Who } from './person.ts';

export const florence: Who = {
  slot: 1,
  name: { family: 'Adeyemi', given: ['Florence'], prefix: 'Mrs' },
  gender: 'female',
  birth: londonInstant(1948, 3, 12, 12),
  ethnicity: 'N',
  home: { line: 'Flat 4, 17 Example Street', postcode: 'N1 9ZZ' },
  contact: {
    relationship: 'Daughter',
    name: { use: 'usual', family: 'Adeyemi', given: ['Grace'] },
    phone: '07700 900901',
  },
  recordStart: londonInstant(1998, 2, 2, 9),
};

/** Frail, with social care: a broken hip eight days ago, home with help since, things still open. */
export function florenceStory(t: Telling): void {
  const { now } = t;
  everyday(t, 'RKE', 1.6);
  allergic(t, 'emis', londonInstant(2003, 5, 14, 10), 'penicillin', 'rash');
  longStanding(t);
  brokenHip(t, dayAt(now, -8, 2, 41));
  earlierCare(t);
  bookings(t);
  t.note('warnings', {
    kind: 'communication',
    text: 'Lives alone',
    from: dayAt(now, -400, 11, 0),
    tellers: ['emis', 'liquidlogic'],
  });
  t.note('warnings', {
    kind: 'access',
    text: 'Key safe fitted: ask the daughter for access',
    from: dayAt(now, -2, 11, 0),
    tellers: ['liquidlogic'],
  });
  t.note('warnings', {
    kind: 'special-note',
    text: 'Has a treatment escalation plan: check the original with her GP',
    from: dayAt(now, -50, 12, 0),
    tellers: ['adastra'],
  });
  t.note('plans', {
    kind: 'treatment-escalation',
    title: 'Treatment escalation plan',
    text: 'Admit for treatable illness. Not for intensive care. Agreed with Mrs Adeyemi and her daughter.',
    from: dayAt(now, -51, 10, 30),
    author: t.person.usualGp,
    tellers: ['emis'],
  });
  for (let week = 1; week < 8; week += 1)
    homeReading(t, now - (week * 9 + 10) * day, 'blood-pressure', [146 + week, 78 + week]);
  looseLetters(t);
}
