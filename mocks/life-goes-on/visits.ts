import { minute } from '../borough/clock.ts';
import type { Diagnosis, Emergency, Hospital } from '../borough/happenings.ts';
import type { Random } from '../borough/random.ts';
import type { Borough, Life } from '../borough/truth.ts';
import { adtMessages } from '../writers/hospital/native/adt.ts';
import { handFor } from '../writers/hospital/native/hand.ts';
import type { NativeMessage } from '../writers/native.ts';

/** What brings people to an emergency department, and what it turns out to be. */
const presentations: readonly (readonly [string, string])[] = [
  ['Fall at home', 'Sprained wrist'],
  ['Chest pain', 'Musculoskeletal chest pain'],
  ['Shortness of breath', 'Chest infection'],
  ['Cut to hand', 'Laceration of hand, closed with stitches'],
  ['Abdominal pain', 'Constipation'],
  ['Dizziness', 'Postural hypotension'],
];

const clinicians: Record<Hospital, string> = { RKE: 'RKE-ed2', RRV: 'RRV-ed2' };

/** Visits to the emergency departments that go on happening while the demonstration runs. */
export class OngoingVisits {
  readonly #borough: Borough;
  readonly #random: Random;
  readonly #open: { life: Life; visit: Emergency }[] = [];
  readonly #sent = new Set<string>();
  #count = 0;

  constructor(borough: Borough, random: Random) {
    this.#borough = borough;
    this.#random = random;
  }

  /** What the hospitals send next: somebody comes, or goes. Epoch milliseconds. */
  next(now: number): NativeMessage[] {
    const [first] = this.#open;
    if (first !== undefined && (this.#open.length > 2 || this.#random.chance(0.4))) {
      this.#open.shift();
      first.visit.end = now - minute;
      return this.#tell(first, now);
    }
    const come = this.#come(now);
    if (come === undefined) return [];
    this.#open.push(come);
    return this.#tell(come, now);
  }

  #come(now: number): { life: Life; visit: Emergency } | undefined {
    const hospital = this.#random.pick<Hospital>(['RKE', 'RRV']);
    const here = this.#borough.lives.filter(
      (life) => life.person.death === undefined && handFor(hospital, life, this.#borough) !== undefined,
    );
    const free = here.filter(({ person }) => !this.#open.some(({ life }) => life.person.key === person.key));
    if (free.length === 0) return undefined;
    const life = this.#random.pick(free);
    const [reason, found] = this.#random.pick(presentations);
    this.#count += 1;
    const number = `${Math.floor(now / 1000)}${this.#count}`;
    const diagnosis: Diagnosis = { term: { text: found }, certainty: 'confirmed' };
    const visit: Emergency = {
      kind: 'emergency',
      id: `${life.person.key}-today-${number}`,
      start: now - 4 * minute,
      hospital,
      visitNumber: number,
      staff: clinicians[hospital],
      arrival: 'walk-in',
      reason: { text: reason },
      diagnosis,
      outcome: 'home',
    };
    return { life, visit };
  }

  /** What this visit adds to what was sent of it before. */
  #tell({ life, visit }: { life: Life; visit: Emergency }, now: number): NativeMessage[] {
    const today: Life = { ...life, happenings: [visit], allergies: [] };
    const hand = handFor(visit.hospital, today, { ...this.#borough, now: now + 10 * minute });
    if (hand === undefined) return [];
    const household = this.#borough.households.find(({ id }) => id === life.person.household);
    return adtMessages({ ...hand, household }).filter(({ label }) => {
      const isNew = !this.#sent.has(label);
      this.#sent.add(label);
      return isNew;
    });
  }
}
