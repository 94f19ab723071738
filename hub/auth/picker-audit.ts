import { auditAct } from '../audit/audit.ts';
import type { PersonSummary } from '../people/person.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import { reasonWords, searchPeople, type PickerForm } from './picker-search.ts';
import { signOnSystem } from './sign-on-claims.ts';

/**
 * Searches and writes the audit in one transaction: a row for each person shown, in that person's own audit, and one
 * where nobody was found, so that trying numbers leaves a trace. What was typed is not kept.
 */
export async function searchAudited(
  parts: AuthParts,
  user: SignedOnUser,
  client: string,
  form: PickerForm,
): Promise<PersonSummary[]> {
  const asked = [form.nhsNumber === '' ? undefined : 'nhs-number', form.family === '' ? undefined : 'family birthdate'];
  const query = asked.filter((each) => each !== undefined).join(' ');
  return parts.database.transaction(async (sql) => {
    const people = await searchPeople(sql, form);
    const shown = people.length === 0 ? [undefined] : people.map(({ id }) => id);
    for (const patient of shown) {
      const actor = auditActor({ client, user, patient, from: signOnSystem, reason: reasonWords(form) });
      await auditAct(sql, actor, { action: 'find-person', query }, people.length);
    }
    return people;
  });
}
