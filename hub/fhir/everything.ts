import { Readable } from 'node:stream';
import { isDirectoryType, isResourceType, resourceTypes, type ResourceType } from '../../fhir/resource-types.ts';
import { everythingRows, type EverythingQuery } from '../access/everything.ts';
import { includedRows, someWithheld, type Reference } from '../access/gate.ts';
import type { Reader } from '../access/reader.ts';
import { sourcesFor } from '../access/sources-for.ts';
import { inPart } from '../access/scoped.ts';
import type { Database } from '../store/database.ts';
import { json, type Answer, type StreamedAnswer } from './answer.ts';
import { entry, outcomeEntry } from './bundle.ts';
import { readPlaceCursor, writePlaceCursor } from './cursor.ts';
import { badRequest, FhirError, notFound, quoted } from './fhir-error.ts';
import { PageParameters } from './page-parameters.ts';
import { mayAsk } from './scope.ts';
import { outcomesFor, scopeOutcomes } from './source-outcomes.ts';
import { alternatives } from './values.ts';

/** Rows that are in memory at once while a whole record is sent. */
const atOnce = 200;

const ofPerson = resourceTypes.filter((type) => !isDirectoryType(type));

/**
 * A person's whole record (R4 Patient/$everything): what the reader may see of it, with the services, staff and places it
 * names, and the same outcome entries that a search ends with. Without `_count` it is one Bundle, sent as it is read, so
 * that its length costs no memory; with `_count` it comes in pages. Throws FhirError before anything was sent.
 */
export async function everything(
  database: Database,
  base: string,
  reader: Reader,
  id: string,
  given: [string, string][],
): Promise<Answer | StreamedAnswer> {
  if (id !== reader.patient) throw notFound('There is no such Patient for this person.');
  const parameters = new PageParameters('$everything', ['_count', '_since', '_type', '_after'], given);
  const asked = readTypes(parameters.text('_type'));
  const types = asked.filter((type) => mayAsk(reader, type, 'r'));
  if (types.length === 0) {
    throw new FhirError(403, 'forbidden', 'The app was not given the permission to read any of these types.', {
      'www-authenticate': 'Bearer error="insufficient_scope"',
    });
  }
  const address = parameters.address(base, `Patient/${id}/$everything`);
  const after = parameters.text('_after');
  const count = parameters.count();
  if (after !== undefined && count === undefined) throw badRequest('The parameter _after goes with _count.');
  const query: EverythingQuery = {
    types,
    since: parameters.since(),
    limit: count ?? atOnce,
    after: after === undefined ? undefined : readPlaceCursor(after, address),
  };
  const self = after === undefined ? address : `${address}&_after=${after}`;
  const ending = async (): Promise<string[]> => {
    const leftOut = asked.filter((type) => !types.includes(type));
    const [sources, withheld] = await Promise.all([sourcesFor(database, reader), someWithheld(database, reader)]);
    const parts = types.filter((type) => inPart(reader, 'r', type));
    return [...scopeOutcomes(leftOut, parts), ...outcomesFor(sources, withheld)].map(outcomeEntry);
  };
  if (count === undefined) {
    return { ...json(''), body: Readable.from(whole(database, base, reader, query, self, ending)) };
  }
  const { rows, named } = await everythingRows(database, reader, { ...query, limit: count + 1 });
  const part = rows.slice(0, count);
  const last = part.at(-1);
  const next =
    rows.length > count && last !== undefined ? `${address}&_after=${writePlaceCursor(last, address)}` : undefined;
  const directory = await includedRows(database, reader, shared(reader, named));
  const entries = [
    ...part.map((row) => entry(base, row, 'match')),
    ...directory.map((row) => entry(base, row, 'include')),
    ...(await ending()),
  ];
  return json(`${opening(self, next)}${entries.join(',')}]}`);
}

/** The text of the whole Bundle, part by part. */
async function* whole(
  database: Database,
  base: string,
  reader: Reader,
  query: EverythingQuery,
  self: string,
  ending: () => Promise<string[]>,
): AsyncGenerator<string> {
  const named = new Map<string, Reference>();
  let after = query.after;
  let separator = '';
  yield opening(self, undefined);
  for (;;) {
    const part = await everythingRows(database, reader, { ...query, after });
    for (const reference of shared(reader, part.named)) named.set(`${reference.type}/${reference.id}`, reference);
    if (part.rows.length > 0) {
      yield `${separator}${part.rows.map((row) => entry(base, row, 'match')).join(',')}`;
      separator = ',';
    }
    after = part.rows.at(-1);
    if (part.rows.length < query.limit || after === undefined) break;
  }
  const directory = [...named.values()];
  for (let from = 0; from < directory.length; from += atOnce) {
    const rows = await includedRows(database, reader, directory.slice(from, from + atOnce));
    if (rows.length > 0) {
      yield `${separator}${rows.map((row) => entry(base, row, 'include')).join(',')}`;
      separator = ',';
    }
  }
  const last = await ending();
  yield `${last.length === 0 ? '' : `${separator}${last.join(',')}`}]}`;
}

function opening(self: string, next: string | undefined): string {
  const links = [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next', url: next }])];
  return `{"resourceType":"Bundle","type":"searchset","link":${JSON.stringify(links)},"entry":[`;
}

/** The services, staff and places among what rows name, as far as the scopes go. */
function shared(reader: Reader, named: readonly Reference[]): Reference[] {
  return named.filter(({ type }) => isDirectoryType(type) && mayAsk(reader, type, 'r'));
}

function readTypes(value: string | undefined): ResourceType[] {
  if (value === undefined) return ofPerson;
  return alternatives('_type', value).map((name) => {
    if (!isResourceType(name) || isDirectoryType(name)) {
      throw badRequest(`The parameter _type names ${quoted(name)}, which is no type of a person's record here.`);
    }
    return name;
  });
}
