import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { findById, findByLocalId, findByNhsNumber, mayOpenByNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';
import type { PatientQuestion } from './launch-request.ts';

/** Whom a launch is for, or why it is for nobody. */
export type PatientAnswer = { id: string } | { refusal: 'invalid' | 'not-found' | 'ambiguous' | 'unconfirmed' };

/** Exactly one person, or a refusal: a launch never picks one of several and never rests on a near match or a doubtful number. */
export async function resolvePatient(sql: Sql, source: string, question: PatientQuestion): Promise<PatientAnswer> {
  const people = await findPeople(sql, source, question);
  if (people === undefined) return { refusal: 'invalid' };
  const [person, ...others] = people;
  if (person === undefined) return { refusal: 'not-found' };
  if (others.length > 0) return { refusal: 'ambiguous' };
  const number = 'nhsNumber' in question ? parseNhsNumber(question.nhsNumber) : undefined;
  const isSure = number === undefined || (await mayOpenByNumber(sql, person.id, number, source));
  return isSure ? { id: person.id } : { refusal: 'unconfirmed' };
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
