import { londonInstant } from '../../../fhir/partial-date.ts';
import type { Telling } from '../life.ts';
import type { Who } from './person.ts';
import { date, dateTime, day, dayAt, hour, minute, officeDay } from '../clock.ts';
import { communityVisit } from '../stories/ages.ts';
import { allergic } from '../stories/allergies.ts';
import { carePackage, careChain, careRequest, careWords } from '../stories/care.ts';
import { everyday } from '../stories/everyday.ts';
import { admit, clinicVisit, clinicVisitAt } from '../stories/hospital.ts';
import { homeReading, mentalHealthContact } from '../stories/illnesses.ts';
import { gpVisit, gpVisitAt, prescribe, measured } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { drugs, problems, reasons, term, tests } from '../vocabulary.ts';

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
}

function longStanding(t: Telling): void {
  const { now } = t;
  const since = londonInstant(2009, 6, 3, 10);
  t.note('problems', {
    term: problems.hypertension,
    onset: since,
    certainty: 'confirmed',
    tellers: ['emis', 'system-c'],
  });
  t.note('problems', {
    term: problems.osteoporosis,
    onset: londonInstant(2019, 9, 1, 10),
    certainty: 'confirmed',
    tellers: ['emis'],
  });
  t.note('problems', {
    term: problems.heartFailure,
    onset: dayAt(now, -420, 10, 0),
    certainty: 'suspected',
    tellers: ['emis'],
  });
  t.note('problems', {
    term: problems.lungCancer,
    onset: dayAt(now, -900, 10, 0),
    certainty: 'refuted',
    tellers: ['emis'],
  });
  prescribe(t, since, drugs.amlodipine, { repeat: true, end: dayAt(now, -3, 15, 30) });
  prescribe(t, londonInstant(2019, 9, 4, 10), drugs.alendronate, { repeat: true });
  prescribe(t, londonInstant(2019, 9, 4, 10), drugs.colecalciferol, { repeat: true });
  for (const years of [1, 3, 6, 9])
    admit(t, dayAt(now, -years * 365 - 40, 9, 20), {
      hospital: years % 2 === 0 ? 'RRV' : 'RKE',
      specialty: '300',
      reason: reasons.breathless,
      diagnoses: [{ term: problems.pneumonia, certainty: 'confirmed' }],
      nights: 3 + years,
      emergency: true,
    });
  for (const weeks of [20, 44, 70, 95])
    clinicVisit(t, now - weeks * 7 * day, { hospital: 'RKE', specialty: '430', reason: reasons.dizziness });
  for (const months of [5, 11, 17, 30])
    mentalHealthContact(t, now - months * 30 * day, months === 5 ? 'TAF-nurse' : 'TAF-memory');
}

function brokenHip(t: Telling, start: number): void {
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

function earlierCare(t: Telling): void {
  const { now } = t;
  careChain(t, londonInstant(2020, 1, 20, 10), {
    from: careWords.requester.hospital,
    reason: careWords.contact.discharge,
    assessment: careWords.assessment.discharge,
    outcome: careWords.outcome.reablement,
    requestTeam: '706-access',
    team: '706-discharge',
    staff: '706-sw1',
    package: {
      category: careWords.category.shortMax,
      type: careWords.service.reablement,
      title: 'Reablement package',
      provider: '706-reablement',
      days: 42,
    },
  });
  careChain(t, londonInstant(2022, 5, 9, 10), {
    from: careWords.requester.self,
    reason: careWords.contact.equipment,
    assessment: careWords.assessment.therapy,
    outcome: careWords.outcome.advice,
    requestTeam: '706-access',
    team: '706-therapy',
    staff: '706-ot',
  });
  careChain(t, dayAt(now, -300, 10, 0), {
    from: careWords.requester.gp,
    reason: careWords.contact.assessment,
    assessment: careWords.assessment.needs,
    outcome: careWords.outcome.support,
    requestTeam: '706-access',
    team: '706-community',
    staff: '706-sw2',
    package: {
      category: careWords.category.community,
      type: careWords.service.daySupport,
      title: 'Day centre place',
      provider: 'tufnell-day-centre',
      status: 'onhold',
      heldSince: dayAt(now, -8, 9, 0),
    },
  });
  for (let visit = 0; visit < 14; visit += 1)
    communityVisit(t, dayAt(now, -260 + visit * 7, 10, 0), {
      staff: 'RKE-district1',
      reason: problems.legUlcer,
      place: visit % 3 === 0 ? 'clinic' : 'home',
      outcome: visit < 12 ? 'Dressing changed' : 'Healed',
    });
  urgentCall(t, dayAt(now, -130, 22, 40), {
    reason: reasons.chestPain,
    advice: 'Out-of-hours visit arranged',
    visit: { place: 'home', after: 70, outcome: 'Muscular pain, advised to see GP' },
  });
  gpVisit(t, dayAt(now, -127), { reason: reasons.chestPain, outcome: 'No new symptoms' });
}

function bookings(t: Telling): void {
  const { now } = t;
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 16)), 0, 10, 20), {
    hospital: 'RKE',
    specialty: '110',
    reason: problems.hipFracture,
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 30)), 0, 14, 0), {
    hospital: 'RRV',
    specialty: '130',
    reason: problems.cataract,
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, 58)), 0, 9, 40), {
    hospital: 'RKE',
    specialty: '430',
    reason: reasons.fall,
    channel: 'Video',
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -24)), 0, 11, 30), {
    hospital: 'RRV',
    specialty: '130',
    reason: problems.cataract,
    status: 'booked',
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -65)), 0, 15, 10), {
    hospital: 'RKE',
    specialty: '120',
    reason: term('Hearing loss'),
    status: 'cancelled',
    cancelled: { by: 'service', reason: 'Clinic cancelled, new date to follow' },
  });
  clinicVisitAt(t, dayAt(officeDay(dayAt(now, -92)), 0, 10, 0), {
    hospital: 'RRV',
    specialty: '320',
    reason: problems.heartFailure,
    status: 'missed',
  });
  const review = dayAt(officeDay(dayAt(now, 4)), 0, 9, 30);
  t.tell({
    kind: 'booking',
    organisation: t.person.practice,
    service: 'GP appointment',
    place: `${t.person.practice}-surgery`,
    staff: t.person.usualGp,
    channel: 'In-person',
    booked: dayAt(now, -1, 9, 12),
    status: 'booked',
    reason: reasons.medication,
    start: review,
    end: review + 10 * minute,
  });
}
