import { day, minute } from '../../../borough/clock.ts';
import { organisationOf } from '../../../borough/places.ts';
import { professionalOf } from '../../../borough/professionals.ts';
import type { Household, Person, PersonName } from '../../../borough/truth.ts';
import { habitsOf } from './habits.ts';
import type { Hand } from './hand.ts';
import { hl7Day, hl7Time } from './hl7.ts';
import { components, segment } from './segments.ts';

/** The patient office of a hospital: it holds more of a person than a department copies. */
export interface PatientOffice extends Hand {
  household: Household | undefined;
}

/** When the office has heard of a death, and its system says so. */
export function deathKnown({ hospital, life: { person }, asAt }: Hand): number | undefined {
  const { death } = person;
  if (death === undefined || !death.confirmedBy.includes(habitsOf(hospital).source)) return undefined;
  const known = death.at + 40 * minute;
  return known <= asAt ? known : undefined;
}

/** PID and PD1: everything the hospital holds of who the person is, as at a moment. */
export function personSegments(office: PatientOffice, at: number, mrn: string): string[] {
  const { hospital, household } = office;
  const { person } = office.life;
  const habits = habitsOf(hospital);
  const names = (person.namesIn[habits.source] ?? person.names).filter((name) => canWrite(office, name));
  const known = deathKnown(office);
  const dead = known !== undefined && at >= known ? person.death : undefined;
  const gp = professionalOf(person.usualGp);
  return [
    segment('PID', {
      1: '1',
      3: `${habits.ownNumber(mrn)}~${habits.nhsNumber(person.nhsNumber)}`,
      5: names.map(nameIn).join('~'),
      7: bornOf(person, office),
      8: habits.sex[person.gender],
      11: household === undefined ? '' : addressIn(household),
      13: components(person.phone, 'PRS'),
      15: person.language ?? '',
      22: person.ethnicity,
      29: dead === undefined ? '' : hl7Time(dead.at, hospital),
      30: dead === undefined ? '' : 'Y',
      32: person.verification[habits.source] ?? '01',
    }),
    segment('PD1', {
      3: components(organisationOf(person.practice).name, '', person.practice),
      4: components(gp.sdsUser, gp.name.family, gp.name.given, '', '', gp.name.prefix, '', '', 'SDS'),
    }),
  ];
}

/** A newborn's time of birth is stated; of others nobody keeps it. */
function bornOf(person: Person, { asAt, hospital }: Hand): string {
  return asAt - person.birth < 28 * day ? hl7Time(person.birth, hospital) : hl7Day(person.birth);
}

/** Latin-1 has no other letters: a name in them is not in a system that writes it. */
function canWrite({ hospital }: Hand, { family, given }: PersonName): boolean {
  if (habitsOf(hospital).encoding !== 'latin1') return true;
  const words = [family, ...given].join(' ');
  return Buffer.from(words, 'latin1').toString('latin1') === words;
}

function nameIn({ use, family, given, prefix }: PersonName): string {
  const type = { official: 'L', usual: 'D', maiden: 'M' }[use];
  return components(family, given[0], given.slice(1).join(' '), '', prefix, '', type);
}

function addressIn({ line, postcode }: Household): string {
  return components(line, '', 'London', '', postcode, 'GBR', 'H');
}
