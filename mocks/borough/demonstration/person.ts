import type { Household, Life, Person, PersonName } from '../truth.ts';
import type { Random } from '../random.ts';
import { emptyLife, tellingOf, type Telling } from '../life.ts';
import { testNhsNumbers } from '../nhs-numbers.ts';
import { localNumbers } from '../people.ts';
import { settle } from '../settle.ts';

/** Who a demonstration person is; the rest is told by their story. */
export interface Who {
  /** 1 to 40: decides key, NHS number and local numbers, for good. */
  slot: number;
  name: { family: string; given: string[]; prefix?: string };
  otherNames?: PersonName[];
  /** BCP 47, where the official name is not in Latin letters. */
  nameLanguage?: string;
  gender: Person['gender'];
  birth: number;
  ethnicity: string;
  language?: string;
  practice?: string;
  home: { line: string; postcode: string };
  contact?: Person['contact'];
  death?: Person['death'];
  verification?: Person['verification'];
  namesIn?: Person['namesIn'];
  /** The GP record holds nothing before this. */
  recordStart: number;
}

/** A hand-shaped life. Stories are told in order; `settle` cuts what cannot be. */
export function demonstrationLife(
  who: Who,
  now: number,
  random: Random,
  story: (t: Telling) => void,
): { life: Life; household: Household } {
  const key = `p${String(who.slot).padStart(3, '0')}`;
  const practice = who.practice ?? 'F83063';
  const household = { id: `h${String(who.slot).padStart(3, '0')}`, ...who.home, members: [key] };
  const person: Person = {
    key,
    nhsNumber: numberOf(who.slot),
    names: [{ use: 'official', ...who.name, language: who.nameLanguage }, ...(who.otherNames ?? [])],
    gender: who.gender,
    birth: who.birth,
    death: who.death,
    ethnicity: who.ethnicity,
    language: who.language,
    phone: `07700 900${String(who.slot).padStart(3, '0')}`,
    contact: who.contact,
    household: household.id,
    practice,
    usualGp: `${practice}-gp1`,
    localNumbers: localNumbers(key, practice),
    verification: who.verification ?? {},
    namesIn: who.namesIn ?? {},
  };
  const life = emptyLife(person, who.recordStart);
  story(tellingOf(life, random.fork(key), now));
  settle(life, now);
  return { life, household };
}

/** The NHS number of a slot: the slot-th of the test range. */
export function numberOf(slot: number): string {
  let place = 0;
  for (const number of testNhsNumbers()) {
    place += 1;
    if (place === slot) return number;
  }
  throw new Error(`No test NHS number for slot ${slot}`);
}
