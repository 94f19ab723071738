import { sourceIds, type SourceId } from '../../fhir/sources.ts';
import { hash, type Random } from './random.ts';
import { dayAt } from './clock.ts';
import { nameStocks, streets, type NameStock } from './names.ts';
import { organisationOf, practices } from './places.ts';
import type { Household, Person } from './truth.ts';

/** Adults and children of one home. Children come last. */
const homes: readonly (readonly [readonly ('adult' | 'child' | 'old')[], number])[] = [
  [['adult'], 22],
  [['old'], 16],
  [['adult', 'adult'], 16],
  [['old', 'old'], 10],
  [['adult', 'adult', 'child'], 12],
  [['adult', 'adult', 'child', 'child'], 12],
  [['adult', 'child'], 6],
  [['adult', 'child', 'child'], 3],
  [['old', 'adult'], 3],
];

/** Fills `count` people into homes: who they are, where they live, which practice has them. */
export function makePeople(
  count: number,
  random: Random,
  numbers: Iterator<string>,
  now: number,
): { people: Person[]; households: Household[] } {
  const people: Person[] = [];
  const households: Household[] = [];
  const taken = new Set<string>();
  while (people.length < count) {
    const r = random.fork(`household-${households.length}`);
    const [street, postcode] = r.pick(streets);
    const id = `h${String(households.length + 100).padStart(3, '0')}`;
    const household: Household = { id, line: `${r.int(1, 180)} ${street}`, postcode, members: [] };
    const stock = r.weighted(nameStocks.map((each) => [each, each.share] as const));
    const family = r.pick(stock.family);
    const practice = r.pick(practices).ods;
    for (const age of r.weighted(homes)) {
      if (people.length === count) break;
      const person = makePerson(
        `p${String(people.length + 100).padStart(3, '0')}`,
        age,
        stock,
        family,
        household,
        practice,
        r,
        now,
      );
      const identity = `${person.names[0]?.family} ${person.names[0]?.given.join(' ')} ${dayAt(person.birth, 0, 12)}`;
      // Two people with one name and birthday exist only where the demonstration means it.
      if (taken.has(identity)) continue;
      taken.add(identity);
      person.nhsNumber = nextNumber(numbers);
      household.members.push(person.key);
      people.push(person);
    }
    households.push(household);
  }
  return { people, households };
}

function makePerson(
  key: string,
  age: 'adult' | 'child' | 'old',
  stock: NameStock,
  family: string,
  household: Household,
  practice: string,
  random: Random,
  now: number,
): Person {
  const [low, high] = age === 'child' ? [0, 17] : age === 'old' ? [66, 96] : [19, 65];
  const years = random.int(low, high);
  const birth = dayAt(now, -Math.floor(years * 365.25) - random.int(1, 364), 12, 0);
  const gender = random.chance(0.51) ? 'female' : 'male';
  const given = random.pick(gender === 'female' ? stock.female : stock.male);
  const second = random.chance(0.3) ? [random.pick(gender === 'female' ? stock.female : stock.male)] : [];
  const prefix = age === 'child' ? undefined : gender === 'male' ? 'Mr' : random.pick(['Ms', 'Mrs', 'Miss']);
  const phone = `07700 900${String(random.int(0, 999)).padStart(3, '0')}`;
  return {
    key,
    nhsNumber: '',
    names: [{ use: 'official', family, given: [given, ...second.filter((name) => name !== given)], prefix }],
    gender,
    birth,
    ethnicity: stock.ethnicity,
    phone,
    contact:
      age === 'old'
        ? {
            relationship: random.pick(['Daughter', 'Son', 'Neighbour', 'Niece']),
            name: { use: 'usual', family, given: [random.pick(stock.female)] },
            phone: `07700 900${String(random.int(0, 999)).padStart(3, '0')}`,
          }
        : undefined,
    household: household.id,
    practice,
    usualGp: `${practice}-gp${random.int(1, 3)}`,
    localNumbers: localNumbers(key, practice),
    verification: random.chance(0.12) ? { adastra: '02' } : {},
    namesIn: {},
  };
}

/** The number a person goes by in each system, prefixed by the organisation's ODS code as Interweave asks. */
export function localNumbers(key: string, practice: string): Record<SourceId, string> {
  const owner: Record<SourceId, string> = {
    emis: organisationOf(practice).ods,
    'system-c': 'RKE',
    adastra: 'XLCW1',
    carecast: 'RRV',
    liquidlogic: '706',
    patient: 'shared',
  };
  const number = (source: SourceId): string =>
    String(100_000 + (hash(`${source}/${key}`) % 9) * 100_000 + Number(key.slice(1)) * 61);
  return Object.fromEntries(sourceIds.map((source) => [source, `${owner[source]}-${number(source)}`])) as Record<
    SourceId,
    string
  >;
}

/** The hospital this person goes to first: the nearer one by postcode. */
export function usualHospital(household: Household): 'RKE' | 'RRV' {
  return /^(N1 |EC)/.test(household.postcode) ? 'RRV' : 'RKE';
}

/** When this person's GP record begins: some have always lived here, some came lately. */
export function recordStartOf(person: Person, random: Random, now: number): number {
  const years = random.weighted([
    [4, 2],
    [8, 3],
    [12, 3],
    [16, 2],
  ] as const);
  const start = dayAt(now, -Math.floor(years * 365.25) + random.int(-150, 150), 9, 0);
  return Math.max(start, person.birth);
}

export function nextNumber(numbers: Iterator<string>): string {
  const { value, done } = numbers.next();
  if (done === true) throw new Error('No test NHS numbers are left');
  return value;
}
