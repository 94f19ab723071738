import { consentOf } from '../fhir/own-choice.ts';
import { sourceNames } from '../fhir/sources.ts';
import { decideAccess } from '../hub/access/policy/decide-access.ts';
import { readPolicy } from '../hub/access/policy/read-policy.ts';
import { readFacts } from '../hub/access/read-facts.ts';
import type { Reader } from '../hub/access/reader.ts';
import { commit, type WriteParts } from '../hub/fhir/write/commit.ts';
import { StructureChecks } from '../hub/fhir/write/structure-checks.ts';
import { findByNhsNumber } from '../hub/people/find.ts';
import type { PersonSummary } from '../hub/people/person.ts';
import { asJson } from '../hub/resource/json.ts';
import type { Database, Sql, Transaction } from '../hub/store/database.ts';
import { resourceId } from '../hub/store/ids.ts';
import { demonstrationDecisions } from '../mocks/borough/demonstration.ts';
import type { Decision } from '../mocks/borough/demonstration/choosers.ts';

/** The app by which they would have decided: there they can undo it. */
const app = 'care-timeline';

/** What people of the demonstration keep back, written as each would have decided it in the app, with a line in their trail. */
export async function loadDecisions(database: Database, now: Date): Promise<void> {
  const checks = new StructureChecks();
  try {
    for (const { nhsNumber, decision } of demonstrationDecisions(now)) {
      const [person] = await findByNhsNumber(database, nhsNumber);
      if (person === undefined) throw new Error('somebody who keeps something back was not loaded');
      await database.transaction((sql) =>
        decide(sql, { database, base: 'http://localhost/fhir', checks }, person, decision, now),
      );
    }
  } finally {
    await checks.close();
  }
}

async function decide(
  sql: Transaction,
  parts: WriteParts,
  person: PersonSummary,
  decision: Decision,
  now: Date,
): Promise<void> {
  const id = resourceId(app, 'Consent', person.id);
  // A first start that was cut off begins again.
  const decided = await sql.query('select from resource where patient = $1 and type = $2 and id = $3', [
    person.id,
    'Consent',
    id,
  ]);
  if (decided.length > 0) return;
  const { visitTo, ...choice } = decision;
  const items = visitTo === undefined ? [] : await visitAndLetters(sql, person.id, visitTo);
  const names = visitTo === undefined ? {} : { item: `Visit, ${sourceNames[visitTo].label}` };
  const resource = asJson(consentOf(`Patient/${person.id}`, { ...choice, items }, now.toISOString(), names));
  await commit(sql, await personThemself(sql, person), parts, [{ kind: 'create', type: 'Consent', id, resource }]);
}

/** The person as they would have signed in to their own record. */
async function personThemself(sql: Sql, { id, name }: PersonSummary): Promise<Reader> {
  const user = { id: `citizen:${id}`, name, role: 'person', organisation: 'person' };
  const looker = { patient: id, user, from: 'person', grant: `decision-${id}` };
  return {
    ...looker,
    client: app,
    scopes: [{ context: 'patient', type: 'Consent', actions: 'c' }],
    purpose: 'PATRQT',
    reason: undefined,
    // By the policy that comes with the hub: whatever another one says, the person's own record is theirs.
    access: decideAccess(readPolicy(import.meta.dirname), await readFacts(sql, looker)),
  };
}

/** The visit, its booking and every letter there is: their practice keeps a copy of its own, which points at nothing. */
async function visitAndLetters(sql: Transaction, patient: string, source: string): Promise<string[]> {
  const rows = await sql.query<{ type: string; id: string }>(
    `select type, id from resource
     where patient = $1 and ((type = 'Encounter' and source = $2) or type in ('Appointment', 'DocumentReference')) order by type, id`,
    [patient, source],
  );
  const visits = rows.filter(({ type }) => type === 'Encounter').length;
  if (visits !== 1) throw new Error(`${source} tells of ${visits} visits, not of one`);
  return rows.map(({ type, id }) => `${type}/${id}`);
}
