import type { Random } from './random.ts';
import type { Happening } from './happenings.ts';
import type { Life, Person } from './truth.ts';
import { ageAt } from './clock.ts';

/** What the lists of a life hold. */
type Lists = {
  [K in keyof Life as Life[K] extends { id: string }[] ? K : never]: Life[K] extends (infer Item)[] ? Item : never;
};

/** An event before it has its id, kind by kind. */
type Unnamed<T> = T extends unknown ? Omit<T, 'id'> : never;

/** A life being told. Stories add to it; `settle` afterwards cuts what lies before birth, after death or in the future. */
export interface Telling {
  life: Life;
  person: Person;
  random: Random;
  now: number;
  /** The end of what can have happened: now, or death. */
  limit: number;
  /** An id nobody else in the borough has. */
  id(kind: string): string;
  /** A number as hospitals and services give one to each visit, call or case. */
  number(): string;
  ageAt(instant: number): number;
  /** Adds an event and answers its id. */
  tell(happening: Unnamed<Happening>): string;
  /** Adds a fact and answers its id. */
  note<K extends keyof Lists>(list: K, fact: Omit<Lists[K], 'id'>): string;
}

export function emptyLife(person: Person, recordStart: number): Life {
  return {
    person,
    recordStart,
    happenings: [],
    problems: [],
    medicines: [],
    allergies: [],
    reports: [],
    vitals: [],
    warnings: [],
    plans: [],
    teams: [],
    immunisations: [],
    equipment: [],
    supportReasons: [],
    listWarnings: [],
  };
}

export function tellingOf(life: Life, random: Random, now: number): Telling {
  let count = 0;
  const id = (kind: string): string => {
    count += 1;
    return `${life.person.key}-${kind}-${count}`;
  };
  const place = Number(life.person.key.slice(1));
  return {
    life,
    person: life.person,
    random,
    now,
    limit: Math.min(now, life.person.death?.at ?? Infinity),
    id,
    number: () => {
      count += 1;
      return `${place}${String(count).padStart(5, '0')}`;
    },
    ageAt: (instant) => ageAt(life.person.birth, instant),
    tell: (happening) => {
      const told: Happening = { ...happening, id: id(happening.kind) };
      life.happenings.push(told);
      return told.id;
    },
    note: (list, fact) => {
      const noted = { ...fact, id: id(list) };
      (life[list] as { id: string }[]).push(noted);
      return noted.id;
    },
  };
}
