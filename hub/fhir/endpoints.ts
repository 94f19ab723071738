import type { Endpoint, Extension } from 'fhir/r4';
import { sourceTagSystem } from '../../fhir/systems.ts';
import type { RowQuery } from '../access/row-query.ts';
import { resourceId } from '../store/ids.ts';
import type { ReadRow } from '../store/rows.ts';
import type { StoredSource } from '../store/sources.ts';
import { asAtExtension, sinceExtension, startsFromExtension, statusExtension } from './extensions.ts';
import { searchValuesOf } from './search-values.ts';

const statusOf: Record<StoredSource['status'], NonNullable<Endpoint['status']>> = {
  ok: 'active',
  late: 'suspended',
  partial: 'error',
  failed: 'error',
  'not-connected': 'off',
};

/** One source as an Endpoint, so that any standard client can see its state. Its records are read at this hub: `base`. */
export function endpointOf(source: StoredSource, base: string): Endpoint {
  const extension: Extension[] = [{ url: statusExtension, valueCode: source.status }];
  if (source.asAt !== undefined) extension.push({ url: asAtExtension, valueDateTime: source.asAt });
  if (source.since !== undefined) extension.push({ url: sinceExtension, valueDateTime: source.since });
  if (source.startsFrom !== undefined) extension.push({ url: startsFromExtension, valueDate: source.startsFrom });
  return {
    resourceType: 'Endpoint',
    id: resourceId('hub', 'Endpoint', source.source),
    extension,
    identifier: [{ system: sourceTagSystem, value: source.source }],
    status: statusOf[source.status],
    connectionType: {
      system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type',
      code: 'hl7-fhir-rest',
    },
    name: source.name,
    ...(source.organisation === undefined ? {} : { managingOrganization: { display: source.organisation } }),
    payloadType: [{ text: 'Health and care records' }],
    address: base,
  };
}

/** Answers an Endpoint search from the sources' present state, ordered by id, by the same rules as stored rows. */
export function searchEndpoints(
  sources: StoredSource[],
  query: RowQuery,
  base: string,
): { rows: ReadRow[]; more: boolean } {
  const found = sources
    .map((source) => endpointOf(source, base))
    .filter((endpoint) => matches(endpoint, query))
    .map(endpointRow)
    .filter((row) => query.after === undefined || row.id > query.after.id)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { rows: found.slice(0, query.limit), more: found.length > query.limit };
}

/** As a row, so that Bundles are made in one way. The state has no history: the version is always 1. */
export function endpointRow(endpoint: Endpoint): ReadRow {
  return {
    type: 'Endpoint',
    id: endpoint.id ?? '',
    version: 1,
    updated: new Date().toISOString(),
    content: JSON.stringify(endpoint),
  };
}

function matches(endpoint: Endpoint, query: RowQuery): boolean {
  const tokens = new Set(searchValuesOf(endpoint).tokens);
  if (query.ids !== undefined && !query.ids.includes(endpoint.id ?? '')) return false;
  return query.tokens.every((group) => group.some((token) => tokens.has(token)));
}
