import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { findById, findByLocalId, findByNhsNumber, mayOpenByNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';
import type { PatientQuestion } from './launch-request.ts';

/** Whom a launch is for, or why it is for nobody. */
export type PatientAnswer = { id: string } | { refusal: 'invalid' | 'not-found' | 'ambiguous' | 'unconfirmed' };

/**
 * Exactly one person, or a refusal: a launch never picks one of several and never rests on a near match or a doubtful number.
 * Whoever is only claimed to have a number, by another source that did not confirm it, does not stand in the way of the one who has it.
 */
export async function resolvePatient(sql: Sql, source: string, question: PatientQuestion): Promise<PatientAnswer> {
  const people = await findPeople(sql, source, question);
  if (people === undefined) return { refusal: 'invalid' };
  if (people.length === 0) return { refusal: 'not-found' };
  const number = 'nhsNumber' in question ? parseNhsNumber(question.nhsNumber) : undefined;
  const sure = number === undefined ? people : await whoMayOpen(sql, people, number, source);
  const [person, ...others] = sure;
  if (person === undefined) return { refusal: 'unconfirmed' };
  return others.length > 0 ? { refusal: 'ambiguous' } : { id: person.id };
}

async function whoMayOpen(
  sql: Sql,
  people: readonly PersonSummary[],
  number: string,
  source: string,
): Promise<PersonSummary[]> {
  const sure: PersonSummary[] = [];
  for (const person of people) if (await mayOpenByNumber(sql, person.id, number, source)) sure.push(person);
  return sure;
}

async function findPeople(sql: Sql, source: string, question: PatientQuestion): Promise<PersonSummary[] | undefined> {
  if ('nhsNumber' in question) {
    const nhsNumber = parseNhsNumber(question.nhsNumber);
    return nhsNumber === undefined ? undefined : findByNhsNumber(sql, nhsNumber);
  }
  if ('localId' in question) return findByLocalId(sql, source, question.localId);
  const person = await findById(sql, question.id);
  return person === undefined ? [] : [person];
}
