import type { Telling } from '../life.ts';
import type { Term } from '../facts.ts';
import { day, dayAt } from '../clock.ts';
import { drugs, reasons, tests, type Drug } from '../vocabulary.ts';
import { bloodTest, gpVisit } from './surgery.ts';
import { emergencyVisit } from './hospital.ts';
import { urgentCall } from './urgent.ts';
import type { Hospital } from '../happenings.ts';

/** Contacts with a GP practice a year, by age: the shape general practice sees, rounded. */
function contactsAYear(age: number): number {
  if (age < 5) return 4.5;
  if (age < 18) return 1.5;
  if (age < 50) return 2.6;
  return age < 70 ? 3.6 : 5.5;
}

type Complaint = readonly [Term, number, Drug?];

const childish: readonly Complaint[] = [
  [reasons.fever, 4],
  [reasons.cough, 4],
  [reasons.earache, 3, drugs.amoxicillin],
  [reasons.rash, 3, drugs.hydrocortisone],
  [reasons.vomiting, 2],
  [reasons.soreThroat, 2],
];

const grown: readonly Complaint[] = [
  [reasons.backPain, 4, drugs.naproxen],
  [reasons.cold, 4],
  [reasons.cough, 3],
  [reasons.tired, 3],
  [reasons.headache, 2, drugs.paracetamol],
  [reasons.abdominalPain, 2],
  [reasons.rash, 2, drugs.hydrocortisone],
  [reasons.urinary, 2, drugs.nitrofurantoin],
  [reasons.skin, 1],
  [reasons.insomnia, 1],
  [reasons.forms, 2],
];

const older: readonly Complaint[] = [
  ...grown,
  [reasons.kneePain, 4, drugs.codeine],
  [reasons.dizziness, 3],
  [reasons.chestInfection, 3, drugs.doxycycline],
  [reasons.medication, 5],
  [reasons.bloods, 4],
];

/** What everybody has: coughs, backs, rashes, a test now and then, a bad night. */
export function everyday(t: Telling, hospital: Hospital, busy = 1): void {
  practiceLife(t, hospital, busy);
  badNights(t, hospital);
}

/** Only what happens at the practice, for who is known to no other service. `laboratory` does the tests. */
export function practiceLife(t: Telling, laboratory: Hospital, busy = 1): void {
  const { random } = t;
  let at = t.life.recordStart + random.int(5, 200) * day;
  while (at < t.limit) {
    const age = t.ageAt(at);
    const [reason, , drug] = random.weighted(
      (age < 16 ? childish : age < 60 ? grown : older).map((each) => [each, each[1]] as const),
    );
    const mode =
      reason === reasons.bloods
        ? 'nurse'
        : random.weighted([
            ['surgery', 6],
            ['phone', 3],
            ['nurse', 1],
            ['video', 0.3],
            ['online', 0.5],
          ] as const);
    const id = gpVisit(t, at, {
      reason,
      mode,
      outcome: random.pick(['Advice given', 'Review if no better', 'Follow up in two weeks', undefined]),
      drug: drug !== undefined && random.chance(0.55) ? drug : undefined,
      vital:
        age > 40 && mode !== 'phone' && random.chance(0.5)
          ? { type: 'blood-pressure', values: [random.int(112, 158), random.int(64, 94)] }
          : undefined,
    });
    if (reason === reasons.bloods) routineBloods(t, at, id, laboratory);
    at += (365 / (contactsAYear(age) * busy)) * day * (0.3 + 1.4 * random.next());
  }
}

function routineBloods(t: Telling, around: number, at: string | undefined, laboratory: Hospital): void {
  const { random } = t;
  bloodTest(
    t,
    dayAt(around, 1, 9, 30),
    random.chance(0.5) ? 'Full blood count' : 'Kidney function',
    random.chance(0.5)
      ? [[tests.haemoglobin, random.int(102, 158)]]
      : [
          [tests.sodium, random.int(131, 146)],
          [tests.potassium, 3.4 + random.next() * 2],
          [tests.creatinine, random.int(55, 130)],
          [tests.egfr, random.int(42, 95)],
        ],
    { at, laboratory, unflagged: random.chance(0.15), status: random.chance(0.06) ? 'preliminary' : 'final' },
  );
}

/** Calls to 111, out-of-hours visits and the emergency department, some years. */
function badNights(t: Telling, hospital: Hospital): void {
  const { random } = t;
  for (let year = t.life.recordStart; year < t.limit; year += 365 * day) {
    const age = t.ageAt(year);
    const young = age < 6;
    if (random.chance(young ? 0.4 : age > 75 ? 0.35 : 0.14)) {
      const at = dayAt(year, random.int(1, 364), random.pick([19, 20, 21, 22, 23, 1, 2, 3]), random.int(0, 59));
      const reason = random.pick(
        young
          ? [reasons.fever, reasons.rash, reasons.vomiting]
          : [reasons.abdominalPain, reasons.chestPain, reasons.urinary, reasons.backPain],
      );
      urgentCall(t, at, {
        reason,
        advice: random.pick([
          'Advised to see GP within 24 hours',
          'Self-care advice given',
          'Out-of-hours appointment arranged',
        ]),
        visit: random.chance(0.5)
          ? {
              place: random.chance(0.8) ? 'base' : 'home',
              after: random.int(50, 200),
              outcome: random.pick([
                'Medicine given, GP to follow up',
                'Reassured, no medicine needed',
                'Advised to see GP on Monday',
              ]),
            }
          : undefined,
      });
    }
    if (random.chance(young ? 0.3 : age > 75 ? 0.22 : 0.12)) {
      const at = dayAt(year, random.int(1, 364), random.int(0, 23), random.int(0, 59));
      const [reason, found] = random.pick([
        [reasons.headInjury, undefined],
        [reasons.wristInjury, { text: 'Fracture of wrist', code: '263102004' }],
        [reasons.chestPain, { text: 'Musculoskeletal chest pain' }],
        [reasons.abdominalPain, undefined],
      ] as const);
      emergencyVisit(t, at, hospital, reason, {
        diagnosis:
          found === undefined ? undefined : { term: found, certainty: random.chance(0.8) ? 'confirmed' : 'suspected' },
        outcome: random.chance(0.06) ? 'left' : 'home',
      });
    }
  }
}
