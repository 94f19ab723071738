import type { Consent } from 'fhir/r4';
import { consentOf } from '../fhir/own-choice.ts';
import { sourceNames } from '../fhir/sources.ts';
import { labelBits } from '../hub/access/labels.ts';
import { choiceProblems, keepChoices } from '../hub/consent/keep-choices.ts';
import { withOwnLabel } from '../hub/consent/own-label.ts';
import { searchValuesOf } from '../hub/fhir/search-values.ts';
import { findByNhsNumber } from '../hub/people/find.ts';
import { originOf } from '../hub/people/origin.ts';
import { asJson } from '../hub/resource/json.ts';
import type { Database, Transaction } from '../hub/store/database.ts';
import { resourceId } from '../hub/store/ids.ts';
import { upsertRows } from '../hub/store/resources.ts';
import { demonstrationDecisions } from '../mocks/borough/demonstration.ts';
import type { Decision } from '../mocks/borough/demonstration/choosers.ts';

/** The app by which they would have decided: there they can undo it. */
const app = 'care-timeline';

/** What people of the demonstration keep back, kept as if each had decided it in the app. */
export async function loadDecisions(database: Database, now: Date): Promise<void> {
  for (const { nhsNumber, decision } of demonstrationDecisions(now)) {
    const [person] = await findByNhsNumber(database, nhsNumber);
    if (person === undefined) throw new Error('somebody who keeps something back was not loaded');
    await database.transaction((sql) => decide(sql, person.id, decision, now));
  }
}

async function decide(sql: Transaction, patient: string, decision: Decision, now: Date): Promise<void> {
  const { visitTo, ...choice } = decision;
  const items = visitTo === undefined ? [] : await visitAndLetters(sql, patient, visitTo);
  const names = visitTo === undefined ? {} : { item: `Visit, ${sourceNames[visitTo].label}` };
  const id = resourceId(app, 'Consent', patient);
  const consent: Consent = { ...consentOf(`Patient/${patient}`, { ...choice, items }, now.toISOString(), names), id };
  const problems = await choiceProblems(sql, consent);
  if (problems.length > 0) throw new Error(`a decision of the demonstration cannot be kept to: ${problems.join(' ')}`);
  await upsertRows(sql, [
    {
      patient,
      type: 'Consent',
      id,
      source: app,
      origin: originOf(app, patient),
      mask: labelBits.own,
      search: searchValuesOf(consent),
      content: JSON.stringify(withOwnLabel(asJson(consent))),
    },
  ]);
  await keepChoices(sql, patient, [{ id, consent }]);
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
