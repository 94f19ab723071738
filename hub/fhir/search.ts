import type { OperationOutcome } from 'fhir/r4';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { includedRows, referencesOf, searchRows, someWithheld } from '../access/gate.ts';
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
import type { SearchRequest } from './search-request.ts';
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
  const [sources, withheld] = await Promise.all([readSources(database), someWithheld(database, reader)]);
  const page = { base, self: request.self };
  if (capability.live) {
    const { rows, more } = searchEndpoints(sources, request.query, base);
    const last = rows.at(-1);
    const next = more && last !== undefined ? request.next({ date: undefined, id: last.id }) : undefined;
    return json(searchset({ ...page, next, matches: rows, included: [], outcomes: outcomesFor(sources, withheld) }));
  }
  const { rows, next } = await searchRows(database, reader, request.query);
  const { included, outcomes } = await includes(database, reader, request, rows);
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
  { query, includes: params }: SearchRequest,
  rows: ReadRow[],
): Promise<{ included: ReadRow[]; outcomes: OperationOutcome[] }> {
  if (params.length === 0 || rows.length === 0) return { included: [], outcomes: [] };
  const ids = rows.map((row) => row.id);
  const lists = await Promise.all(params.map((param) => referencesOf(database, reader, query.type, ids, param)));
  const wanted = new Map(lists.flat().map((reference) => [`${reference.type}/${reference.id}`, reference]));
  for (const row of rows) wanted.delete(`${row.type}/${row.id}`);
  const references = [...wanted.values()];
  const allowed = references.filter((reference) => mayAsk(reader, reference.type, 'r'));
  const refused = new Set(references.filter((reference) => !allowed.includes(reference)).map(({ type }) => type));
  return {
    included: allowed.length === 0 ? [] : await includedRows(database, reader, allowed),
    outcomes: refused.size === 0 ? [] : [scopeOutcome([...refused].toSorted())],
  };
}
