import { londonInstant } from '../../../fhir/partial-date.ts';
import { day, dayAt } from '../clock.ts';
import type { Telling } from '../life.ts';
import { admit } from '../stories/admissions.ts';
import { careWords } from '../stories/care-words.ts';
import { careChain } from '../stories/care.ts';
import { clinicVisit } from '../stories/clinics.ts';
import { communityVisit } from '../stories/community.ts';
import { mentalHealthContact } from '../stories/mental-health.ts';
import { gpVisit, prescribe } from '../stories/surgery.ts';
import { urgentCall } from '../stories/urgent.ts';
import { drugs, problems, reasons } from '../vocabulary.ts';
import { pressuresTable } from './florence-letters.ts';

export function longStanding(t: Telling): void {
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
    clinicVisit(t, now - weeks * 7 * day, {
      hospital: 'RKE',
      specialty: '430',
      reason: reasons.dizziness,
      written: weeks === 20 ? { form: 'page', table: pressuresTable } : undefined,
    });
  for (const months of [5, 11, 17, 30])
    mentalHealthContact(t, now - months * 30 * day, months === 5 ? 'TAF-nurse' : 'TAF-memory');
}

export function earlierCare(t: Telling): void {
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
