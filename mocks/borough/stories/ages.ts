import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { day, dayAt, minute, officeDay } from '../clock.ts';
import { drugs, problems, reasons } from '../vocabulary.ts';
import { careChain, careWords } from './care.ts';
import { admit, clinicVisit } from './hospital.ts';
import { mentalHealthContact } from './illnesses.ts';
import { gpVisit, prescribe } from './surgery.ts';

const vaccines: readonly (readonly [number, string, string?])[] = [
  [8, 'DTaP/IPV/Hib/HepB, MenB and rotavirus vaccines, first doses'],
  [12, 'DTaP/IPV/Hib/HepB and rotavirus vaccines, second doses'],
  [16, 'DTaP/IPV/Hib/HepB and MenB vaccines'],
  [53, 'MMR, pneumococcal and MenB vaccines'],
  [176, 'MMR second dose and pre-school booster'],
];

/** Birth checks, health visitor, immunisations, and for some a bad chest in the first winter. */
export function childhood(t: Telling, hospital: Hospital): void {
  const { person, random } = t;
  for (const [weeks, text] of vaccines) {
    const at = person.birth + weeks * 7 * day;
    if (at < t.life.recordStart || at > t.limit) continue;
    const visit = gpVisit(t, at, { reason: { text: 'Childhood immunisation', code: '170378007' }, mode: 'nurse' });
    t.note('immunisations', { vaccine: { text }, given: dayAt(officeDay(at), 0, 10, 0), at: visit, tellers: ['emis'] });
  }
  for (const weeks of [2, 8, 52])
    communityVisit(t, person.birth + weeks * 7 * day, {
      staff: 'RKE-health-visitor',
      reason: { text: 'Child health review' },
      place: weeks === 2 ? 'home' : 'clinic',
      outcome: 'Growing well',
    });
  if (random.chance(0.12)) {
    admit(t, dayAt(person.birth, random.int(60, 500), 21, 15), {
      hospital,
      specialty: '420',
      reason: reasons.breathless,
      diagnoses: [{ term: problems.bronchiolitis, certainty: 'confirmed' }],
      nights: random.int(1, 3),
      emergency: true,
      arrival: 'walk-in',
    });
  }
  if (random.chance(0.25)) {
    t.note('problems', {
      term: random.chance(0.5) ? problems.eczema : problems.asthma,
      onset: person.birth + random.int(400, 1600) * day,
      certainty: 'confirmed',
      tellers: ['emis'],
    });
    prescribe(t, person.birth + 1700 * day, random.chance(0.5) ? drugs.emollient : drugs.salbutamol, { repeat: true });
    clinicVisit(t, person.birth + random.int(1700, 2400) * day, {
      hospital,
      specialty: '420',
      reason: problems.asthma,
      status: random.chance(0.2) ? 'missed' : 'kept',
    });
  }
}

export function communityVisit(
  t: Telling,
  around: number,
  visit: {
    staff: string;
    reason: { text: string; code?: string };
    place: 'home' | 'clinic';
    outcome: string;
    team?: string;
  },
): string {
  const start = dayAt(around, 0, t.random.int(9, 16), t.random.int(0, 11) * 5);
  const team =
    {
      'RKE-health-visitor': 'Health visiting, Islington',
      'RKE-physio': 'Community rehabilitation team',
      'RKE-district2': 'District nursing, North Islington',
    }[visit.staff] ?? 'District nursing, Central Islington';
  return t.tell({
    kind: 'community',
    visitNumber: t.number(),
    place: visit.place,
    team,
    staff: visit.staff,
    reason: visit.reason,
    outcome: visit.outcome,
    start,
    end: start + 30 * minute,
  });
}

/** Booking, scans, midwife, birth, six-week check. */
export function pregnancy(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const born = t.limit - random.int(-120, 2400) * day;
  const conceived = born - 270 * day;
  if (conceived < t.life.recordStart) return;
  const seen = gpVisit(t, conceived + 40 * day, { reason: problems.pregnancy, drug: drugs.folicAcid });
  t.note('problems', {
    term: problems.pregnancy,
    onset: conceived + 40 * day,
    ended: born < t.limit ? born : undefined,
    certainty: 'confirmed',
    at: seen,
    tellers: ['emis'],
  });
  for (const weeks of [10, 12, 20, 28, 34, 38])
    clinicVisit(t, conceived + weeks * 7 * day, {
      hospital,
      specialty: '501',
      reason: problems.pregnancy,
      letter: false,
    });
  admit(t, dayAt(born, 0, random.int(0, 23), random.int(0, 59)), {
    hospital,
    specialty: '501',
    reason: { text: 'Labour' },
    diagnoses: [],
    nights: random.int(1, 3),
    emergency: false,
    admission: '31',
    procedures: random.chance(0.3)
      ? [{ term: { text: 'Caesarean section', code: '11466000' }, after: 300 * minute }]
      : [],
    discharge: { method: '1', destination: '19', words: 'Home with baby' },
  });
  communityVisit(t, born + 9 * day, {
    staff: 'RKE-health-visitor',
    reason: { text: 'New birth visit' },
    place: 'home',
    outcome: 'Both well',
  });
  gpVisit(t, born + 44 * day, { reason: { text: 'Postnatal check' } });
}

