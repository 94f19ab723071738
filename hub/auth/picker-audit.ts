import type { Declaration } from '../access/relationship/grounds.ts';
import { standingDeclaration, type Standing } from '../access/relationship/standing.ts';
import { auditAct } from '../audit/audit.ts';
import type { PersonSummary } from '../people/person.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import { reasonWords, searchPeople, type PickerForm } from './picker-search.ts';
import { signOnSystem } from './sign-on-claims.ts';

/** Somebody found, and what the reader declared about them before and still stands. */
export interface FoundPerson {
  person: PersonSummary;
  standing: (Standing & Declaration) | undefined;
}

/**
 * Searches and writes the audit in one transaction: a row for each person shown, in that person's own audit, and one
 * where nobody was found, so that trying numbers leaves a trace. What was typed is not kept. Whoever goes by what they
 * declared before is shown only people for whom that stands.
 */
export async function searchAudited(
  parts: AuthParts,
  user: SignedOnUser,
  client: string,
  form: PickerForm,
): Promise<FoundPerson[]> {
  const asked = [form.nhsNumber === '' ? undefined : 'nhs-number', form.family === '' ? undefined : 'family birthdate'];
  const query = asked.filter((each) => each !== undefined).join(' ');
  return parts.database.transaction(async (sql) => {
    const found: FoundPerson[] = [];
    for (const person of await searchPeople(sql, form)) {
      const standing = await standingDeclaration(sql, { patient: person.id, user, from: signOnSystem });
      if (form.reason !== 'standing' || standing !== undefined) found.push({ person, standing });
    }
    // In one order for everybody: two such searches would wait for each other's lines in a ring (084.do.audit-chain.sql).
    const shown = found.length === 0 ? [undefined] : found.map(({ person }) => person.id).sort();
    for (const patient of shown) {
      const actor = auditActor({ client, user, patient, from: signOnSystem, reason: reasonWords(form) });
      await auditAct(sql, actor, { action: 'find-person', query }, found.length);
    }
    return found;
  });
}
