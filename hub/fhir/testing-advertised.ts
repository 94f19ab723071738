import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { FhirResource } from 'fhir/r4';
import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Database } from '../store/database.ts';
import { setSourceState } from '../store/sources.ts';
import { examples } from './test-resources.ts';
import { listed, personA, put, searched } from './testing-hub.ts';

// For the tests that hold the service to its CapabilityStatement.

/** One resource of every type, about one person. */
export const stock = examples(personA);

/** Stores them, what they name of their own type, the person and a source. */
export async function storeStock(database: Database): Promise<void> {
  await database.query('insert into person (id, nhs_number) values ($1, $2)', [personA, '9990000018']);
  const named = ['Encounter', 'Organization', 'Location'].map(
    (resourceType) => ({ resourceType, id: 'y' }) as FhirResource,
  );
  await put(database, personA, [
    ...Object.values(stock).flatMap(({ resource, another }) => [resource, ...(another === undefined ? [] : [another])]),
    ...named,
  ]);
  await setSourceState(database, { source: 'emis', status: 'ok', name: 'GP', asAt: '2026-11-22T08:00:00.000Z' });
}

/** The id of the one resource of a type; of an Endpoint the id that its source has here, of an AuditEvent some line of the asker's. */
export async function idOf(app: FastifyInstance, type: ResourceType): Promise<string> {
  if (type !== 'Endpoint' && type !== 'AuditEvent') return stock[type].resource.id ?? '';
  // That the audit was asked is a line of it, from then on.
  await searched(app, type);
  return listed(await searched(app, type))[0]?.split('/')[1] ?? '';
}

export const jsonBody = { 'content-type': 'application/fhir+json' };
export const patchBody = { 'content-type': 'application/json-patch+json' };

interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

/** Requests below the FHIR base, with a token that may do everything unless another is named. */
export function asker(app: () => FastifyInstance) {
  return (
    method: string,
    path: string,
    { body, headers = {}, token = 'a-write' }: Asked = {},
  ): Promise<LightMyRequestResponse> =>
    app().inject({
      method: method as 'GET',
      url: path === '' ? '/fhir' : `/fhir/${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
}

/** Nothing where an answer refuses what was asked as the standard has it and in words; otherwise what was asked. */
export function servedAnyway(what: string, { statusCode, body }: LightMyRequestResponse): string[] {
  const inWords = body !== '' && (JSON.parse(body) as FhirResource).resourceType === 'OperationOutcome';
  return [400, 404, 405, 406, 422].includes(statusCode) && inWords ? [] : [`${what}: ${statusCode}`];
}
