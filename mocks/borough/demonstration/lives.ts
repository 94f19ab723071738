import type { Telling } from '../life.ts';
import type { Random } from '../random.ts';
import type { DeskSystem } from '../staff.ts';
import type { Household, Life } from '../truth.ts';
import { ayesha, ayeshaStory } from './ayesha.ts';
import { baby, babyStory } from './baby.ts';
import {
  amina,
  aminasDecision,
  aminaStory,
  grace,
  gracesDecision,
  graceStory,
  thomas,
  thomasDecision,
  thomasStory,
  type Decision,
} from './choosers.ts';
import { ewa, ewaStory } from './ewa.ts';
import { florence, florenceStory } from './florence.ts';
import { jordan, jordanStory } from './jordan.ts';
import { margaret, margaretStory } from './margaret.ts';
import { firstNamesake, firstNamesakeStory, secondNamesake, secondNamesakeStory } from './namesakes.ts';
import { patrick, patrickStory } from './patrick.ts';
import { demonstrationLife, type Who } from './person.ts';
import { kwame, kwameStory, robin, robinStory, siobhan, siobhanStory } from './quiet.ts';
import { winston, winstonStory } from './winston.ts';

export interface Demonstration {
  who: (now: number) => Who;
  story: (t: Telling) => void;
  why: string;
  systems: DeskSystem[];
  /** What they keep back from the first day on. */
  keepsBack?: Decision;
}

export const demonstrations: Demonstration[] = [
  {
    who: () => florence,
    story: florenceStory,
    why: 'Frail, with social care: a hip fracture eight days ago, help at home since, things still open',
    systems: ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic'],
  },
  {
    who: () => patrick,
    story: patrickStory,
    why: 'Many sources for one stay: out of hours, hospital, council and GP tell of it, and disagree on allergies and the end',
    systems: ['emis', 'system-c', 'adastra', 'liquidlogic'],
  },
  {
    who: () => winston,
    story: winstonStory,
    why: '1,500 encounters over twenty-five years, most of them dialysis, and one stay of sixty days',
    systems: ['emis', 'adastra', 'carecast'],
  },
  {
    who: baby,
    story: babyStory,
    why: 'Newborn, four days old: named Baby in hospital, NHS number not yet traced there',
    systems: ['emis', 'system-c'],
  },
  {
    who: margaret,
    story: margaretStory,
    why: 'Died forty days ago, confirmed by three sources; out of hours was not told',
    systems: ['emis', 'system-c', 'adastra', 'liquidlogic'],
  },
  {
    who: () => firstNamesake,
    story: firstNamesakeStory,
    why: 'One of two people with one name and birthday; in hospital for sixty days with no discharge recorded',
    systems: ['emis', 'carecast'],
  },
  {
    who: () => secondNamesake,
    story: secondNamesakeStory,
    why: 'The other of two people with one name and birthday, at the same practice; allergies never asked about',
    systems: ['emis', 'system-c', 'adastra'],
  },
  {
    who: () => ayesha,
    story: ayeshaStory,
    why: 'Name in Bengali, its Latin form beside it; some systems hold only the Latin one',
    systems: ['emis', 'adastra', 'carecast'],
  },
  {
    who: () => ewa,
    story: ewaStory,
    why: 'Undated and partial dates, an end before its start, missing class, type and reason',
    systems: ['emis', 'system-c', 'liquidlogic'],
  },
  {
    who: () => jordan,
    story: jordanStory,
    why: 'Labelled items among ordinary ones, with letters and results that would leak them: a GP reads what a social worker is told is withheld',
    systems: ['emis', 'system-c', 'adastra', 'carecast'],
  },
  { who: () => robin, story: robinStory, why: 'Nothing at all: registered, never seen', systems: ['emis'] },
  {
    who: () => kwame,
    story: kwameStory,
    why: 'Only future appointments; no known allergies',
    systems: ['emis', 'system-c', 'carecast'],
  },
  {
    who: () => siobhan,
    story: siobhanStory,
    why: 'Ill on both nights the clocks changed',
    systems: ['emis', 'system-c', 'adastra'],
  },
  {
    who: () => amina,
    story: aminaStory,
    why: 'Keeps her mental health from the Whittington, where she works; her GP sees it',
    systems: ['emis', 'system-c'],
    keepsBack: aminasDecision,
  },
  {
    who: () => thomas,
    story: thomasStory,
    why: 'Keeps one hospital clinic from everybody, and its booking and letter with it',
    systems: ['emis', 'carecast'],
    keepsBack: thomasDecision,
  },
  {
    who: () => grace,
    story: graceStory,
    why: 'Opted out wholly: who she is and nothing else, but for an emergency',
    systems: ['emis', 'adastra'],
    keepsBack: gracesDecision,
  },
];

/** The lives of the demonstration people, always the same people, always in the same order. */
export function demonstrationLives(now: number, random: Random): { lives: Life[]; households: Household[] } {
  const told = demonstrations.map(({ who, story }) => demonstrationLife(who(now), now, random, story));
  return { lives: told.map(({ life }) => life), households: told.map(({ household }) => household) };
}
