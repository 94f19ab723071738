import type { FastifyInstance } from 'fastify';
import type { CapabilityStatement, FhirResource } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { eachEngine } from '../store/testing.ts';
import { isWritable } from './write/writable.ts';
import { capabilityOf } from './capabilities.ts';
import { asker, idOf, jsonBody, patchBody, stock, storeStock } from './testing-advertised.ts';
import { listed, searched, startHub } from './testing-hub.ts';

const writtenTypes = resourceTypes.filter((type): type is keyof typeof stock => isWritable(type));

// What /metadata says is held to what the service does. That nothing else works: unadvertised.test.ts.
eachEngine('What is advertised works', ({ db }) => {
  let app: FastifyInstance;
  let statement: CapabilityStatement;
  beforeAll(async () => {
    app = await startHub(db());
    await storeStock(db());
    statement = (await app.inject('/fhir/metadata')).json<CapabilityStatement>();
  });
  afterAll(() => app.close());
  const ask = asker(() => app);
  const advertised = (type: string) => statement.rest![0]!.resource!.find((resource) => resource.type === type)!;

  it.each(resourceTypes)('%s: every interaction that reads', async (type) => {
    const codes = new Set<string>(advertised(type).interaction!.map(({ code }) => code));
    const id = await idOf(app, type);
    const paths: Record<string, string> = {
      read: `${type}/${id}`,
      vread: `${type}/${id}/_history/1`,
      'search-type': type,
      'history-instance': `${type}/${id}/_history`,
      'history-type': `${type}/_history`,
    };
    for (const [code, path] of Object.entries(paths)) {
      const { statusCode } = await ask('GET', path);
      expect([path, statusCode === 200]).toEqual([path, codes.has(code)]);
    }
  });

  it.each(writtenTypes)('%s: every interaction that writes', async (type) => {
    const codes = advertised(type).interaction!.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['create', 'update', 'patch', 'delete']));
    const unnamed = { ...stock[type].resource, id: undefined };
    // A choice about who may look is the person's own.
    const token = type === 'Consent' ? 'a-person' : 'a-write';
    const made = await ask('POST', type, { token, body: unnamed, headers: jsonBody });
    expect(made.statusCode, made.body).toBe(201);
    const resource = made.json<FhirResource>();
    const path = `${type}/${resource.id}`;
    const changed = await ask('PUT', path, {
      token,
      body: { ...resource, language: 'en' },
      headers: { ...jsonBody, 'if-match': 'W/"1"' },
    });
    expect([changed.statusCode, changed.headers['etag']], changed.body).toEqual([200, 'W/"2"']);
    const patched = await ask('PATCH', path, {
      token,
      body: [{ op: 'replace', path: '/language', value: 'cy' }],
      headers: { ...patchBody, 'if-match': 'W/"2"' },
    });
    expect([patched.statusCode, patched.headers['etag']], patched.body).toEqual([200, 'W/"3"']);
    expect((await ask('DELETE', path, { token, headers: { 'if-match': 'W/"3"' } })).statusCode).toBeLessThan(300);
    expect((await ask('GET', path, { token })).statusCode).toBe(410);
  });

  it.each(resourceTypes)('%s: every _include brings what the row names', async (type) => {
    const another = type === 'Endpoint' || type === 'AuditEvent' ? undefined : stock[type].another?.id;
    const ids = [await idOf(app, type), ...(another === undefined ? [] : [another])].join(',');
    for (const include of advertised(type).searchInclude ?? []) {
      const bundle = await searched(app, `${type}?_id=${ids}&_include=${include}`);
      expect([include, listed(bundle, 'include').length > 0]).toEqual([include, true]);
    }
  });

  it.each(resourceTypes)('%s: every _revinclude, sort key and form of the answer', async (type) => {
    const { searchRevInclude = [], documentation = '' } = advertised(type);
    for (const include of searchRevInclude) {
      expect((await ask('GET', `${type}?_revinclude=${include}`)).statusCode).toBe(200);
    }
    const keys = [...capabilityOf(type).sorts.keys()];
    for (const key of keys) {
      expect(documentation).toContain(key);
      for (const sort of [key, `-${key}`]) expect((await ask('GET', `${type}?_sort=${sort}`)).statusCode).toBe(200);
    }
    const forms = ['_count=1', '_count=500', '_format=json', '_elements=id', '_total=none', '_summary=false'];
    for (const form of capabilityOf(type).live ? forms : [...forms, '_total=accurate', '_summary=count']) {
      expect([form, (await ask('GET', `${type}?${form}`)).statusCode]).toEqual([form, 200]);
    }
  });
});
