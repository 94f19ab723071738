import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Bundle, FhirResource } from 'fhir/r4';
import { directoryTypes } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Reader, ScopeGrant } from '../access/reader.ts';
import { accessOf, unlabelledOnly } from '../access/testing.ts';
import type { Database } from '../store/database.ts';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';
import { fhirPlugin } from './plugin.ts';
import { searchValuesOf } from './search-values.ts';

// For tests: the FHIR service over a real store, with tokens that are the name of what they allow.

export const base = 'http://localhost:8080/fhir';
export const personA = '11111111-1111-4111-8111-111111111111';
export const personB = '22222222-2222-4222-8222-222222222222';
export const appOrigin = 'https://app.example';

const scopes: Record<string, [patient: string, grants: ScopeGrant[]]> = {
  'a-all': [personA, [{ context: 'patient', type: '*', actions: 'rs' }]],
  'b-all': [personB, [{ context: 'patient', type: '*', actions: 'rs' }]],
  'a-search-visits': [personA, [{ context: 'patient', type: 'Encounter', actions: 's' }]],
  'a-read-visits': [personA, [{ context: 'patient', type: 'Encounter', actions: 'r' }]],
  'a-vital-signs': [
    personA,
    [
      { context: 'patient', type: 'Observation', actions: 'rs', only: [['category|vital-signs']] },
      { context: 'patient', type: 'Encounter', actions: 'rs' },
    ],
  ],
  'a-none': [personA, []],
  'a-write': [personA, [{ context: 'patient', type: '*', actions: 'cruds' }]],
  // The person themself, signed on to their own record.
  'a-person': [personA, [{ context: 'patient', type: '*', actions: 'cruds' }]],
  'b-write': [personB, [{ context: 'patient', type: '*', actions: 'cruds' }]],
  'a-create-readings': [personA, [{ context: 'patient', type: 'Observation', actions: 'c' }]],
  ...Object.fromEntries(
    Array.from('cruds', (actions): [string, [string, ScopeGrant[]]] => [
      `a-only-${actions}`,
      [personA, [{ context: 'patient', type: 'Observation', actions }]],
    ]),
  ),
};

function readerOf(token: string): Promise<Reader | undefined> {
  const known = scopes[token];
  if (token === 'broken') return Promise.reject(new Error('connection to SMITH, Jane lost'));
  if (known === undefined) return Promise.resolve(undefined);
  const own = token === 'a-person';
  return Promise.resolve({
    client: 'care-timeline',
    grant: `grant-${token}`,
    user: own
      ? { id: known[0], name: 'The person', role: 'person', organisation: '' }
      : { id: 'u1', name: 'Dr Test', role: 'R0260', organisation: 'F83063' },
    patient: known[0],
    scopes: known[1],
    purpose: 'TREAT',
    from: own ? 'person' : 'emis',
    reason: undefined,
    access: own ? accessOf({ role: 'person', ground: 'self' }) : unlabelledOnly,
  });
}

/** The service as the hub mounts it. `lines` collects what is logged; `readers` may know tokens of its own. */
export async function startHub(
  database: Database,
  lines: string[] = [],
  readers: (token: string) => Promise<Reader | undefined> = readerOf,
): Promise<FastifyInstance> {
  const app = fastify({ logger: { level: 'warn', stream: { write: (line: string) => lines.push(line) } } });
  await app.register(fhirPlugin, {
    prefix: '/fhir',
    database,
    base,
    readerOf: readers,
    smartConfiguration: () => ({ token_endpoint: 'http://localhost:8080/oauth/token', capabilities: ['launch-ehr'] }),
    allowedOrigins: [appOrigin],
  });
  return app;
}

/** Stores resources as intake does: a person's in their compartment, services and staff in the directory. */
export async function put(database: Database, patient: string, resources: FhirResource[], mask = 0): Promise<void> {
  await upsertRows(
    database,
    resources.map((resource) => ({
      patient: (directoryTypes as readonly string[]).includes(resource.resourceType) ? directory : patient,
      type: resource.resourceType as ResourceType,
      id: resource.id ?? '',
      source: 'emis',
      origin: `emis|${patient}`,
      mask,
      search: searchValuesOf(resource),
      content: JSON.stringify(resource),
    })),
  );
}

export interface Got {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** GET with a token. */
export async function get(app: FastifyInstance, path: string, token = 'a-all'): Promise<Got> {
  const answer = await app.inject({
    method: 'GET',
    url: `/fhir/${path}`,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
}

/** A search that must succeed. */
export async function searched(app: FastifyInstance, path: string, token = 'a-all'): Promise<Bundle> {
  const { status, text } = await get(app, path, token);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return JSON.parse(text) as Bundle;
}

/** `Type/id` of a Bundle's entries in one mode, in order. */
export function listed(bundle: Bundle, mode: 'match' | 'include' = 'match'): string[] {
  return (bundle.entry ?? [])
    .filter(({ search }) => search?.mode === mode)
    .map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
}

/** Address of the next page, below the base; undefined on the last page. */
export function nextOf(bundle: Bundle): string | undefined {
  return bundle.link?.find(({ relation }) => relation === 'next')?.url.slice(base.length + 1);
}
