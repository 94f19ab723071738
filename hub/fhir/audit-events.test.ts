import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import type { AuditEvent, Bundle } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../access/reader.ts';
import { accessOf, readerOf } from '../access/testing.ts';
import { auditAct, auditRefusal } from '../audit/audit.ts';
import { eachEngine } from '../store/testing.ts';
import { capabilityOf } from './capabilities.ts';
import { fhirPlugin } from './plugin.ts';
import { base, listed, nextOf, personA, personB, put } from './testing-hub.ts';
import { validateStructure } from './validate.ts';

const doctor = { id: '555900000001', name: 'Dr Ada Byrne', role: 'R0260', organisation: 'F83004' };
const socialWorker = { id: 'jo.bell', name: 'Jo Bell', role: 'social-worker', organisation: '706' };
const people: Record<string, Reader> = {
  'the-person': readerOf(personA, {
    user: { id: 'login-1', name: 'Ellen Hart', role: 'person', organisation: '' },
    access: accessOf({ ground: 'self', role: 'person' }),
    purpose: 'PATRQT',
    from: 'person',
  }),
  'the-doctor': readerOf(personA, { user: doctor, from: 'emis' }),
  'the-social-worker': readerOf(personA, { user: socialWorker, from: 'liquidlogic' }),
  'a-namesake': readerOf(personA, { user: { ...socialWorker, organisation: '202' }, from: 'liquidlogic' }),
  'of-somebody-else': readerOf(personB, {
    user: { id: 'login-2', name: 'Sam Hart', role: 'person', organisation: '' },
    access: accessOf({ ground: 'self', role: 'person' }),
  }),
  'writes-only': readerOf(personA, { scopes: [{ context: 'patient', type: '*', actions: 'cud' }] }),
};

// Who looked at Ellen Hart's record, told to whoever may know it.
/** What a function is given after the store. */
type Rest<F> = F extends (sql: never, ...rest: infer R) => unknown ? R : never;

