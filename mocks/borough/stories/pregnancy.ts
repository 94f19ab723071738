import { day, dayAt, minute } from '../clock.ts';
import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { drugs, problems } from '../vocabulary.ts';
import { communityVisit } from './community.ts';
import { admit } from './admissions.ts';
import { clinicVisit } from './clinics.ts';
import { gpVisit } from './surgery.ts';

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
