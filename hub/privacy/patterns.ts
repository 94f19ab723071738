import { normaliseName } from '../people/names.ts';

// What a privacy officer should look at. A pattern is a question, not a finding: most have a good answer.

/** What one user did about one person in one hour. */
export interface Look {
  /** ISO 8601 UTC: when it began. */
  at: string;
  user: { id: string; name: string; role: string; organisation: string };
  patient: string;
  /** `FAMILY, Given (Title)`; empty where none is known. */
  personName: string;
  /** Source id of the launching system, or `intranet`. */
  from: string;
  /** Whether a ground to look stood. */
  grounded: boolean;
  brokeGlass: boolean;
}

export type PatternName =
  | 'own-name'
  | 'same-family-name'
  | 'many-people'
  | 'no-ground'
  | 'out-of-hours'
  | 'broken-glass';

/** One thing to look at. */
export interface Pattern {
  name: PatternName;
  user: Look['user'];
  words: string;
  /** Hub's Patient ids, each once, in the order they were looked at. */
  people: string[];
  /** ISO 8601 UTC. */
  first: string;
  last: string;
}

/** From how many on: people within an hour, people without a ground on a day, broken glass on a day. */
export const limits = { peopleAnHour: 30, withoutGroundADay: 3, brokenGlassADay: 4 } as const;

/** Systems whose users work by day; hospitals and out-of-hours services do not. */
const byDay = new Set(['emis', 'liquidlogic', 'intranet']);
const dayBegins = 6;
const dayEnds = 22;

/** Every rule over the looks of some days, those of one user together, the newest first. */
export function oddPatterns(looks: readonly Look[]): Pattern[] {
  const staff = looks.filter(({ user }) => user.role !== 'person' && user.role !== 'service');
  const byUser = Map.groupBy(staff, ({ user }) => `${user.organisation}|${user.id}`);
  const found = [...byUser.values()].flatMap((all) => {
    const inOrder = all.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    return rules.flatMap((rule) => rule(inOrder));
  });
  return found.toSorted((a, b) => (a.last > b.last ? -1 : a.last < b.last ? 1 : 0));
}

type Rule = (looks: readonly Look[]) => Pattern[];

const rules: readonly Rule[] = [ownName, sameFamilyName, manyPeople, withoutGround, outOfHours, brokenGlass];

/** The reader and the person have one name: it may be their own record. */
export function ownName(looks: readonly Look[]): Pattern[] {
  return pattern(
    'own-name',
    looks.filter((look) => likeness(look) === 'name'),
    () => 'A person of the reader’s own name',
  );
}

/** The reader and the person share a family name: it may be a relative's. */
export function sameFamilyName(looks: readonly Look[]): Pattern[] {
  return pattern(
    'same-family-name',
    looks.filter((look) => likeness(look) === 'family'),
    () => 'A person of the reader’s family name',
  );
}

function likeness({ user, personName }: Look): 'name' | 'family' | undefined {
  const [family = '', rest = ''] = personName.split(',');
  const [theirs, given] = [normaliseName(family), normaliseName(rest.trim().split(/[\s(]/)[0] ?? '')];
  // As staff are named: `Dr Fatima Pryce`, and a family name may be of several words.
  const words = user.name.split(/\s+/).filter((word) => word !== '');
  const ends = words.map((_word, place) => normaliseName(words.slice(place).join(' ')));
  const place = ends.indexOf(theirs);
  if (theirs === '' || place <= 0) return undefined;
  return given !== '' && words.slice(0, place).some((word) => normaliseName(word) === given) ? 'name' : 'family';
}

/** More people within an hour than care takes. */
export function manyPeople(looks: readonly Look[]): Pattern[] {
  let begin = 0;
  let most: Look[] = [];
  for (const [place, { at }] of looks.entries()) {
    while (Date.parse(at) - Date.parse(looks[begin]?.at ?? at) >= 3_600_000) begin += 1;
    const within = looks.slice(begin, place + 1);
    if (peopleOf(within).length > peopleOf(most).length) most = within;
  }
  const enough = peopleOf(most).length >= limits.peopleAnHour;
  return pattern('many-people', enough ? most : [], (people) => `${people} people within an hour`);
}

/** Several people on one day without a ground to look at any of them. */
export function withoutGround(looks: readonly Look[]): Pattern[] {
  return byDate(looks.filter(({ grounded }) => !grounded)).flatMap((day) =>
    pattern(
      'no-ground',
      peopleOf(day).length >= limits.withoutGroundADay ? day : [],
      (people) => `${people} people without a ground`,
    ),
  );
}

/** At night, from a system whose users work by day (London). */
export function outOfHours(looks: readonly Look[]): Pattern[] {
  const odd = looks.filter(({ at, from }) => byDay.has(from) && (hourOf(at) < dayBegins || hourOf(at) >= dayEnds));
  return byDate(odd).flatMap((day) =>
    pattern('out-of-hours', day, (people) => `${people} ${people === 1 ? 'person' : 'people'} at night`),
  );
}

/** The last resort more often on one day than last resorts come. */
export function brokenGlass(looks: readonly Look[]): Pattern[] {
  return byDate(looks.filter((look) => look.brokeGlass)).flatMap((day) =>
    pattern(
      'broken-glass',
      day.length >= limits.brokenGlassADay ? day : [],
      () => `Broke the glass ${day.length} times in a day`,
    ),
  );
}

function pattern(name: PatternName, looks: readonly Look[], words: (people: number) => string): Pattern[] {
  const [first] = looks;
  const last = looks.at(-1);
  if (first === undefined || last === undefined) return [];
  const people = peopleOf(looks);
  return [{ name, user: last.user, words: words(people.length), people, first: first.at, last: last.at }];
}

function peopleOf(looks: readonly Look[]): string[] {
  return [...new Set(looks.map(({ patient }) => patient))];
}

function byDate(looks: readonly Look[]): Look[][] {
  return [...Map.groupBy(looks, ({ at }) => dates.format(new Date(at))).values()];
}

const dates = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });
const hours = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });

function hourOf(iso: string): number {
  return Number(hours.format(new Date(iso)));
}
