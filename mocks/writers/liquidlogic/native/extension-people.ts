import { date, dateTime } from '../../../borough/clock.ts';
import { organisationOf } from '../../../borough/places.ts';
import type { Warning } from '../../../borough/facts.ts';
import type { Borough, Life, PersonName } from '../../../borough/truth.ts';
import { asAtOf } from '../../pen.ts';
import { eventItem } from './extension-events.ts';
import { knownEvents, personIdOf } from './known-events.ts';

const alertKinds: Partial<Record<Warning['kind'], string>> = {
  risk: 'risk-to-self',
  access: 'access',
  communication: 'communication',
  'special-note': 'other',
};

/** One person's part of the extension; undefined for who is not known to the council. */
export function extensionPerson(life: Life, borough: Borough): object | undefined {
  const events = knownEvents(life, borough);
  if (events.length === 0) return undefined;
  const asAt = asAtOf('liquidlogic', borough.now);
  const known = <T extends { tellers: readonly string[] }>(facts: readonly T[], from: (fact: T) => number): T[] =>
    facts.filter((fact) => fact.tellers.includes('liquidlogic') && from(fact) <= asAt);
  const until = (instant: number | undefined): string | undefined =>
    instant === undefined || instant > asAt ? undefined : date(instant);
  const warnings = known(life.warnings, ({ from }) => from);
  const item = ({ id, text, from, until: end, labels }: Warning) => ({
    id,
    text,
    from: date(from),
    until: until(end),
    labels,
  });
  return {
    personId: personIdOf(life),
    person: personPart(life, borough, asAt),
    alerts: warnings.flatMap((warning) => {
      const kind = alertKinds[warning.kind];
      return kind === undefined ? [] : [{ ...item(warning), kind }];
    }),
    legal: warnings.filter(({ kind }) => kind === 'legal').map((warning) => ({ ...item(warning), kind: 'other' })),
    safeguarding: warnings.filter(({ kind }) => kind === 'safeguarding').map(item),
    teams: known(life.teams, ({ from }) => from).map(({ id, labels, name, from, until: end, members }) => ({
      id,
      labels,
      name,
      from: date(from),
      until: until(end),
      phone: '020 7946 0706',
      members,
    })),
    contacts: contactsOf(life),
    equipment: known(life.equipment, ({ asked }) => asked).map(({ id, labels, name, asked, fitted, note }) => ({
      id,
      labels,
      name,
      asked: dateTime(asked),
      fitted: until(fitted),
      note,
    })),
    supportReasons: life.supportReasons
      .filter(({ from }) => from <= asAt)
      .map(({ id, labels, text, from, until: end }) => ({
        id,
        labels,
        reason: text,
        primary: true,
        from: date(from),
        until: until(end),
      })),
    events: events.map((event) => eventItem(event, asAt)),
  };
}

function personPart({ person }: Life, borough: Borough, asAt: number): object {
  const household = borough.households.find(({ id }) => id === person.household);
  const death = person.death?.confirmedBy.includes('liquidlogic') === true ? person.death.at : Infinity;
  return {
    nhsNumber: person.nhsNumber,
    nhsNumberStatus: person.verification.liquidlogic ?? '01',
    names: (person.namesIn.liquidlogic ?? person.names).map(namePart),
    birthDate: date(person.birth),
    deathDate: death <= asAt ? dateTime(death) : undefined,
    gender: person.gender,
    ethnicity: person.ethnicity,
    language: person.language,
    phones: [person.phone],
    address:
      household === undefined ? undefined : { lines: [household.line], city: 'London', postcode: household.postcode },
    practice: { code: person.practice, name: organisationOf(person.practice).name },
  };
}

function contactsOf({ person: { key, contact } }: Life): object[] {
  if (contact === undefined) return [];
  const { relationship, name, phone } = contact;
  return [{ id: `${key}-contact`, relationship, name: namePart(name), phone }];
}

function namePart({ use, family, given, prefix, language }: PersonName): object {
  return { use, family, given, prefix, language };
}
