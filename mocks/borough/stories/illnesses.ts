import { day, dayAt } from '../clock.ts';
import type { Hospital } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { drugs, problems, reasons, tests } from '../vocabulary.ts';
import { admit } from './admissions.ts';
import { clinicVisit } from './clinics.ts';
import { homeReading } from './home-readings.ts';
import { bloodTest, gpVisit, prescribe } from './surgery.ts';

/** Every `months` months from `from` until the limit. */
function* every(t: Telling, from: number, months: number): Generator<number> {
  for (let at = from; at < t.limit; at += months * 30.4 * day * (0.85 + 0.3 * t.random.next())) yield at;
}

export function found(t: Telling, onset: number, term: (typeof problems)[keyof typeof problems], at?: string): void {
  t.note('problems', { term, onset, certainty: 'confirmed', at, tellers: ['emis'] });
}

export function lungs(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const onset = Math.max(t.life.recordStart, t.limit - random.int(3, 12) * 365 * day);
  found(t, onset, problems.copd, gpVisit(t, onset, { reason: reasons.breathless, outcome: 'COPD diagnosed' }));
  prescribe(t, onset, drugs.tiotropium, { repeat: true });
  prescribe(t, onset, drugs.salbutamol, { repeat: true });
  for (const at of every(t, onset + 90 * day, 7)) {
    gpVisit(t, at, {
      reason: problems.copdFlare,
      drug: drugs.prednisolone,
      vital: { type: 'oxygen', values: [random.int(89, 96)] },
    });
    if (random.chance(0.22)) {
      admit(t, dayAt(at, 4, random.int(0, 23), random.int(0, 59)), {
        hospital,
        specialty: '340',
        reason: reasons.breathless,
        diagnoses: [{ term: problems.copdFlare, certainty: 'confirmed' }],
        nights: random.int(2, 9),
        emergency: true,
      });
    }
    if (random.chance(0.4))
      clinicVisit(t, at + 50 * day, {
        hospital,
        specialty: '340',
        reason: problems.copd,
        status: random.chance(0.12) ? 'missed' : 'kept',
      });
  }
  clinicVisit(t, t.now + random.int(10, 80) * day, { hospital, specialty: '340', reason: problems.copd });
}

export function diabetes(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const onset = Math.max(t.life.recordStart, t.limit - random.int(2, 15) * 365 * day);
  found(t, onset, problems.diabetes, gpVisit(t, onset, { reason: reasons.tired, outcome: 'Diabetes diagnosed' }));
  prescribe(t, onset, drugs.metformin, { repeat: true });
  prescribe(t, onset, drugs.atorvastatin, { repeat: true });
  for (const at of every(t, onset + 60 * day, 8)) {
    const visit = gpVisit(t, at, {
      reason: { text: 'Diabetes review', code: '170777000' },
      mode: 'nurse',
      vital: { type: 'weight', values: [random.int(62, 118)] },
    });
    bloodTest(t, dayAt(at, -5, 8, 40), 'HbA1c', [[tests.hba1c, random.int(44, 88)]], { at: visit });
    if (random.chance(0.2))
      clinicVisit(t, at + 30 * day, {
        hospital,
        specialty: '302',
        reason: problems.diabetes,
        channel: random.pick(['In-person', 'Telephone', 'Video']),
      });
  }
  if (random.chance(0.5)) {
    for (let week = 1; week < 14; week += 1)
      homeReading(t, t.now - week * 6 * day, 'glucose', [random.int(50, 130) / 10]);
  }
}

export function heart(t: Telling, hospital: Hospital): void {
  const { random } = t;
  const onset = Math.max(t.life.recordStart, t.limit - random.int(2, 14) * 365 * day);
  found(
    t,
    onset,
    problems.hypertension,
    gpVisit(t, onset, {
      reason: { text: 'Raised blood pressure' },
      vital: { type: 'blood-pressure', values: [random.int(158, 188), random.int(92, 108)] },
    }),
  );
  prescribe(t, onset, drugs.amlodipine, { repeat: true });
  if (random.chance(0.5)) prescribe(t, onset + 100 * day, drugs.ramipril, { repeat: true });
  for (const at of every(t, onset + 40 * day, 9)) {
    gpVisit(t, at, {
      reason: { text: 'Blood pressure check' },
      mode: 'nurse',
      vital: { type: 'blood-pressure', values: [random.int(118, 166), random.int(68, 96)] },
    });
  }
  if (random.chance(0.4))
    for (let week = 1; week < 16; week += 1)
      homeReading(t, t.now - week * 5 * day, 'blood-pressure', [random.int(122, 162), random.int(70, 96)]);
  if (t.ageAt(t.limit) > 60 && random.chance(0.3)) {
    const at = onset + (t.limit - onset) * random.next();
    found(t, at, problems.atrialFibrillation);
    prescribe(t, at, drugs.apixaban, { repeat: true });
    prescribe(t, at, drugs.bisoprolol, { repeat: true });
    clinicVisit(t, at + 45 * day, { hospital, specialty: '320', reason: problems.atrialFibrillation });
    clinicVisit(t, t.now + random.int(5, 90) * day, {
      hospital,
      specialty: '320',
      reason: problems.atrialFibrillation,
    });
    if (random.chance(0.4)) {
      admit(t, dayAt(at, 3, 5, 20), {
        hospital,
        specialty: '320',
        reason: reasons.breathless,
        diagnoses: [{ term: problems.heartFailure, certainty: random.chance(0.7) ? 'confirmed' : 'suspected' }],
        nights: random.int(3, 11),
        emergency: true,
      });
    }
  }
}
