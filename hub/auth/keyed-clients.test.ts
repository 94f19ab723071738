import { createServer, type Server } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newRow } from '../access/testing.ts';
import { fhirPlugin } from '../fhir/plugin.ts';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { assertionType, clientAuthentication } from './client-assertion.ts';
import { AuthRecords } from './records.ts';
import { people } from './testing-people.ts';
import { startTestHub, type AssertionOptions, type TestHub } from './testing.ts';

type Answer = Record<string, unknown> & { status: number };

eachEngine('clients that prove themselves by a key', ({ db }) => {
  let hub: TestHub;
  let fhir: FastifyInstance;
  beforeAll(async () => {
    hub = await startTestHub(db());
    for (const { id } of [people.ann, people.bea]) {
      await upsertRows(db(), [
        newRow(id, `obs-${id.slice(0, 4)}`, { type: 'Observation' }),
        newRow(id, id, { type: 'Patient' }),
        newRow(id, `enc-${id.slice(0, 4)}`, { type: 'Encounter' }),
      ]);
    }
    await upsertRows(db(), [newRow(directory, 'org', { type: 'Organization' })]);
    fhir = fastify();
    await fhir.register(fhirPlugin, {
      prefix: '/fhir',
      database: db(),
      base: hub.fhirBase,
      readerOf: (token: string, named?: string) => hub.auth.readerOf(token, named),
      smartConfiguration: () => hub.auth.smartConfiguration(),
      allowedOrigins: [],
    });
  });
  afterAll(async () => {
    await fhir.close();
    await hub.close();
  });
  afterEach(() => vi.useRealTimers());

  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${hub.issuer}/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
    });
    const text = await response.text();
    return {
      headers: response.headers,
      answer: { ...(text === '' ? {} : (JSON.parse(text) as object)), status: response.status } as Answer,
    };
  };
  const proof = async (client: string, claims: Record<string, unknown> = {}, options?: AssertionOptions) => ({
    client_assertion_type: assertionType,
    client_assertion: await hub.system.assertion({ iss: client, sub: client, ...claims }, options),
  });
  const serviceToken = async (scope: string, client = 'register', claims?: Record<string, unknown>) =>
    post('token', { grant_type: 'client_credentials', scope, ...(await proof(client, claims)) });
  const appTokens = async (client = 'keyed-app', scope = 'launch openid fhirUser online_access patient/*.rs') => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(), client_id: client, scope });
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? 'none:';
    const fields = {
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      redirect_uri: hub.callback,
      code_verifier: verifier,
    };
    return { fields, redeem: async () => (await post('token', { ...fields, ...(await proof(client)) })).answer };
  };
  const read = async (token: unknown, path: string, method: 'GET' | 'POST' = 'GET', body = '') => {
    const answer = await fhir.inject({
      method,
      url: `/fhir/${path}`,
      headers: {
        authorization: `Bearer ${String(token)}`,
        ...(method === 'POST' ? { 'content-type': 'application/fhir+json' } : {}),
      },
      ...(method === 'POST' ? { payload: body } : {}),
    });
    return { status: answer.statusCode, text: answer.body };
  };

  describe('an app', () => {
    it('is given tokens, refreshes and revokes with its key', async () => {
      const tokens = await (await appTokens()).redeem();
      expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer', patient: people.ann.id });
      expect((await hub.auth.readerOf(String(tokens['access_token'])))?.client).toBe('keyed-app');
      const again = await post('token', {
        grant_type: 'refresh_token',
        refresh_token: String(tokens['refresh_token']),
        ...(await proof('keyed-app')),
      });
      expect(again.answer).toMatchObject({ status: 200, patient: people.ann.id });
      const token = String(again.answer['refresh_token']);
      expect((await post('revoke', { token, ...(await proof('care-timeline')) })).answer.status).toBe(401);
      expect((await post('revoke', { token, ...(await proof('keyed-app')) })).answer.status).toBe(200);
      expect(await hub.auth.readerOf(String(again.answer['access_token']))).toBeUndefined();
    });

    it('is refused without its proof, by its name alone, by a secret or by another client’s key', async () => {
      const { fields, redeem } = await appTokens();
      const client_id = 'keyed-app';
      expect((await post('token', { ...fields, client_id })).answer).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
      expect((await post('token', { ...fields, client_id, client_secret: 'guess' })).answer).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
      const basic = { authorization: `Basic ${Buffer.from('keyed-app:guess').toString('base64')}` };
      expect((await post('token', fields, basic)).answer.status).toBe(401);
      const { privateKey } = await generateKeyPair('ES384');
      const forged = await proof('keyed-app', {}, { key: privateKey });
      expect((await post('token', { ...fields, ...forged })).answer).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
      // None of the tries used the code up.
      expect((await redeem()).status).toBe(200);
    });

    it('is refused the code of another app, and the word of one client under the name of another', async () => {
      const { fields } = await appTokens('care-timeline');
      const other = await post('token', { ...fields, ...(await proof('keyed-app')) });
      expect(other.answer).toMatchObject({ status: 400, error: 'invalid_grant' });
      const named = await post('token', { ...fields, client_id: 'care-timeline', ...(await proof('keyed-app')) });
      expect(named.answer).toMatchObject({ status: 401, error: 'invalid_client' });
    });

    it('writes only where its registration lets it', async () => {
      const scope = 'launch patient/*.rs patient/Observation.c patient/Observation.d patient/Task.c';
      const own = await (await appTokens('keyed-app', scope)).redeem();
      expect(own['scope']).toBe('launch patient/*.rs patient/Observation.c');
      const { fields } = await appTokens('care-timeline', scope);
      const others = await post('token', { ...fields, client_id: 'care-timeline' });
      expect(others.answer['scope']).toBe('launch patient/*.rs');
      const observation = JSON.stringify({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'Weight' },
        subject: { reference: `Patient/${people.ann.id}` },
      });
      expect((await read(own['access_token'], 'Observation', 'POST', observation)).status).toBe(201);
      expect((await read(others.answer['access_token'], 'Observation', 'POST', observation)).status).toBe(403);
    });

    it('is given no token by client_credentials', async () => {
      expect((await serviceToken('system/*.rs', 'keyed-app')).answer).toMatchObject({
        status: 400,
        error: 'unauthorized_client',
      });
    });
  });

  describe('a service', () => {
    it('is given a token for five minutes, for what its registration allows, with nothing to refresh it', async () => {
      const { answer, headers } = await serviceToken('system/Observation.rs system/Condition.rs patient/*.rs openid');
      expect(answer).toEqual({
        status: 200,
        access_token: expect.any(String) as string,
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'system/Observation.rs',
      });
      expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
      expect(await hub.auth.readerOf(String(answer['access_token']), people.ann.id)).toBeDefined();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 301_000 });
      expect(await hub.auth.readerOf(String(answer['access_token']), people.ann.id)).toBeUndefined();
    });

    it.each<[string, Record<string, string>, number, string]>([
      ['no scope that it is registered for', { scope: 'system/*.rs' }, 400, 'invalid_scope'],
      ['no scope at all', { scope: '' }, 400, 'invalid_scope'],
      ['writing', { scope: 'system/Observation.c' }, 400, 'invalid_scope'],
      ['an unknown grant type', { grant_type: 'something' }, 400, 'unsupported_grant_type'],
      ['an app’s grant type', { grant_type: 'authorization_code' }, 400, 'unauthorized_client'],
      ['another assertion type', { client_assertion_type: 'something' }, 401, 'invalid_client'],
      ['an assertion that is none', { client_assertion: 'x.y.z' }, 401, 'invalid_client'],
    ])('is refused for %s', async (_why, fields, status, error) => {
      const all = { grant_type: 'client_credentials', scope: 'system/Observation.rs', ...(await proof('register')) };
      expect((await post('token', { ...all, ...fields })).answer).toMatchObject({ status, error });
    });

    it('is refused without any proof, as a clinical system, with a used assertion, and with one field twice', async () => {
      const all = { grant_type: 'client_credentials', scope: 'system/Observation.rs' };
      expect((await post('token', { ...all, client_id: 'register' })).answer.status).toBe(401);
      expect((await post('token', { ...all, ...(await proof('emis-desk')) })).answer.status).toBe(401);
      const once = await proof('register');
      const answers = await Promise.all(Array.from({ length: 4 }, () => post('token', { ...all, ...once })));
      expect(answers.map(({ answer }) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401]);
      const twice = new URLSearchParams({ ...all, ...(await proof('register')) });
      twice.append('scope', 'system/Patient.rs');
      expect((await fetch(`${hub.issuer}/token`, { method: 'POST', body: twice })).status).toBe(400);
    });

    it('reads the one person that a request names, and writes the audit in its own name', async () => {
      const token = (await serviceToken('system/Observation.rs system/Patient.rs')).answer['access_token'];
      const { ann, bea } = people;
      for (const patient of [ann.id, `Patient/${ann.id}`, `${hub.fhirBase}/Patient/${ann.id}`]) {
        const { status, text } = await read(token, `Observation?patient=${encodeURIComponent(patient)}`);
        expect(status).toBe(200);
        expect(text).toContain('obs-1111');
        expect(text).not.toContain('obs-2222');
      }
      expect((await read(token, `Patient/${bea.id}`)).status).toBe(200);
      expect((await read(token, `Patient?_id=${bea.id}`)).text).toContain(bea.id);
      expect((await read(token, `Patient/${ann.id}/$everything?_type=Observation`)).text).toContain('obs-1111');
      const rows = await db().query<Record<string, string>>(
        `SELECT patient, user_id, user_name, user_role, user_organisation, client, opened_from FROM audit
         WHERE action = 'search' AND type = 'Observation' ORDER BY at DESC LIMIT 1`,
      );
      expect(rows).toEqual([
        {
          patient: ann.id,
          user_id: 'register',
          user_name: 'Screening register',
          user_role: 'service',
          user_organisation: 'X26',
          client: 'register',
          opened_from: 'service',
        },
      ]);
    });

    it.each<[string, number]>([
      ['Observation', 403],
      [`Observation?patient=${people.ann.id},${people.bea.id}`, 403],
      [`Observation?patient=${people.ann.id}&patient=${people.bea.id}`, 403],
      ['Observation/obs-1111', 403],
      ['Observation/obs-1111/_history', 403],
      ['Observation/obs-1111/_history/1', 403],
      ['Observation/_history', 403],
      ['Patient', 403],
      ['Patient?identifier=9990000018', 403],
      [`Encounter?patient=${people.ann.id}`, 403],
      ['Observation?patient=99999999-9999-4999-8999-999999999999', 404],
      ['Organization/org', 403],
    ])('is refused %s', async (path, status) => {
      const token = (await serviceToken('system/Observation.rs system/Patient.rs')).answer['access_token'];
      const answer = await read(token, path);
      expect([answer.status, answer.text.includes('OperationOutcome')]).toEqual([status, true]);
      expect(answer.text).not.toContain('"resourceType":"Observation"');
    });

    it('is refused Bundles and writing', async () => {
      const token = (await serviceToken('system/Observation.rs')).answer['access_token'];
      const entry = [{ request: { method: 'GET', url: `Observation?patient=${people.ann.id}` } }];
      const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
      expect((await read(token, '', 'POST', bundle)).status).toBe(403);
      expect((await read(token, 'Observation', 'POST', '{"resourceType":"Observation"}')).status).toBe(403);
    });

    it('is refused a person who was merged into another one: no empty record', async () => {
      const token = (await serviceToken('system/Observation.rs')).answer['access_token'];
      const merge = (to: string | null) =>
        db().query('UPDATE person SET merged_into = $1 WHERE id = $2', [to, people.carl.id]);
      await merge(people.ann.id);
      try {
        expect((await read(token, `Observation?patient=${people.carl.id}`)).status).toBe(404);
      } finally {
        await merge(null);
      }
    });

    it('reads services and places without naming anybody', async () => {
      const token = (await serviceToken('system/Organization.rs', 'gateway')).answer['access_token'];
      expect((await read(token, 'Organization/org')).status).toBe(200);
      expect((await read(token, 'Organization')).text).toContain('"org"');
    });

    it('ends its own token and nobody else’s', async () => {
      const token = String((await serviceToken('system/Observation.rs')).answer['access_token']);
      expect((await post('revoke', { token, ...(await proof('gateway')) })).answer.status).toBe(200);
      expect(await hub.auth.readerOf(token, people.ann.id)).toBeDefined();
      expect((await post('revoke', { token, ...(await proof('register')) })).answer.status).toBe(200);
      expect(await hub.auth.readerOf(token, people.ann.id)).toBeUndefined();
    });
  });

  describe('introspection', () => {
    it('tells a client about its own token, by its key and by a token of its own, with the launch context', async () => {
      const tokens = await (await appTokens()).redeem();
      const token = String(tokens['access_token']);
      const id = JSON.parse(
        Buffer.from(String(tokens['id_token']).split('.')[1] ?? '', 'base64url').toString(),
      ) as Record<string, unknown>;
      const expected = {
        status: 200,
        active: true,
        client_id: 'keyed-app',
        scope: tokens['scope'],
        token_type: 'Bearer',
        exp: expect.any(Number) as number,
        iat: expect.any(Number) as number,
        iss: id['iss'],
        sub: id['sub'],
        fhirUser: id['fhirUser'],
        patient: people.ann.id,
        need_patient_banner: true,
        opened_from: 'EMIS',
        user_organisation: tokens['user_organisation'],
        user_organisation_name: tokens['user_organisation_name'],
      };
      const byKey = await post('introspect', { token, ...(await proof('keyed-app')) });
      expect(byKey.answer).toEqual(expected);
      expect(byKey.headers.get('cache-control')).toBe('no-store');
      expect(Math.abs(Number(byKey.answer['exp']) - Date.now() / 1000 - 600)).toBeLessThan(60);
      const bearer = { authorization: `Bearer ${token}` };
      expect((await post('introspect', { token }, bearer)).answer).toEqual(expected);
      expect((await post('introspect', { token, ...(await proof('gateway')) })).answer).toEqual(expected);
      const refresh = await post('introspect', { token: String(tokens['refresh_token']) }, bearer);
      expect(refresh.answer).toMatchObject({ active: true, client_id: 'keyed-app', patient: people.ann.id });
    });

    it('says of everything else that it is not active, and nothing more', async () => {
      const own = String((await (await appTokens()).redeem())['access_token']);
      const { fields } = await appTokens('care-timeline');
      const others = (await post('token', { ...fields, client_id: 'care-timeline' })).answer;
      const bearer = { authorization: `Bearer ${own}` };
      const nothing = { status: 200, active: false };
      for (const token of ['made-up', String(others['access_token']), String(others['refresh_token'])]) {
        expect((await post('introspect', { token }, bearer)).answer).toEqual(nothing);
        expect((await post('introspect', { token, ...(await proof('register')) })).answer).toEqual(nothing);
      }
      const service = String((await serviceToken('system/Observation.rs')).answer['access_token']);
      expect((await post('introspect', { token: service }, bearer)).answer).toEqual(nothing);
      expect((await post('introspect', { token: service, ...(await proof('register')) })).answer).toMatchObject({
        active: true,
        client_id: 'register',
        scope: 'system/Observation.rs',
      });
      await post('revoke', { token: String(others['refresh_token']), client_id: 'care-timeline' });
      const token = String(others['access_token']);
      expect((await post('introspect', { token, ...(await proof('gateway')) })).answer).toEqual(nothing);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
      expect((await post('introspect', { token: own, ...(await proof('gateway')) })).answer).toEqual(nothing);
    });

    it('is refused to who does not prove who they are, and without a token', async () => {
      const refused = await post('introspect', { token: 'x', client_id: 'keyed-app' });
      expect([refused.answer.status, refused.answer['error']]).toEqual([401, 'invalid_client']);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect((await post('introspect', { token: 'x' }, { authorization: 'Bearer made-up' })).answer.status).toBe(401);
      expect((await post('introspect', await proof('keyed-app'))).answer).toMatchObject({
        status: 400,
        error: 'invalid_request',
      });
    });
  });

  it('are refused a body that is too long', async () => {
    const { answer } = await post('token', { grant_type: 'client_credentials', client_assertion: 'x'.repeat(40_000) });
    expect(answer).toMatchObject({ status: 413, error: 'invalid_request' });
  });

  describe('a key set at an address', () => {
    let server: Server;
    let asked = 0;
    let answerWith: (end: (status: number, body: string) => void) => void = () => {};
    let address = '';
    beforeAll(async () => {
      server = createServer((_request, response) => {
        asked += 1;
        answerWith((status, body) => {
          response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' });
          response.end(body);
        });
      });
      await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
      const at = server.address();
      address = `http://localhost:${typeof at === 'object' && at !== null ? at.port : 0}/jwks`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    const attempt = async (kid = hub.system.kid, authenticate = fresh()) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: 'c', sub: 'c', aud: 'hub', exp: now + 60, jti: crypto.randomUUID() };
      const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES384', kid }).sign(hub.system.key);
      return authenticate(assertionType, assertion).then(
        () => 'believed',
        (error: Error) => error.message,
      );
    };
    const fresh = () => clientAuthentication([{ clientId: 'c', jwksUri: address }], ['hub'], new AuthRecords(db()));

    it('that is there is read once; for an unknown key id it is read once more', async () => {
      answerWith = (end) => end(200, JSON.stringify(hub.system.jwks));
      const authenticate = fresh();
      asked = 0;
      expect(await attempt(hub.system.kid, authenticate)).toBe('believed');
      expect(await attempt(hub.system.kid, authenticate)).toBe('believed');
      expect(asked).toBe(1);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
      for (let n = 0; n < 5; n += 1) expect(await attempt('unknown', authenticate)).toContain('signature');
      expect(asked).toBe(2);
    });

    it.each<[string, (end: (status: number, body: string) => void) => void]>([
      ['is gone', (end) => end(404, '{}')],
      ['leads elsewhere', (end) => end(302, '')],
      ['is huge', (end) => end(200, `{"keys":[],"more":"${'x'.repeat(2_000_000)}"}`)],
      ['is no JSON', (end) => end(200, '<html>')],
      ['holds no keys', (end) => end(200, '{"keys":[]}')],
    ])('that %s lets nobody in', async (_why, how) => {
      answerWith = how;
      expect(await attempt()).toContain('signature');
    });

    it('that never comes lets nobody in, after three seconds', async () => {
      answerWith = () => {};
      const start = performance.now();
      expect(await attempt()).toContain('in time');
      expect(performance.now() - start).toBeLessThan(8000);
    });
  });
});
