import { date } from './clock.ts';
import type { Decision } from './demonstration/choosers.ts';
import { demonstrations } from './demonstration/lives.ts';
import { numberOf } from './demonstration/person.ts';
import type { DeskSystem } from './staff.ts';

/** A demonstration person as the desks list them. */
export interface DemonstrationPerson {
  /** Ten bare digits. */
  nhsNumber: string;
  /** `ADEYEMI, Florence (Mrs)`. */
  name: string;
  family: string;
  /** ISO 8601. */
  birthDate: string;
  /** What this person is there to show. */
  why: string;
  /** The desks with a relationship: their systems hold a record of this person. */
  systems: DeskSystem[];
}

/** The fifteen reasons, sixteen people (one reason is two people alike). Always the same people, whatever the instant. */
export function demonstrationPeople(now: Date): DemonstrationPerson[] {
  return demonstrations.map(({ who, why, systems }) => {
    const { slot, name, birth } = who(now.getTime());
    const title = name.prefix === undefined ? '' : ` (${name.prefix})`;
    return {
      nhsNumber: numberOf(slot),
      name: `${name.family.toUpperCase()}, ${name.given.join(' ')}${title}`,
      family: name.family,
      birthDate: date(birth),
      why,
      systems,
    };
  });
}

/** Who of them keeps what back, by NHS number, before anybody has looked. */
export function demonstrationDecisions(now: Date): { nhsNumber: string; decision: Decision }[] {
  return demonstrations.flatMap(({ who, keepsBack }) =>
    keepsBack === undefined ? [] : [{ nhsNumber: numberOf(who(now.getTime()).slot), decision: keepsBack }],
  );
}
