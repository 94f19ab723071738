import { day } from './clock.ts';
import { demonstrationLives } from './demonstration/lives.ts';
import { emptyLife, tellingOf } from './life.ts';
import { testNhsNumbers } from './nhs-numbers.ts';
import { makePeople, nextNumber, recordStartOf, usualHospital } from './people.ts';
import { makeRandom, type Random } from './random.ts';
import { settle } from './settle.ts';
import { childhood } from './stories/childhood.ts';
import { fall, memory } from './stories/later-life.ts';
import { plannedSurgery } from './stories/planned-surgery.ts';
import { pregnancy } from './stories/pregnancy.ts';
import { usualAllergies } from './stories/allergies.ts';
import { everyday } from './stories/everyday.ts';
import { diabetes, heart, lungs } from './stories/illnesses.ts';
import { lowMood } from './stories/mental-health.ts';
import type { Borough, Household, Life, Person } from './truth.ts';
import { ageAt } from './clock.ts';

/** How big a borough to make, from which seed, as at which instant. */
export interface BoroughSize {
  /** People in all, the demonstration people among them (they are always there). */
  people: number;
  seed: number;
  now: Date;
}

/** Numbers of the test range kept for demonstration people, so that theirs never depend on the borough's size. */
const keptForDemonstration = 40;

/**
 * What happened in the borough: the same people and the same events for the same seed, size and instant. Writers
 * (mocks/writers) tell it afterwards as each system would.
 */
export function makeBorough({ people: count, seed, now: nowDate }: BoroughSize): Borough {
  const now = Math.floor(nowDate.getTime() / 60_000) * 60_000;
  const random = makeRandom(seed);
  const shown = demonstrationLives(now, random);
  const numbers = testNhsNumbers();
  for (let skipped = 0; skipped < keptForDemonstration; skipped += 1) nextNumber(numbers);
  const { people, households } = makePeople(Math.max(0, count - shown.lives.length), random, numbers, now);
  const homes = new Map(households.map((household) => [household.id, household]));
  const lives = people.map((person) => ordinaryLife(person, homes.get(person.household), random.fork(person.key), now));
  return { now, seed, households: [...shown.households, ...households], lives: [...shown.lives, ...lives] };
}

function ordinaryLife(person: Person, household: Household | undefined, random: Random, now: number): Life {
  const life = emptyLife(person, recordStartOf(person, random, now));
  const age = ageAt(person.birth, now);
  if (age > 78 && random.chance(0.12)) {
    person.death = {
      at: now - random.int(10, 500) * day - random.int(0, 1000) * 60_000,
      confirmedBy: ['emis', 'system-c', 'carecast'],
    };
  }
  const t = tellingOf(life, random, now);
  const hospital = household === undefined ? 'RKE' : usualHospital(household);
  everyday(t, hospital);
  usualAllergies(t);
  if (age < 7) childhood(t, hospital);
  if (age > 45 && random.chance(0.13)) lungs(t, hospital);
  if (age > 35 && random.chance(age > 60 ? 0.2 : 0.1)) diabetes(t, hospital);
  if (age > 40 && random.chance(age > 60 ? 0.45 : 0.2)) heart(t, hospital);
  if (age > 15 && random.chance(0.17)) lowMood(t);
  if (age > 18 && age < 44 && person.gender === 'female' && random.chance(0.3)) pregnancy(t, hospital);
  if (age > 74 && random.chance(0.3)) fall(t, hospital);
  if (age > 76 && random.chance(0.3)) memory(t);
  if (age > 12 && random.chance(0.18)) plannedSurgery(t, hospital);
  settle(life, now);
  return life;
}
