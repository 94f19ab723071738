import type { ResourceType } from '../../fhir/resource-types.ts';
import { historyRows, type VersionRow } from '../access/history.ts';
import type { Reader } from '../access/reader.ts';
import type { Sql } from '../store/database.ts';
import { json, type Answer } from './answer.ts';
import { capabilityOf } from './capabilities.ts';
import { readHistoryCursor, writeHistoryCursor } from './cursor.ts';
import { notFound, notSupported } from './fhir-error.ts';
import { countOr, PageParameters, pathOf } from './page-parameters.ts';

/**
 * The versions of one resource, or of all of a type that the reader may see, newest first (R4 RESTful API, history). A
 * deletion is an entry without a resource. Throws FhirError for what is not supported or not there.
 */
export async function history(
  sql: Sql,
  base: string,
  reader: Reader,
  type: ResourceType,
  id: string | undefined,
  given: [string, string][],
): Promise<Answer> {
  if (capabilityOf(type).live) throw notSupported(`${type} is answered as it is now and has no history.`);
  const parameters = new PageParameters('a history', ['_count', '_since', '_after'], given);
  const limit = countOr(parameters.count());
  const address = parameters.address(base, `${pathOf(type, id)}/_history`, { _count: String(limit) });
  const after = parameters.text('_after');
  const found = await historyRows(sql, reader, {
    type,
    id,
    since: parameters.since(),
    limit,
    after: after === undefined ? undefined : readHistoryCursor(after, address),
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  // With a bound on time an empty history is an answer; without one there is no such resource for this reader.
  if (id !== undefined && rows.length === 0 && after === undefined && parameters.since() === undefined) {
    throw notFound(`There is no such ${type} for this person.`);
  }
  const links = [{ relation: 'self', url: after === undefined ? address : `${address}&_after=${after}` }];
  if (found.length > limit && last !== undefined) {
    links.push({ relation: 'next', url: `${address}&_after=${writeHistoryCursor(last, address)}` });
  }
  const entries = rows.map((row) => versionEntry(base, row));
  const list = entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`;
  return json(`{"resourceType":"Bundle","type":"history","link":${JSON.stringify(links)}${list}}`);
}

function versionEntry(base: string, { type, id, version, updated, content, deleted }: VersionRow): string {
  const url = `${type}/${id}`;
  const request = { method: deleted ? 'DELETE' : 'PUT', url };
  const status = deleted ? '204 No Content' : version === 1 ? '201 Created' : '200 OK';
  const response = { status, etag: `W/"${version}"`, lastModified: new Date(updated).toISOString() };
  const fullUrl = JSON.stringify(`${base}/${url}`);
  const resource = deleted ? '' : `,"resource":${content}`;
  return `{"fullUrl":${fullUrl}${resource},"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`;
}
