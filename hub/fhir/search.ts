import type { ResourceType } from '../../fhir/resource-types.ts';
import { countRows, includedRows, searchRows, someWithheld, type Reference } from '../access/gate.ts';
import { pointingRows, type Pointer } from '../access/revinclude.ts';
import type { Reader } from '../access/reader.ts';
import { sourcesFor } from '../access/sources-for.ts';
import { inPart } from '../access/scoped.ts';
import { auditAct } from '../audit/audit.ts';
import type { Sql } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { json } from './answer.ts';
import type { Answer } from './answer.ts';
import { searchAuditEvents } from './audit-events.ts';
import { searchset } from './bundle.ts';
import { capabilityOf } from './capabilities.ts';
import { withElements } from './elements.ts';
import { searchEndpoints } from './endpoints.ts';
import { FhirError } from './fhir-error.ts';
import { mayAsk } from './scope.ts';
import { readSearch, type SearchRequest } from './search-request.ts';
import { outcomesFor, scopeOutcomes } from './source-outcomes.ts';

/** Rows that `_revinclude` may bring beside one page. */
const mostPointing = 1000;

/** Answers one search. Throws FhirError for what is not supported or not allowed; the gate decides and audits rows. */
export async function search(
  sql: Sql,
  base: string,
  reader: Reader,
  type: ResourceType,
  given: [string, string][],
): Promise<Answer> {
  const capability = capabilityOf(type);
  const request = readSearch(capability, given, { base, patient: reader.patient });
  const page = { base, self: request.self };
  if (type === 'AuditEvent') return searchAudit(sql, reader, request, page);
  if (capability.live) {
    const [sources, withheld] = await Promise.all([sourcesFor(sql, reader), someWithheld(sql, reader)]);
    await auditAct(sql, reader, { action: 'search', type }, sources.length);
    const { rows, more } = searchEndpoints(sources, request.query, base);
    const last = rows.at(-1);
    const next = more && last !== undefined ? request.next({ date: undefined, id: last.id }) : undefined;
    return json(searchset({ ...page, next, matches: rows, included: [], outcomes: outcomesFor(sources, withheld) }));
  }
  const ownPart = inPart(reader, 's', type) ? [type] : [];
  if (request.countOnly) {
    const [sources, { total, withheld }] = await Promise.all([
      sourcesFor(sql, reader),
      countRows(sql, reader, request.query),
    ]);
    const outcomes = [...scopeOutcomes([], ownPart), ...outcomesFor(sources, withheld)];
    return json(searchset({ ...page, next: undefined, total, matches: [], included: [], outcomes }));
  }
  const [sources, found] = await Promise.all([
    sourcesFor(sql, reader),
    searchRows(sql, reader, request.query, request.includes, request.total),
  ]);
  const { rows, next, references, withheld, total } = found;
  const { included, refused } = await includes(sql, reader, rows, references);
  const pointing = await pointingAt(sql, reader, rows, request.revincludes);
  const besides = new Map([...included, ...pointing.rows].map((row) => [`${row.type}/${row.id}`, row]));
  for (const row of rows) besides.delete(`${row.type}/${row.id}`);
  const { elements } = request;
  const leftOut = [...refused, ...pointing.refused];
  const besideTypes = [...references, ...request.revincludes].map((beside) => beside.type);
  const inParts = [...ownPart, ...besideTypes.filter((beside) => inPart(reader, 'r', beside))];
  return json(
    searchset({
      ...page,
      next: next === undefined ? undefined : request.next(next),
      total,
      matches: elements === undefined ? rows : rows.map((row) => withElements(row, elements)),
      included: [...besides.values()],
      outcomes: [...scopeOutcomes(leftOut, inParts), ...outcomesFor(sources, withheld)],
    }),
  );
}

async function searchAudit(
  sql: Sql,
  reader: Reader,
  request: SearchRequest,
  page: { base: string; self: string },
): Promise<Answer> {
  const [sources, someIsWithheld, { rows, references, last }] = await Promise.all([
    sourcesFor(sql, reader),
    someWithheld(sql, reader),
    searchAuditEvents(sql, reader, request.query, request.includes),
  ]);
  const { included, refused } = await includes(sql, reader, rows, references);
  const { elements } = request;
  const next = last && request.next(last);
  const matches = elements === undefined ? rows : rows.map((row) => withElements(row, elements));
  const outcomes = [...scopeOutcomes(refused, []), ...outcomesFor(sources, someIsWithheld)];
  return json(searchset({ ...page, next, matches, included, outcomes }));
}

interface Besides {
  rows: ReadRow[];
  /** Types that the token's scopes leave out. */
  refused: ResourceType[];
}

/** The rows that point at the matches, within the scopes of the token. Throws 400 where a page would bring too many. */
async function pointingAt(
  sql: Sql,
  reader: Reader,
  matches: ReadRow[],
  pointers: readonly Pointer[],
): Promise<Besides> {
  const allowed = pointers.filter(({ type }) => mayAsk(reader, type, 'r'));
  const refused = pointers.filter((pointer) => !allowed.includes(pointer)).map(({ type }) => type);
  const rows = await pointingRows(sql, reader, allowed, matches, mostPointing);
  if (rows.length > mostPointing) {
    throw new FhirError(
      400,
      'too-costly',
      `_revinclude would bring more than ${mostPointing} resources with this page. Ask for a smaller _count.`,
    );
  }
  return { rows, refused };
}

/** The included rows, each once and none that is a match already, within the scopes of the token. */
async function includes(
  sql: Sql,
  reader: Reader,
  rows: ReadRow[],
  targets: Reference[],
): Promise<{ included: ReadRow[]; refused: ResourceType[] }> {
  const matches = new Set(rows.map((row) => `${row.type}/${row.id}`));
  const references = targets.filter(({ type, id }) => !matches.has(`${type}/${id}`));
  const allowed = references.filter((reference) => mayAsk(reader, reference.type, 'r'));
  const refused = new Set(references.filter((reference) => !allowed.includes(reference)).map(({ type }) => type));
  return {
    included: allowed.length === 0 ? [] : await includedRows(sql, reader, allowed),
    refused: [...refused],
  };
}