/** A fall, a broken hip, help to get home, and what the council arranges. */
export function fall(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const at = Math.max(t.life.recordStart + 60 * day, t.limit - random.int(40, 1500) * day);
  const { end } = admit(t, dayAt(at, 0, random.int(0, 23), random.int(0, 59)), {
    hospital,
    specialty: '110',
    reason: reasons.fall,
    diagnoses: [{ term: problems.hipFracture, certainty: 'confirmed' }],
    nights: random.int(5, 16),
    emergency: true,
    procedures: [{ term: { text: 'Hemiarthroplasty of hip' }, after: 26 * 60 * minute }],
    discharge: { method: '1', destination: '19', words: 'Home with reablement' },
  });
  t.note('problems', { term: problems.hipFracture, onset: at, certainty: 'confirmed', tellers: ['emis'] });
  if (end === undefined || end >= t.limit) return;
  prescribe(t, end + 5 * day, drugs.alendronate, { repeat: true });
  t.note('supportReasons', {
    code: 'PS-AMO',
    text: 'Physical Support: Access & mobility only',
    category: { code: 'PS', text: 'Physical Support' },
    from: end - 4 * day,
    tellers: ['liquidlogic'],
  });
  careChain(t, end - 5 * day, {
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
  t.note('equipment', {
    name: 'Grab rail',
    asked: end - 3 * day,
    fitted: end + 2 * day,
    note: 'By the front door',
    tellers: ['liquidlogic'],
  });
  for (let visit = 0; visit < 8; visit += 1)
    communityVisit(t, end + (2 + visit * 3) * day, {
      staff: visit % 2 === 0 ? 'RKE-district1' : 'RKE-physio',
      reason: visit % 2 === 0 ? reasons.wound : { text: 'Rehabilitation' },
      place: 'home',
      outcome: random.pick(['Healing well', 'Walking with frame', 'Review next week']),
    });
  clinicVisit(t, end + 42 * day, {
    hospital,
    specialty: '110',
    reason: problems.hipFracture,
    status: random.chance(0.15) ? 'missed' : 'kept',
  });
}

/** Memory failing: the memory service, help at home, day centre, a carer assessed in their own right. */
export function memory(t: Telling): void {
  const { random } = t;
  const onset = Math.max(t.life.recordStart + 30 * day, t.limit - random.int(300, 2200) * day);
  gpVisit(t, onset, { reason: reasons.memory });
  mentalHealthContact(t, onset + 60 * day, 'TAF-memory');
  mentalHealthContact(t, onset + 110 * day, 'TAF-memory');
  t.note('problems', {
    term: problems.dementia,
    onset: onset + 110 * day,
    certainty: random.chance(0.85) ? 'confirmed' : 'suspected',
    tellers: ['emis'],
  });
  prescribe(t, onset + 120 * day, drugs.donepezil, { repeat: true });
  t.note('supportReasons', {
    code: 'SMC',
    text: 'Support with Memory and Cognition',
    category: { code: 'SMC', text: 'Support with Memory and Cognition' },
    from: onset + 160 * day,
    tellers: ['liquidlogic'],
  });
  careChain(t, onset + 150 * day, {
    from: careWords.requester.family,
    reason: careWords.contact.assessment,
    assessment: careWords.assessment.needs,
    outcome: careWords.outcome.support,
    requestTeam: '706-access',
    team: '706-community',
    staff: '706-sw2',
    package: {
      category: careWords.category.community,
      type: random.chance(0.6) ? careWords.service.homeSupport : careWords.service.daySupport,
      title: 'Home care package',
      provider: random.pick(['highbury-care', 'angel-home-support']),
    },
  });
  if (random.chance(0.4))
    careChain(t, onset + 170 * day, {
      from: careWords.requester.family,
      reason: careWords.contact.carers,
      assessment: careWords.assessment.carer,
      outcome: careWords.outcome.advice,
      requestTeam: '706-access',
      team: '706-community',
      staff: '706-sw2',
    });
  t.note('warnings', {
    kind: 'risk',
    text: 'May not remember visits: telephone before calling',
    from: onset + 165 * day,
    tellers: ['liquidlogic'],
  });
  t.note('teams', {
    name: 'Community social work',
    from: onset + 160 * day,
    members: [{ staff: '706-sw2', role: 'Social worker', keyWorker: true }],
    tellers: ['liquidlogic'],
  });
}

/** Planned surgery: clinic, waiting list, a short stay. */
export function plannedSurgery(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const [problem, specialty, operation] = random.pick([
    [problems.osteoarthritis, '110', { text: 'Total knee replacement' }],
    [problems.cataract, '130', { text: 'Cataract surgery' }],
    [problems.appendicitis, '100', { text: 'Appendicectomy', code: '80146002' }],
  ] as const);
  const at = t.life.recordStart + (t.limit - t.life.recordStart) * (0.2 + 0.75 * random.next());
  const urgent = problem === problems.appendicitis;
  if (!urgent) clinicVisit(t, at - 120 * day, { hospital, specialty, reason: problem, outcome: '2' });
  if (!urgent)
    clinicVisit(t, at - 150 * day, {
      hospital,
      specialty,
      reason: problem,
      status: 'cancelled',
      cancelled: {
        by: random.pick(['person', 'service']),
        reason: random.pick(['Clinic cancelled', 'Not able to come that day']),
      },
    });
  t.note('problems', {
    term: problem,
    onset: at - 160 * day,
    ended: urgent ? at + 30 * day : undefined,
    certainty: 'confirmed',
    tellers: ['emis'],
  });
  admit(t, dayAt(urgent ? at : officeDay(at), 0, urgent ? 22 : 7, 30), {
    hospital,
    specialty,
    reason: problem,
    diagnoses: [{ term: problem, certainty: 'confirmed' }],
    nights: random.int(1, 4),
    emergency: urgent,
    procedures: [{ term: operation, after: 5 * 60 * minute }],
  });
  clinicVisit(t, at + 60 * day, { hospital, specialty, reason: problem, outcome: '1' });
}
