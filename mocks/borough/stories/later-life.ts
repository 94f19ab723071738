import { day, dayAt, minute } from '../clock.ts';
import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { drugs, problems, reasons } from '../vocabulary.ts';
import { careChain } from './care.ts';
import { careWords } from './care-words.ts';
import { communityVisit } from './community.ts';
import { admit } from './admissions.ts';
import { clinicVisit } from './clinics.ts';
import { mentalHealthContact } from './mental-health.ts';
import { gpVisit, prescribe } from './surgery.ts';

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