eachEngine('AuditEvent', ({ db }) => {
  let app: FastifyInstance;
  const ask = (token: string, path: string, body?: object) =>
    app.inject({
      method: body === undefined ? 'GET' : 'POST',
      url: `/fhir/${path}`,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/fhir+json' }) },
      ...(body && { payload: JSON.stringify(body) }),
    });
  const search = async (token: string, query = '') => {
    const answer = await ask(token, `AuditEvent?${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Bundle<AuditEvent>>();
  };
  const events = (bundle: Bundle<AuditEvent>) =>
    (bundle.entry ?? []).flatMap(({ resource, search: found }) =>
      found?.mode === 'match' && resource ? [resource] : [],
    );
  const acts = (bundle: Bundle<AuditEvent>) => events(bundle).map(({ subtype }) => subtype?.at(-1)?.code);
  const told = async (token: string, query = '') => events(await search(token, query));

  beforeAll(async () => {
    app = fastify();
    await app.register(fhirPlugin, {
      prefix: '/fhir',
      database: db(),
      base,
      readerOf: (token: string) => Promise.resolve(people[token]),
      smartConfiguration: () => ({}),
      allowedOrigins: [],
    });
    await db().query('insert into person (id) values ($1), ($2)', [personA, personB]);
    await db().query('insert into person (id, merged_into) values ($1, $2)', [
      '33333333-3333-4333-8333-333333333333',
      personA,
    ]);
    await put(db(), personA, [
      { resourceType: 'Patient', id: personA },
      {
        resourceType: 'Organization',
        id: 'practice',
        name: 'The Goodinge Group Practice',
        identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'F83004' }],
      },
    ]);
    // The embedded store's clock counts milliseconds: no two acts of one.
    const act = async (...[actor, ...rest]: Rest<typeof auditAct>) => {
      await auditAct(db(), actor, ...rest);
      await delay(2);
    };
    const refuse = async (...[actor, ...rest]: Rest<typeof auditRefusal>) => {
      await auditRefusal(db(), actor, ...rest);
      await delay(2);
    };
    const [asDoctor, asWorker] = [people['the-doctor']!, people['the-social-worker']!];
    await act({ ...asDoctor, patient: '33333333-3333-4333-8333-333333333333' }, { action: 'launch' });
    await act(asDoctor, { action: 'search', type: 'Encounter', query: 'sort=-date limit=100' }, 7);
    await act(asDoctor, { action: 'read', type: 'DocumentReference', ids: ['secret-letter'] }, 1);
    await act(asDoctor, { action: 'include', ids: ['Specimen/secret'], query: 'Specimen 1' }, 1);
    const words = 'Found unconscious in the street.';
    await act({ ...asWorker, purpose: 'BTG', reason: words }, { action: 'break-glass', detail: 'vital-interest' });
    const why = 'Her husband must not hear of it.';
    await act({ ...asWorker, reason: why }, { action: 'declare-relationship', detail: 'absent' });
    await refuse(asWorker, { action: 'read', type: 'Condition', ids: ['secret'], detail: 'not allowed' });
    await act(people['of-somebody-else']!, { action: 'search', type: 'Encounter' });
  });
  afterAll(() => app.close());

  it('tells the person everybody who looked, from where and why, newest first, also under an id that was merged', async () => {
    const bundle = await search('the-person');
    expect(acts(bundle)).toEqual([
      'read',
      'declare-relationship',
      'break-glass',
      'include',
      'read',
      'search',
      'launch',
    ]);
    for (const event of events(bundle)) expect(validateStructure(event)).toEqual([]);
    const [refused, , glass, , , asked, launch] = events(bundle);
    expect(refused).toMatchObject({ outcome: '8', action: 'R' });
    expect(glass).toMatchObject({
      type: { code: '110113' },
      outcome: '0',
      agent: [
        {
          requestor: true,
          name: 'Jo Bell',
          altId: 'jo.bell',
          purposeOfUse: [{ coding: [{ code: 'BTG' }], text: 'Found unconscious in the street.' }],
        },
        { who: { display: '706', identifier: { value: '706' } } },
        { type: { coding: [{ code: '110152' }] } },
        { type: { coding: [{ code: '110153' }] } },
      ],
    });
    expect(asked?.agent[1]?.who?.display).toBe('The Goodinge Group Practice');
    const query = asked?.entity?.find((entity) => entity.query !== undefined)?.query;
    expect(Buffer.from(query ?? '', 'base64').toString()).toBe('Encounter?sort=-date limit=100');
    expect(launch?.entity?.[0]?.what?.reference).toBe(`Patient/${personA}`);
  });

  it('names to the person nothing that was opened, found or typed: it may be what they are not shown', async () => {
    const text = JSON.stringify(await told('the-person'));
    for (const word of ['secret', 'Specimen', 'DocumentReference', 'Condition', 'husband', 'not allowed', '"7"'])
      expect(text).not.toContain(word);
  });

  it('tells staff their own lines, with the words they typed, and nobody else’s, not even a namesake’s elsewhere', async () => {
    const own = await told('the-social-worker');
    expect(own.map(({ agent }) => agent[0]?.name)).toEqual(own.map(() => 'Jo Bell'));
    expect(JSON.stringify(own)).toContain('Her husband must not hear of it.');
    expect(acts(await search('a-namesake'))).toEqual([]);
    const [line] = await told('the-doctor', 'action=R');
    const path = `AuditEvent/${line?.id}`;
    expect((await ask('the-doctor', path)).json()).toMatchObject({ id: line?.id, outcome: '0' });
    for (const token of ['the-social-worker', 'of-somebody-else'])
      expect((await ask(token, path)).statusCode).toBe(404);
    expect((await ask('the-person', path)).statusCode).toBe(200);
    expect((await ask('of-somebody-else', `AuditEvent?patient=${personA}`)).statusCode).toBe(403);
  });

  it('says once that the audit was read, in the next answer', async () => {
    const before = acts(await search('the-person', 'altid=login-1'));
    expect(acts(await search('the-person', 'altid=login-1'))).toEqual(['search', ...before]);
  });

  it('finds lines by each of its parameters, and by day', async () => {
    const lines = await told('the-person', 'altid=jo.bell');
    const glass = lines.find(({ subtype }) => subtype?.[0]?.code === '110127');
    const found: Record<string, [finds: string, finds: 'something' | 'nothing'][]> = {
      _id: [
        [glass?.id ?? '', 'something'],
        ['nobody', 'nothing'],
      ],
      date: [
        ['ge2026', 'something'],
        ['lt2026', 'nothing'],
        ['ne2026-01-01', 'something'],
        [`eq${glass?.recorded}`, 'something'],
      ],
      type: [
        ['110113', 'something'],
        ['x', 'nothing'],
      ],
      subtype: [
        ['110127', 'something'],
        ['x', 'nothing'],
      ],
      action: [
        ['E', 'something'],
        ['U', 'nothing'],
      ],
      outcome: [
        ['8', 'something'],
        ['4', 'nothing'],
      ],
      altid: [
        ['jo.bell', 'something'],
        ['jo', 'nothing'],
      ],
      patient: [[personA, 'something']],
    };
    expect(Object.keys(found).toSorted()).toEqual([...capabilityOf('AuditEvent').parameters.keys()].toSorted());
    for (const [name, values] of Object.entries(found)) {
      for (const [value, expected] of values) {
        const some = (await told('the-person', `${name}=${encodeURIComponent(value)}`)).length > 0;
        expect([name, value, some]).toEqual([name, value, expected === 'something']);
      }
    }
  });

  it('pages through every line once, either way, while others are written', async () => {
    const every = (await told('the-person', 'date=lt2027')).map(({ id }) => id);
    for (const [sort, order] of [
      ['-date', every],
      ['date', every.toReversed()],
    ] as const) {
      const seen: string[] = [];
      for (let next: string | undefined = `AuditEvent?_sort=${sort}&_count=3`; next !== undefined;) {
        const bundle: Bundle = (await ask('the-person', next)).json();
        seen.push(...listed(bundle).map((reference) => reference.slice('AuditEvent/'.length)));
        next = seen.length > every.length ? undefined : nextOf(bundle);
      }
      expect(seen.filter((id) => every.includes(id))).toEqual(order);
    }
  });

  describe('is written by the hub alone, but for what only the app knows', () => {
    const print = {
      resourceType: 'AuditEvent',
      type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110106' },
      subtype: [{ system: 'https://care-timeline.example/fhir/CodeSystem/audit-act', code: 'print' }],
      recorded: '1999-01-01T00:00:00Z',
      agent: [{ who: { display: 'Somebody else' }, requestor: true }],
      source: { observer: { display: 'app' } },
      entity: [{ what: { reference: `Patient/${personB}` } }],
    };

    it('a print is kept as the token’s user’s, about the token’s person, now; the person is told', async () => {
      const answer = await ask('the-doctor', 'AuditEvent', print);
      expect(answer.statusCode).toBe(201);
      const id = String(answer.headers['location']).slice(`${base}/AuditEvent/`.length);
      const [line] = await told('the-person', `_id=${id}`);
      expect(line).toMatchObject({ agent: [{ name: 'Dr Ada Byrne' }, {}, {}, {}], type: { code: '110106' } });
      expect(line?.entity?.[0]?.what?.reference).toBe(`Patient/${personA}`);
      expect(Date.parse(line?.recorded ?? '')).toBeGreaterThan(Date.now() - 60_000);
    });

    it.each([
      ['a read', { ...print, type: { ...print.type, code: '110112' } }, 'the-doctor', 422],
      ['something that is no event', { resourceType: 'Flag', type: null, subtype: [null] }, 'the-doctor', 422],
      ['an app that reads nothing', print, 'writes-only', 403],
    ])('%s is refused, and that is a line', async (_what, body, token, status) => {
      expect((await ask(token, 'AuditEvent', body)).statusCode).toBe(status);
      const [line] = await told('the-person', 'action=C');
      expect(line).toMatchObject({ outcome: '8' });
    });
  });
});
