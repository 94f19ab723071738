import type { DeskSystem } from '../staff.ts';
import type { Random } from '../random.ts';
import type { Telling } from '../life.ts';
import type { Household, Life } from '../truth.ts';
import { florence, florenceStory } from './florence.ts';
import { demonstrationLife, type Who } from './person.ts';

export interface Demonstration {
  who(now: number): Who;
  story(t: Telling): void;
  why: string;
  systems: DeskSystem[];
}

export const demonstrations: Demonstration[] = [
  {
    who: () => florence,
    story: florenceStory,
    why: 'Frail, with social care: a hip fracture this month, help at home since, things still open',
    systems: ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic'],
  },
];

/** The lives of the demonstration people, always the same people, always in the same order. */
export function demonstrationLives(now: number, random: Random): { lives: Life[]; households: Household[] } {
  const told = demonstrations.map(({ who, story }) => demonstrationLife(who(now), now, random, story));
  return { lives: told.map(({ life }) => life), households: told.map(({ household }) => household) };
}
