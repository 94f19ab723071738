import { dayAt, hour, minute } from '../clock.ts';
import type { Telling } from '../life.ts';
import { communityVisit } from '../stories/community.ts';
import { admit } from '../stories/admissions.ts';
import type { Who } from './person.ts';

/** Born four days ago. The ward knew no given name and had the number from birth; the GP has both. */
export function baby(now: number): Who {
  const family = 'Khan';
  return {
    slot: 4,
    name: { family, given: ['Zara'] },
    gender: 'female',
    birth: dayAt(now, -4, 3, 47),
    ethnicity: 'Z',
    practice: 'F83674',
    home: { line: '140 Trial Grove', postcode: 'N4 3ZZ' },
    contact: { relationship: 'Mother', name: { use: 'usual', family, given: ['Sana'] }, phone: '07700 900904' },
    verification: { 'system-c': '08' },
    namesIn: { 'system-c': [{ use: 'official', family, given: ['Baby'] }] },
    recordStart: dayAt(now, -4, 3, 47),
  };
}

export function babyStory(t: Telling): void {
  const { birth } = t.person;
  const { stay } = admit(t, birth, {
    hospital: 'RKE',
    specialty: '501',
    reason: { text: 'Birth' },
    diagnoses: [],
    nights: 1,
    end: dayAt(birth, 1, 14, 15),
    emergency: false,
    admission: '82',
    admittedFrom: '79',
    discharge: { method: '1', destination: '19', words: 'Home with mother' },
    gpEntry: false,
  });
  t.note('vitals', { type: 'weight', values: [3.4], taken: birth + 20 * minute, at: stay, tellers: ['system-c'] });
  communityVisit(t, dayAt(birth, 2, 11, 0), {
    staff: 'RKE-health-visitor',
    reason: { text: 'New birth visit' },
    place: 'home',
    outcome: 'Feeding well',
  });
  const check = dayAt(birth, 42, 10, 20);
  t.tell({
    kind: 'booking',
    organisation: t.person.practice,
    service: 'Six-week baby check',
    place: `${t.person.practice}-surgery`,
    staff: t.person.usualGp,
    channel: 'In-person',
    booked: dayAt(birth, 2, 12, 0),
    status: 'booked',
    start: check,
    end: check + hour / 3,
  });
}
