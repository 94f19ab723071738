import { z } from 'zod';
import { desks } from './addresses.ts';

const people = z.array(
  z.object({ nhsNumber: z.string(), name: z.string(), why: z.string(), systems: z.array(z.string()) }),
);
export type Person = z.infer<typeof people>[number];

/** The demonstration people, as the desks list them. */
export async function allPeople(): Promise<Person[]> {
  return people.parse(await (await fetch(`${desks}/people.json`)).json());
}

/** The first one whose reason holds `words`; fails when there is none, so that no test runs on nobody. */
export async function personWith(words: string | RegExp): Promise<Person> {
  const found = (await allPeople()).find(
    (person) => person.why.match(words) !== null || person.name.match(words) !== null,
  );
  if (found === undefined) throw new Error(`no demonstration person is there for ${String(words)}`);
  return found;
}

/** Two different people of one system's desk. */
export async function twoPeopleOf(system: string): Promise<[Person, Person]> {
  const [first, second] = (await allPeople()).filter((person) => person.systems.includes(system));
  if (first === undefined || second === undefined) throw new Error(`fewer than two people at ${system}`);
  return [first, second];
}
