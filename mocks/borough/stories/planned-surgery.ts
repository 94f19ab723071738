import { day, dayAt, minute, officeDay } from '../clock.ts';
import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { problems } from '../vocabulary.ts';
import { admit } from './admissions.ts';
import { clinicVisit } from './clinics.ts';

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
