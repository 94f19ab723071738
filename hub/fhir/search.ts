import type { OperationOutcome } from 'fhir/r4';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { includedRows, searchRows, someWithheld, type Reference } from '../access/gate.ts';
import type { Reader } from '../access/reader.ts';
import type { Database } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { readSources } from '../store/sources.ts';
import { json } from './answer.ts';
import type { Answer } from './answer.ts';
import { searchset } from './bundle.ts';
import { capabilityOf } from './capabilities.ts';
import { searchEndpoints } from './endpoints.ts';
import { mayAsk } from './scope.ts';
import { readSearch } from './search-request.ts';
import { outcomesFor, scopeOutcome } from './source-outcomes.ts';

/** Answers one search. Throws FhirError for what is not supported or not allowed; the gate decides and audits rows. */
export async function search(
  database: Database,
  base: string,
  reader: Reader,
  type: ResourceType,
  given: [string, string][],
): Promise<Answer> {
  const capability = capabilityOf(type);
  const request = readSearch(capability, given, { base, patient: reader.patient });
  const page = { base, self: request.self };
  if (capability.live) {
    const [sources, withheld] = await Promise.all([readSources(database), someWithheld(database, reader)]);
    const { rows, more } = searchEndpoints(sources, request.query, base);
    const last = rows.at(-1);
    const next = more && last !== undefined ? request.next({ date: undefined, id: last.id }) : undefined;
    return json(searchset({ ...page, next, matches: rows, included: [], outcomes: outcomesFor(sources, withheld) }));
  }
  const [sources, found] = await Promise.all([
    readSources(database),
    searchRows(database, reader, request.query, request.includes),
  ]);
  const { rows, next, references, withheld } = found;
  const { included, outcomes } = await includes(database, reader, rows, references);
  return json(
    searchset({
      ...page,
      next: next === undefined ? undefined : request.next(next),
      matches: rows,
      included,
      outcomes: [...outcomes, ...outcomesFor(sources, withheld)],
    }),
  );
}

/** The included rows, each once and none that is a match already, within the scopes of the token. */
async function includes(
  database: Database,
  reader: Reader,
  rows: ReadRow[],
  targets: Reference[],
): Promise<{ included: ReadRow[]; outcomes: OperationOutcome[] }> {
  const matches = new Set(rows.map((row) => `${row.type}/${row.id}`));
  const references = targets.filter(({ type, id }) => !matches.has(`${type}/${id}`));
  const allowed = references.filter((reference) => mayAsk(reader, reference.type, 'r'));
  const refused = new Set(references.filter((reference) => !allowed.includes(reference)).map(({ type }) => type));
  return {
    included: allowed.length === 0 ? [] : await includedRows(database, reader, allowed),
    outcomes: refused.size === 0 ? [] : [scopeOutcome([...refused].toSorted())],
  };
}
