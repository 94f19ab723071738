import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readerOf } from '../access/testing.ts';
import { createServer } from '../http/server.ts';
import { eachEngine } from '../store/testing.ts';
import { fhirPlugin } from './plugin.ts';
import { storeStock } from './testing-advertised.ts';
import { base, personA } from './testing-hub.ts';

const json = { 'content-type': 'application/fhir+json' };
const reader = readerOf(personA, { scopes: [{ context: 'patient', type: '*', actions: 'cruds' }] });
const tokens: Record<string, typeof reader> = { all: reader, none: { ...reader, scopes: [] } };
const flag = {
  resourceType: 'Flag',
  status: 'active',
  code: { text: 'x' },
  subject: { reference: `Patient/${personA}` },
};
const print = {
  resourceType: 'AuditEvent',
  type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110106' },
  subtype: [{ system: 'https://care-timeline.example/fhir/CodeSystem/audit-act', code: 'print' }],
};

interface Asked {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  token?: string;
  body?: object;
}

/** Every kind of thing that can be asked, and the words of its line. */
const all: [words: string, asked: Asked][] = [
  ['read served', { method: 'GET', path: 'Encounter/x' }],
  ['read served', { method: 'GET', path: 'Encounter/not-there' }],
  ['vread served', { method: 'GET', path: 'Encounter/x/_history/1' }],
  ['history served', { method: 'GET', path: 'Encounter/x/_history' }],
  ['search served', { method: 'GET', path: 'Encounter' }],
  ['count served', { method: 'GET', path: 'Encounter?_summary=count' }],
  ['include served', { method: 'GET', path: 'Encounter?_include=Encounter:location' }],
  ['revinclude served', { method: 'GET', path: 'Encounter?_revinclude=Observation:encounter' }],
  ['everything served', { method: 'GET', path: `Patient/${personA}/$everything?_count=5` }],
  ['access served', { method: 'GET', path: `Patient/${personA}/$access` }],
  ['search served', { method: 'GET', path: 'Endpoint' }],
  ['search served', { method: 'GET', path: 'AuditEvent' }],
  ['create served', { method: 'POST', path: 'Flag', body: flag }],
  ['print served', { method: 'POST', path: 'AuditEvent', body: print }],
  [
    'read served',
    {
      method: 'POST',
      path: '',
      body: { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'Encounter/x' } }] },
    },
  ],
  ['search refused', { method: 'GET', path: 'Encounter', token: 'none' }],
  ['search refused', { method: 'GET', path: 'Encounter?patient=somebody-else' }],
  ['delete refused', { method: 'DELETE', path: 'Encounter/x' }],
  ['create refused', { method: 'POST', path: 'AuditEvent', body: flag }],
  ['read refused', { method: 'GET', path: 'Encounter/x', token: 'made-up' }],
];

// What is asked of a record and answered, or refused, stands in the audit before the answer leaves.
eachEngine('Every answer', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await createServer({ logLevel: 'silent' });
    await app.register(fhirPlugin, {
      prefix: '/fhir',
      database: db(),
      base,
      readerOf: (token: string) => Promise.resolve(tokens[token]),
      smartConfiguration: () => ({}),
      allowedOrigins: [],
    });
    await storeStock(db());
  });
  afterAll(() => app.close());
  const ask = ({ method, path, token = 'all', body }: Asked) =>
    app.inject({
      method,
      url: path === '' ? '/fhir' : `/fhir/${encodeURI(path)}`,
      headers: { authorization: `Bearer ${token}`, ...(body && json) },
      ...(body && { payload: JSON.stringify(body) }),
    });
  const titles = all.map(([words, asked]) => [`${asked.method} ${asked.path}`, words, asked] as const);

  it.each(titles)('%s is a line (%s), by the id that the answer bears', async (_title, words, asked) => {
    const answer = await ask(asked);
    const lines = await db().query<{ action: string; outcome: string }>(
      'select action, outcome from audit where request_id = $1',
      [answer.headers['x-request-id']],
    );
    expect(lines.map(({ action, outcome }) => `${action} ${outcome}`)).toContain(words);
  });

  describe('is not given', () => {
    beforeAll(() =>
      db()
        .script(`create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'the audit is full'; end $$;
        create constraint trigger no_audit after insert on audit deferrable initially deferred for each row execute function no_audit();`),
    );
    afterAll(() => db().script('drop trigger no_audit on audit'));

    it('when its line cannot be written: not a byte of the record, and nothing is changed', async () => {
      const before = await db().query('select count(*) from resource');
      for (const [, asked] of all) {
        const { statusCode, body } = await ask(asked);
        const failed = statusCode === 500 || (asked.path === '' && /"status":"500/.test(body));
        expect([asked.method, asked.path, failed]).toEqual([asked.method, asked.path, true]);
        expect(body).not.toMatch(/"resourceType":"(?!OperationOutcome|Bundle)/);
      }
      expect(await db().query('select count(*) from resource')).toEqual(before);
    });
  });
});
