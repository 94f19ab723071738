import { findByNameAndBirthDate, findByNhsNumber, mayOpenByNumber } from '../people/find.ts';
import type { PersonSummary } from '../people/person.ts';
import type { Sql } from '../store/database.ts';
import type { ProvedPerson } from './nhs-login-claims.ts';

/**
 * The one record that is certainly this person's: exactly one has the NHS number, a source stands for that number, and
 * family name and birth date agree with it. Undefined in every other case (wrong patient), and of somebody who has died:
 * whoever signs in then is not them.
 */
export async function ownRecord(sql: Sql, person: ProvedPerson): Promise<PersonSummary | undefined> {
  const [found, ...others] = await findByNhsNumber(sql, person.nhsNumber);
  if (found === undefined || others.length > 0 || found.deceased) return undefined;
  if (!(await mayOpenByNumber(sql, found.id, person.nhsNumber, 'person'))) return undefined;
  const alike = await findByNameAndBirthDate(sql, { family: person.family, birthDate: person.birthDate });
  return alike.some(({ id }) => id === found.id) ? found : undefined;
}
