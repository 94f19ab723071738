import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { findById, findByLocalId, findByNhsNumber, mayOpenByNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';
import { resourceId } from '../store/ids.ts';
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

/**
 * The hub's id of an encounter of this person, given that id or the source's own. Undefined when the hub holds none
 * such for this person (it may not have come yet, be withheld, or be another person's): the launch then has no encounter in context.
 */
export async function resolveEncounter(
  sql: Sql,
  source: string,
  patient: string,
  encounter: string,
): Promise<string | undefined> {
  const rows = await sql.query<{ id: string }>(
    `SELECT id FROM resource
     WHERE patient = $1::text AND type = 'Encounter' AND id = ANY ($2::text[]) AND mask = 0 LIMIT 1`,
    [patient, [encounter, resourceId(source, 'Encounter', encounter)]],
  );
  return rows[0]?.id;
}
