import { date, dateTime, dayAt, hour } from '../clock.ts';
import type { Telling } from '../life.ts';
import { admit } from '../stories/admissions.ts';
import { careWords } from '../stories/care-words.ts';
import { careChain, carePackage, careRequest } from '../stories/care.ts';
import { communityVisit } from '../stories/community.ts';
import { gpVisitAt, measured } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { drugs, problems, reasons, term, tests } from '../vocabulary.ts';
import { hipTable } from './florence-letters.ts';

export function brokenHip(t: Telling, start: number): void {
  const { now } = t;
  urgentCall(t, dayAt(start, 0, 1, 12), { reason: reasons.fallAtHome, advice: 'Ambulance sent' });
  const end = dayAt(start, 5, 15, 30);
  const { stay } = admit(t, start, {
    hospital: 'RKE',
    specialty: '110',
    reason: term('Fall at home, hip fracture', '5913000'),
    diagnoses: [{ term: problems.hipFracture, certainty: 'confirmed' }],
    nights: 5,
    end,
    emergency: false,
    admission: '21',
    wards: ['RKE-ward-mary-seacole-ward', 'RKE-ward-coyle-ward'],
    procedures: [{ term: term('Hemiarthroplasty of hip'), after: 31 * hour }],
    discharge: { method: '1', destination: '19', words: 'Home with reablement' },
    letter: { form: 'pdf', table: hipTable },
    gpEntry: { start: date(start), end: dateTime(dayAt(end, 0, 18, 0)), quotesVisitNumber: true },
  });
  t.note('problems', {
    term: problems.hipFracture,
    onset: start,
    certainty: 'confirmed',
    at: stay,
    tellers: ['system-c', 'emis'],
  });
  const bloods = [
    [tests.haemoglobin, 94],
    [tests.sodium, 136],
    [tests.potassium, 4.1],
    [tests.egfr, 48],
  ] as const;
  for (const days of [0, 2, 4]) {
    t.note('reports', {
      name: { text: 'Full blood count and kidney function' },
      taken: dayAt(start, days, 7, 45),
      status: 'final',
      laboratory: 'RKE',
      requester: 'RKE-110',
      at: stay,
      tellers: ['system-c'],
      results: bloods.map(([test, value]) =>
        measured(test, value + (days - 4) * (test === tests.haemoglobin ? -4 : 0)),
      ),
    });
  }
  t.note('medicines', {
    term: drugs.apixaban.term,
    dose: 'One tablet twice a day, for 35 days',
    repeat: false,
    start: dayAt(start, 2, 9, 0),
    end: dayAt(start, 37, 9, 0),
    lastIssued: dayAt(start, 5, 9, 0),
    prescriber: 'RKE-110',
    at: stay,
    tellers: ['system-c'],
  });
  const discharge = careChain(t, dayAt(start, 3, 10, 0), {
    from: careWords.requester.hospital,
    reason: careWords.contact.discharge,
    assessment: careWords.assessment.discharge,
    outcome: careWords.outcome.reablement,
    requestTeam: '706-access',
    team: '706-discharge',
    staff: '706-sw1',
    summary: 'Needs help with washing, dressing and stairs. Wants to be at home.',
  });
  const begun = dayAt(now, -2, 8, 0);
  carePackage(t, begun, '706-sw1', '706-discharge', {
    category: careWords.category.shortMax,
    type: careWords.service.reablement,
    title: 'Reablement package',
    provider: 'highbury-care',
    assessment: discharge.assessment,
    reviewEvery: 4,
  });
  careRequest(t, dayAt(now, -6, 11, 0), careWords.requester.family, careWords.contact.equipment, '706-access', 'open');
  t.tell({
    kind: 'care-assessment',
    type: careWords.assessment.therapy,
    team: '706-therapy',
    staff: '706-ot',
    status: 'in-progress',
    start: dayAt(now, -3, 13, 0),
  });
  t.note('equipment', {
    name: 'Key safe',
    asked: dayAt(now, -4, 10, 0),
    fitted: dayAt(now, -2, 11, 0),
    note: 'Beside the street door',
    tellers: ['liquidlogic'],
  });
  t.note('equipment', { name: 'Walking frame', asked: dayAt(now, -4, 10, 0), tellers: ['liquidlogic'] });
  t.note('supportReasons', {
    code: 'PS-PCS',
    text: 'Physical Support: Personal care support',
    category: { code: 'PS', text: 'Physical Support' },
    from: begun,
    tellers: ['liquidlogic'],
  });
  t.note('teams', {
    name: 'Hospital discharge and reablement',
    from: begun,
    members: [
      { staff: '706-sw1', role: 'Social worker', keyWorker: true },
      { staff: '706-ot', role: 'Occupational therapist' },
    ],
    tellers: ['liquidlogic'],
  });
  communityVisit(t, dayAt(now, -1, 10, 0), {
    staff: 'RKE-district1',
    reason: reasons.wound,
    place: 'home',
    outcome: 'Wound clean, clips out next week',
  });
  gpVisitAt(t, dayAt(now, -1, 9, 5), {
    reason: reasons.medication,
    mode: 'phone',
    outcome: 'Amlodipine stopped: low pressure',
  });
}
