import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { allergic } from '../stories/allergies.ts';
import { everyday } from '../stories/everyday.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { diabetes } from '../stories/illnesses.ts';
import { hba1cInPercent } from '../stories/long-results.ts';
import { urgentCall } from '../stories/urgent.ts';
import { problems, reasons } from '../vocabulary.ts';
import type { Who } from './person.ts';

const latin = { family: 'Rahman', given: ['Ayesha'], prefix: 'Mrs' };

/** Her official name is in Bengali; the hospital and the out-of-hours service hold only its Latin form. */
export const ayesha: Who = {
  slot: 8,
  name: { family: 'রহমান', given: ['আয়েশা'] },
  otherNames: [{ use: 'usual', ...latin }],
  nameLanguage: 'bn',
  gender: 'female',
  birth: londonInstant(1959, 12, 16, 12),
  ethnicity: 'K',
  language: 'bn',
  practice: 'F83032',
  home: { line: '23 Specimen Terrace', postcode: 'N1 0ZZ' },
  namesIn: { carecast: [{ use: 'official', ...latin }], adastra: [{ use: 'official', ...latin }] },
  recordStart: londonInstant(2008, 4, 14, 9),
};

export function ayeshaStory(t: Telling): void {
  everyday(t, 'RRV');
  diabetes(t, 'RRV');
  allergic(t, 'emis', londonInstant(2009, 1, 20, 10), 'trimethoprim', 'rash');
  t.note('warnings', {
    kind: 'communication',
    text: 'Speaks Bengali (Sylheti): interpreter needed',
    from: londonInstant(2009, 1, 20, 10),
    tellers: ['emis', 'carecast'],
  });
  urgentCall(t, dayAt(t.now, -48, 20, 25), { reason: reasons.dizziness, advice: 'Advised to see GP within 24 hours' });
  clinicVisit(t, t.now - 70 * day, { hospital: 'RRV', specialty: '302', reason: problems.diabetes });
  clinicVisit(t, t.now + 40 * day, { hospital: 'RRV', specialty: '302', reason: problems.diabetes });
  hba1cInPercent(t);
  t.note('plans', {
    kind: 'disease',
    title: 'Diabetes care plan',
    text: 'Walk for half an hour most days. Feet checked every year. Would like letters read out in Sylheti.',
    from: dayAt(t.now, -140, 11, 0),
    reviewDue: dayAt(t.now, 225, 11, 0),
    author: t.person.usualGp,
    tellers: ['emis'],
  });
}
