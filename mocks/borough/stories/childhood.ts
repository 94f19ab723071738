import { day, dayAt, officeDay } from '../clock.ts';
import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { drugs, problems, reasons } from '../vocabulary.ts';
import { communityVisit } from './community.ts';
import { admit } from './admissions.ts';
import { clinicVisit } from './clinics.ts';
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
