import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Bundle, Observation, OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nhsNumberSystem, nhsNumberVerificationExtension } from '../../../fhir/systems.ts';
import { labelBits } from '../../access/labels.ts';
import { eachEngine } from '../../store/testing.ts';
import { get, listed, personA, personB, put, searched, startHub } from '../testing-hub.ts';

const own = { reference: `Patient/${personA}` };
const weight = (parts: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Weight' },
  subject: own,
  effectiveDateTime: '2026-11-20T08:00:00Z',
  valueQuantity: { value: 71.5, unit: 'kg' },
  ...parts,
});

eachEngine('writing', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db());
    for (const [id, number] of [
      [personA, '9990000018'],
      [personB, '9990000026'],
    ]) {
      await db().query('insert into person (id, nhs_number) values ($1, $2)', [id, number]);
    }
    await put(db(), personA, [
      { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: own },
    ]);
    await put(
      db(),
      personA,
      [{ resourceType: 'Encounter', id: 'sealed', status: 'finished', class: { code: 'AMB' }, subject: own }],
      labelBits.restricted,
    );
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await db().script("delete from resource where type = 'Observation'; delete from resource_history");
  });

  const send = (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url: `/fhir${path === '' ? '' : `/${path}`}`,
      headers: {
        authorization: 'Bearer a-write',
        'content-type': method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json',
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
  const words = (answer: LightMyRequestResponse): string => {
    const outcome = JSON.parse(answer.body) as OperationOutcome;
    expect(outcome.resourceType).toBe('OperationOutcome');
    return outcome.issue[0]!.details!.text!;
  };
  const created = async (parts: Partial<Observation> = {}): Promise<Observation> => {
    const answer = await send('POST', 'Observation', weight(parts));
    expect(answer.statusCode).toBe(201);
    return JSON.parse(answer.body) as Observation;
  };
  const audited = async (action: string, outcome: string): Promise<number> => {
    const [row] = await db().query<{ count: number }>(
      'select count(*)::integer as count from audit where action = $1 and outcome = $2 and patient = $3',
      [action, outcome, personA],
    );
    return row!.count;
  };

  describe('a new reading', () => {
    it('gets an id, a version, who sent it, and an address; numbers stay as they were written', async () => {
      const text = JSON.stringify(weight()).replace('71.5', '71.50');
      const answer = await send('POST', 'Observation', text);
      expect(answer.statusCode).toBe(201);
      expect(answer.body).toContain('"value":71.50');
      const stored = JSON.parse(answer.body) as Observation;
      expect(answer.headers['location']).toBe(`http://localhost:8080/fhir/Observation/${stored.id}/_history/1`);
      expect(answer.headers['etag']).toBe('W/"1"');
      expect(stored.meta).toMatchObject({ versionId: '1', source: expect.stringContaining('care-timeline') as string });
      expect((await get(app, `Observation/${stored.id}`)).text).toBe(answer.body);
      expect(listed(await searched(app, 'Observation?code=29463-7'))).toEqual([`Observation/${stored.id}`]);
    });

    it('keeps no id, version or source that its sender made up', async () => {
      const stored = await created({ id: 'mine', meta: { versionId: '9', source: 'urn:care-timeline:source:emis#1' } });
      expect(stored.id).not.toBe('mine');
      expect(stored.meta!.versionId).toBe('1');
      expect(JSON.stringify(stored.meta)).not.toContain('emis');
    });

    it('is answered as the client prefers', async () => {
      const minimal = await send('POST', 'Observation', weight(), { prefer: 'return=minimal' });
      expect([minimal.statusCode, minimal.body]).toEqual([201, '']);
      const outcome = await send('POST', 'Observation', weight(), { prefer: 'return=OperationOutcome' });
      expect(JSON.parse(outcome.body)).toMatchObject({ resourceType: 'OperationOutcome' });
      expect((await send('POST', 'Observation', weight(), { prefer: 'return=all' })).statusCode).toBe(400);
    });

    it.each<[string, Partial<Observation>, RegExp]>([
      ['of another person', { subject: { reference: `Patient/${personB}` } }, /names another person/],
      ['of nobody', { subject: undefined }, /does not say that it is about/],
      ['of two people', { performer: [{ reference: `Patient/${personB}` }] }, /names another person/],
      [
        'of a person by number alone',
        { subject: { type: 'Patient', identifier: { value: '9990000026' } } },
        /another person/,
      ],
      ['with a person inside', { contained: [{ resourceType: 'Patient', id: 'p' }] }, /another person/],
      ['with a code that status does not have', { status: 'done' as 'final' }, /Observation\.status/],
      ['without a code', { code: undefined }, /Observation\.code/],
      ['with an element nobody knows', { colour: 'mauve' } as Partial<Observation>, /does not define/],
      [
        'with somebody else’s NHS number',
        { identifier: [{ system: nhsNumberSystem, value: '9990000026' }] },
        /not the number of the person/,
      ],
      ['with a mistyped NHS number', { identifier: [{ system: nhsNumberSystem, value: '9990000019' }] }, /check digit/],
      [
        'with a verification status nobody knows',
        {
          identifier: [
            {
              system: nhsNumberSystem,
              value: '9990000018',
              extension: [{ url: nhsNumberVerificationExtension, valueCodeableConcept: { coding: [{ code: '99' }] } }],
            },
          ],
        },
        /verification status/,
      ],
      [
        'that would be hidden from who writes it',
        { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } },
        /restricting label/,
      ],
      ['of a visit that is not there', { encounter: { reference: 'Encounter/none' } }, /refers to something/],
      ['of a visit that is sealed', { encounter: { reference: 'Encounter/sealed' } }, /refers to something/],
      [
        'of a visit elsewhere',
        { encounter: { reference: 'https://other.example/fhir/Encounter/1' } },
        /refers to something/,
      ],
    ])('%s is refused, whole, in words without a value, and audited', async (_story, parts, said) => {
      const before = await audited('create', 'refused');
      const answer = await send('POST', 'Observation', weight(parts));
      expect([answer.statusCode, words(answer)]).toEqual([422, expect.stringMatching(said)]);
      expect(answer.body).not.toMatch(/9990000026|9990000019|other\.example|mauve/);
      expect(listed(await searched(app, 'Observation'))).toEqual([]);
      expect(await audited('create', 'refused')).toBe(before + 1);
    });

    it('of a sealed visit is refused in the very words of one that does not exist', async () => {
      const refused = async (id: string) =>
        (await send('POST', 'Observation', weight({ encounter: { reference: `Encounter/${id}` } }))).body;
      expect(await refused('sealed')).toBe(await refused('none'));
    });

    it('may refer to what is there, by an absolute address as well', async () => {
      const stored = await created({ encounter: { reference: 'http://localhost:8080/fhir/Encounter/visit' } });
      expect(stored.encounter).toEqual({ reference: 'Encounter/visit' });
      expect(listed(await searched(app, 'Observation?encounter=visit'))).toHaveLength(1);
    });

    it('is not made twice where one fits already; where several fit, nobody guesses', async () => {
      const condition = { 'if-none-exist': 'code=29463-7' };
      const first = await send('POST', 'Observation', weight(), condition);
      const second = await send('POST', 'Observation', weight(), condition);
      expect([first.statusCode, second.statusCode]).toEqual([201, 200]);
      expect(second.headers['location']).toBe(first.headers['location']);
      await created();
      expect((await send('POST', 'Observation', weight(), condition)).statusCode).toBe(412);
      expect((await send('POST', 'Observation', weight(), { 'if-none-exist': 'colour=red' })).statusCode).toBe(400);
    });

    it('needs the permission to write', async () => {
      for (const token of ['a-all', 'a-read-visits', 'a-none']) {
        const answer = await send('POST', 'Observation', weight(), { authorization: `Bearer ${token}` });
        expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([
          403,
          expect.stringContaining('patient/Observation.c'),
        ]);
      }
      const only = { authorization: 'Bearer a-create-readings' };
      expect((await send('POST', 'Observation', weight(), only)).statusCode).toBe(201);
      expect((await send('POST', 'Observation', weight(), { ...only, 'if-none-exist': 'code=x' })).statusCode).toBe(
        403,
      );
    });
  });

  describe('a change', () => {
    it('is the next version; the old one stays in the history', async () => {
      const { id } = await created();
      const answer = await send('PUT', `Observation/${id}`, { ...weight({ id }), status: 'amended' });
      expect([answer.statusCode, answer.headers['etag']]).toEqual([200, 'W/"2"']);
      expect((await get(app, `Observation/${id}/_history/1`)).text).toContain('"final"');
    });

    it('to another version than the one that was read is refused', async () => {
      const { id } = await created();
      const change = (version: number) =>
        send('PUT', `Observation/${id}`, weight({ id, status: 'amended' }), { 'if-match': `W/"${version}"` });
      expect((await change(1)).statusCode).toBe(200);
      expect((await change(1)).statusCode).toBe(412);
      expect((await send('PUT', `Observation/${id}`, weight({ id }), { 'if-match': 'x' })).statusCode).toBe(400);
    });

    it('made by two at once to one version is made by one', async () => {
      const { id } = await created();
      const change = (status: Observation['status']) =>
        send('PUT', `Observation/${id}`, weight({ id, status }), { 'if-match': 'W/"1"' });
      const answers = await Promise.all([change('amended'), change('corrected'), change('cancelled')]);
      expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 412, 412]);
    });

    it('of what a source said is refused, and says where it is changed', async () => {
      await put(db(), personA, [{ ...weight(), id: 'lab' }]);
      for (const answer of [
        await send('PUT', 'Observation/lab', weight({ id: 'lab', status: 'amended' })),
        await send('PATCH', 'Observation/lab', [{ op: 'replace', path: '/status', value: 'amended' }]),
        await send('DELETE', 'Observation/lab'),
      ]) {
        expect([answer.statusCode, words(answer)]).toEqual([403, expect.stringContaining('GP records (EMIS)')]);
      }
    });

    it('of what is another person’s, sealed or not there: all the same', async () => {
      const there = await send('PUT', 'Encounter/sealed', {
        resourceType: 'Encounter',
        id: 'sealed',
        status: 'finished',
        class: { code: 'AMB' },
        subject: own,
      });
      expect(there.statusCode).toBe(404);
      const { id } = await created();
      const other = await send('PUT', `Observation/${id}`, weight({ id }), { authorization: 'Bearer b-write' });
      expect(other.statusCode).toBe(404);
      expect(
        (await send('DELETE', `Observation/${id}`, undefined, { authorization: 'Bearer b-write' })).statusCode,
      ).toBe(404);
      expect((await get(app, `Observation/${id}`)).status).toBe(200);
    });

    it('never makes a resource: ids are given by the hub', async () => {
      expect((await send('PUT', 'Observation/mine', weight({ id: 'mine' }))).statusCode).toBe(404);
      expect((await send('PUT', 'Observation?code=none', weight())).statusCode).toBe(404);
    });

    it('by a condition changes the one that fits', async () => {
      const { id } = await created();
      const fits = 'Observation?code=29463-7&date=2026-11-20';
      expect((await send('PUT', fits, weight({ status: 'amended' }))).statusCode).toBe(200);
      expect((await get(app, `Observation/${id}`)).text).toContain('amended');
      await created();
      expect((await send('PUT', fits, weight())).statusCode).toBe(412);
      expect((await send('PUT', 'Observation', weight())).statusCode).toBe(400);
      expect((await send('PUT', 'Observation?_count=1', weight())).statusCode).toBe(400);
    });

    it('by a patch changes what it names and keeps every number as it was written', async () => {
      const answer = await send('POST', 'Observation', JSON.stringify(weight()).replace('71.5', '71.50'));
      const { id } = JSON.parse(answer.body) as Observation;
      const patch =
        '[{"op":"test","path":"/valueQuantity/value","value":71.50},{"op":"replace","path":"/status","value":"amended"},{"op":"add","path":"/referenceRange","value":[{"low":{"value":60.0}}]}]';
      const changed = await send('PATCH', `Observation/${id}`, patch);
      expect([changed.statusCode, changed.headers['etag']]).toEqual([200, 'W/"2"']);
      expect(changed.body).toContain('"value":71.50');
      expect(changed.body).toContain('"value":60.0');
    });

    it('by a patch that tests for a number finds it as it was written, and no other', async () => {
      const { id } = await created();
      const patch = (value: string) =>
        `[{"op":"test","path":"/valueQuantity/value","value":${value}},{"op":"replace","path":"/status","value":"amended"}]`;
      expect((await send('PATCH', `Observation/${id}`, patch('71.6'))).statusCode).toBe(422);
      expect((await send('PATCH', `Observation/${id}`, patch('71.5'))).statusCode).toBe(200);
    });

    it.each<[string, unknown, number]>([
      ['that tests for something else', [{ op: 'test', path: '/status', value: 'amended' }], 422],
      ['to a place that is not there', [{ op: 'replace', path: '/a/b', value: 1 }], 422],
      [
        'that makes it another person’s',
        [{ op: 'replace', path: '/subject', value: { reference: `Patient/${personB}` } }],
        422,
      ],
      ['that makes it another resource', [{ op: 'replace', path: '/id', value: 'other' }], 400],
      ['that is none', { op: 'add' }, 400],
      ['with an operation nobody knows', [{ op: 'spin', path: '/status' }], 400],
      ['that leaves an invalid resource', [{ op: 'remove', path: '/code' }], 422],
    ])('by a patch %s is refused', async (_story, patch, status) => {
      const { id } = await created();
      expect((await send('PATCH', `Observation/${id}`, patch)).statusCode).toBe(status);
      expect((await get(app, `Observation/${id}`)).headers['etag']).toBe('W/"1"');
    });
  });

  describe('a deletion', () => {
    it('takes it out of every answer; its history stays and says so', async () => {
      const { id } = await created();
      expect((await send('DELETE', `Observation/${id}`, undefined, { 'if-match': 'W/"2"' })).statusCode).toBe(412);
      expect((await send('DELETE', `Observation/${id}`)).statusCode).toBe(204);
      expect((await get(app, `Observation/${id}`)).status).toBe(410);
      expect(listed(await searched(app, 'Observation'))).toEqual([]);
      const history = JSON.parse((await get(app, `Observation/${id}/_history`)).text) as Bundle;
      expect(history.entry!.map(({ request }) => request!.method)).toEqual(['DELETE', 'PUT']);
      expect((await send('PUT', `Observation/${id}`, weight({ id: id! }))).statusCode).toBe(410);
      expect(await audited('delete', 'served')).toBeGreaterThan(0);
    });

    it('by a condition takes the one that fits, or nothing', async () => {
      await created();
      expect((await send('DELETE', 'Observation?code=29463-7')).statusCode).toBe(204);
      expect((await send('DELETE', 'Observation?code=29463-7')).statusCode).toBe(204);
      await created();
      await created();
      expect((await send('DELETE', 'Observation?code=29463-7')).statusCode).toBe(412);
      expect((await send('DELETE', 'Observation')).statusCode).toBe(400);
    });
  });

  describe('a transaction', () => {
    const bundle = (entry: unknown[], type = 'transaction') => ({ resourceType: 'Bundle', type, entry });
    const post = (resource: unknown, fullUrl?: string, more: object = {}) => ({
      ...(fullUrl === undefined ? {} : { fullUrl }),
      resource,
      request: { method: 'POST', url: 'Observation', ...more },
    });

    it('does all, in the standard’s order, with entries that name each other', async () => {
      const { id } = await created();
      const answer = await send(
        'POST',
        '',
        bundle([
          { request: { method: 'GET', url: 'Observation?_sort=date' } },
          post(weight({ hasMember: [{ reference: 'urn:uuid:second' }] }), 'urn:uuid:first'),
          post(weight({ status: 'preliminary' }), 'urn:uuid:second'),
          { request: { method: 'DELETE', url: `Observation/${id}` } },
        ]),
      );
      expect(answer.statusCode).toBe(200);
      const { type, entry } = JSON.parse(answer.body) as Bundle;
      expect(type).toBe('transaction-response');
      expect(entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['200', '201', '201', '204']);
      const [read, first, second] = entry!;
      expect(listed(read!.resource as Bundle)).toHaveLength(2);
      expect((first!.resource as Observation).hasMember).toEqual([
        { reference: `Observation/${(second!.resource as Observation).id}` },
      ]);
    });

    it('does nothing when one of it cannot be done, and says which', async () => {
      const answer = await send(
        'POST',
        '',
        bundle([post(weight()), post(weight({ status: 'done' as 'final' })), post(weight())]),
      );
      expect([answer.statusCode, words(answer)]).toEqual([422, expect.stringMatching(/^Bundle\.entry\[1\]: /)]);
      expect(listed(await searched(app, 'Observation'))).toEqual([]);
      expect(await audited('create', 'refused')).toBeGreaterThan(0);
    });

    it('is checked entry by entry by the scopes of the token', async () => {
      const entries = bundle([post(weight()), { request: { method: 'GET', url: 'Encounter/visit' } }]);
      const answer = await send('POST', '', entries, { authorization: 'Bearer a-create-readings' });
      expect([answer.statusCode, words(answer)]).toEqual([403, expect.stringContaining('Bundle.entry[1]')]);
      expect(listed(await searched(app, 'Observation'))).toEqual([]);
    });

    it('finds what is there by its condition, and refers to that', async () => {
      const { id } = await created();
      const answer = await send(
        'POST',
        '',
        bundle([
          post(weight(), 'urn:uuid:known', { ifNoneExist: 'code=29463-7' }),
          post(weight({ derivedFrom: [{ reference: 'urn:uuid:known' }] })),
        ]),
      );
      const { entry } = JSON.parse(answer.body) as Bundle;
      expect(entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['200', '201']);
      expect((entry![1]!.resource as Observation).derivedFrom).toEqual([{ reference: `Observation/${id}` }]);
    });

    it.each<[string, unknown[], number]>([
      [
        'two entries about one resource',
        [
          { request: { method: 'DELETE', url: 'Observation/ID' } },
          { request: { method: 'DELETE', url: 'Observation/ID' } },
        ],
        400,
      ],
      ['a link to an entry that is not in it', [post(weight({ hasMember: [{ reference: 'urn:uuid:none' }] }))], 422],
      ['two entries of one address', [post(weight(), 'urn:uuid:x'), post(weight(), 'urn:uuid:x')], 400],
      [
        'a type that nobody writes',
        [{ resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } }],
        405,
      ],
    ])('with %s is refused', async (_story, entries, status) => {
      const { id } = await created();
      const text = JSON.stringify(bundle(entries)).replaceAll('ID', id!);
      expect((await send('POST', '', text)).statusCode).toBe(status);
      expect(listed(await searched(app, 'Observation'))).toEqual([`Observation/${id}`]);
    });

    it('as a batch does what it can, each on its own', async () => {
      const answer = await send(
        'POST',
        '',
        bundle([post(weight()), post(weight({ status: 'done' as 'final' })), post(weight())], 'batch'),
      );
      const { entry } = JSON.parse(answer.body) as Bundle;
      expect(entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['201', '422', '201']);
    });
  });

  describe('a body that is', () => {
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    it.each<[string, string | Buffer, number, RegExp]>([
      ['50 MB long', Buffer.alloc(50 * 1024 * 1024, 0x20), 413, /MiB/],
      ['nested ten thousand deep', deep, 400, /nested deeper/],
      ['a list nested without end', '['.repeat(100_000), 400, /nested deeper/],
      ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, /UTF-8/],
      ['with an element twice', '{"resourceType":"Observation","status":"final","status":"amended"}', 400, /twice/],
      ['with NUL', '{"resourceType":"Observation","note":"a\\u0000b"}', 400, /NUL/],
      ['with half a character', '{"resourceType":"Observation","note":"\\ud800"}', 400, /half of a character/],
      ['with a number too large', '{"resourceType":"Observation","value":1e999}', 400, /too large/],
      ['no JSON', '{"resourceType":', 400, /not JSON/],
      ['nothing', '', 400, /./],
      ['a list', '[]', 400, /resource of type/],
      ['another type', '{"resourceType":"Encounter"}', 400, /resource of type/],
      [
        'ten thousand entries',
        JSON.stringify({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: Array.from({ length: 10_000 }, () => ({})),
        }),
        413,
        /500 entries/,
      ],
    ])('%s is refused in words, and quickly', async (story, body, status, said) => {
      const from = performance.now();
      const answer = await send('POST', story === 'ten thousand entries' ? '' : 'Observation', body);
      expect([answer.statusCode, words(answer)]).toEqual([status, expect.stringMatching(said)]);
      expect(performance.now() - from).toBeLessThan(3000);
    });

    it('compressed is refused: its length would say nothing', async () => {
      const answer = await send('POST', 'Observation', weight(), { 'content-encoding': 'gzip' });
      expect([answer.statusCode, listed(await searched(app, 'Observation'))]).toEqual([415, []]);
    });

    it('sent by nobody is not even read', async () => {
      const answer = await send('POST', 'Observation', Buffer.alloc(9 * 1024 * 1024), { authorization: 'Bearer none' });
      expect(answer.statusCode).toBe(401);
    });
  });
});
