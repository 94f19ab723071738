import * as fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import type { Bundle, CapabilityStatement, OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { bodyLimit } from './errors.ts';
import { examples } from './test-resources.ts';
import { appOrigin, base, get, personA, personB, put, startHub } from './testing-hub.ts';

const all = examples(personA);

eachEngine('the FHIR service', ({ db }) => {
  let app: FastifyInstance;
  const lines: string[] = [];
  beforeAll(async () => {
    app = await startHub(db(), lines);
    await put(db(), personA, [all.Patient.resource, all.Encounter.resource, all.Location.resource]);
    await put(db(), personB, [examples(personB).Patient.resource]);
    await put(db(), personA, [{ ...all.Flag.resource, id: 'sealed' }], 1);
  });
  afterAll(() => app.close());

  describe('what anybody may ask', () => {
    it.each(['metadata', '.well-known/smart-configuration'])(
      '%s is open to any origin, without a token',
      async (path) => {
        const answer = await app.inject({ url: `/fhir/${path}`, headers: { origin: 'https://anywhere.example' } });
        expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
        expect(answer.headers['content-type']).toMatch(/^application\/(fhir\+)?json/);
      },
    );

    it('the SMART configuration is JSON whatever the client accepts', async () => {
      const answer = await app.inject({
        url: '/fhir/.well-known/smart-configuration',
        headers: { accept: 'text/html' },
      });
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    });
  });

  describe('who is asking', () => {
    it.each([
      [undefined, 'Bearer'],
      ['Bearer stolen', 'Bearer error="invalid_token"'],
      ['Bearer', 'Bearer error="invalid_token"'],
      ['Basic YTpi', 'Bearer error="invalid_token"'],
    ])('refuses %s with 401', async (authorization, challenge) => {
      for (const url of ['/fhir/Encounter', '/fhir/Encounter/x', `/fhir/Patient/${personA}/_history/1`]) {
        const answer = await app.inject({ url, headers: authorization === undefined ? {} : { authorization } });
        expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, challenge]);
        expect(outcome(answer.body).issue[0]!.code).toBe('login');
      }
    });

    it('checks the scope of each interaction on its own: read is not search, one type is not another', async () => {
      const status = async (path: string, token: string) => (await get(app, path, token)).status;
      expect(await status('Encounter', 'a-search-visits')).toBe(200);
      expect(await status('Encounter/x', 'a-search-visits')).toBe(403);
      expect(await status('Encounter/x/_history/1', 'a-search-visits')).toBe(403);
      expect(await status('Encounter/x', 'a-read-visits')).toBe(200);
      expect(await status('Encounter/x/_history/1', 'a-read-visits')).toBe(200);
      expect(await status('Encounter', 'a-read-visits')).toBe(403);
      expect(await status('Condition', 'a-search-visits')).toBe(403);
      expect(await status('Endpoint', 'a-search-visits')).toBe(403);
      expect(await status(`Patient/${personA}`, 'a-none')).toBe(403);
      const refused = await get(app, 'Condition', 'a-search-visits');
      expect(refused.headers['www-authenticate']).toContain('insufficient_scope');
    });
  });

  it('writes to the audit who was refused what, and what was read', async () => {
    const written = (outcome: string) =>
      db().query<{ action: string; type: string; patient: string; user_id: string }>(
        'select action, type, patient, user_id from audit where outcome = $1 and grant_id = $2',
        [outcome, 'grant-b-all'],
      );
    await get(app, `Encounter?patient=${personA}`, 'b-all');
    expect(await written('refused')).toEqual([
      { action: 'search', type: 'Encounter', patient: personB, user_id: 'u1' },
    ]);
    await get(app, `Patient/${personB}`, 'b-all');
    expect(await written('served')).toEqual([{ action: 'read', type: 'Patient', patient: personB, user_id: 'u1' }]);
  });

  describe('reading one resource', () => {
    it('answers with its version, and nobody may keep it', async () => {
      const { status, headers, text } = await get(app, 'Encounter/x');
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        etag: 'W/"1"',
        'cache-control': 'no-store',
        'content-type': 'application/fhir+json; charset=utf-8',
      });
      expect(JSON.parse(text)).toMatchObject({ resourceType: 'Encounter', id: 'x', meta: { versionId: '1' } });
    });

    it('answers HEAD without the body', async () => {
      const answer = await app.inject({
        method: 'HEAD',
        url: '/fhir/Encounter/x',
        headers: { authorization: 'Bearer a-all' },
      });
      expect([answer.statusCode, answer.body, answer.headers['etag']]).toEqual([200, '', 'W/"1"']);
    });

    it('keeps old versions', async () => {
      await put(db(), personA, [{ ...all.Location.resource, name: 'Ward 3' } as typeof all.Location.resource]);
      expect((await get(app, 'Location/x')).text).toContain('Ward 3');
      expect((await get(app, 'Location/x/_history/1')).text).not.toContain('Ward 3');
      expect((await get(app, 'Location/x/_history/2')).headers['etag']).toBe('W/"2"');
      expect((await get(app, 'Location/x/_history/3')).status).toBe(404);
    });

    it.each([
      'Encounter/none',
      `Patient/${personB}`,
      `Patient/${personB}/_history/1`,
      'Flag/sealed',
      'Flag/sealed/_history/1',
    ])('answers %s as it answers what does not exist', async (path) => {
      const [there, nowhere] = [await get(app, path), await get(app, path.replace(/\/[^/]+/, '/nowhere'))];
      expect(there.status).toBe(404);
      expect(there.text).toBe(nowhere.text);
    });
  });

  describe('a batch', () => {
    const send = (payload: unknown, token = 'a-all', type = 'application/fhir+json') =>
      app.inject({
        method: 'POST',
        url: '/fhir',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      });
    const batchOf = (...urls: string[]) => ({
      resourceType: 'Bundle',
      type: 'batch',
      entry: urls.map((url) => ({ request: { method: 'GET', url } })),
    });

    it('answers each entry on its own, in order, by the scopes of the token', async () => {
      const answer = await send(
        batchOf(
          'Encounter/x',
          `${base}/Encounter?patient=${personA}`,
          'Location/x',
          `Encounter?patient=${personB}`,
          'Encounter/none',
          'Zork',
        ),
        'a-read-visits',
      );
      expect(answer.statusCode).toBe(200);
      const bundle = JSON.parse(answer.body) as Bundle;
      expect(bundle.type).toBe('batch-response');
      expect(bundle.entry!.map(({ response }) => response!.status)).toEqual([
        '200 OK',
        '403 Forbidden',
        '403 Forbidden',
        '403 Forbidden',
        '404 Not Found',
        '404 Not Found',
      ]);
      expect(bundle.entry![0]!.resource).toMatchObject({ resourceType: 'Encounter', id: 'x' });
      expect(bundle.entry![0]!.response!.etag).toBe('W/"1"');
      expect(bundle.entry![1]!.response!.outcome).toMatchObject({ resourceType: 'OperationOutcome' });
    });

    it('finds by search inside a batch', async () => {
      const bundle = JSON.parse((await send(batchOf('Encounter?status=finished'))).body) as Bundle<Bundle>;
      expect(bundle.entry![0]!.resource!.entry![0]!.resource!.id).toBe('x');
    });

    it('takes nothing that its token may not do, and no other requests', async () => {
      const writing = {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [{ request: { method: 'DELETE', url: 'Encounter/x' } }, { request: { method: 'GET', url: 'metadata' } }],
      };
      const bundle = JSON.parse((await send(writing)).body) as Bundle;
      expect(bundle.entry!.map(({ response }) => response!.status.slice(0, 3))).toEqual(['403', '400']);
      expect((await get(app, 'Encounter/x')).status).toBe(200);
    });

    it.each<[string, unknown, number]>([
      ['broken JSON', '{"resourceType":', 400],
      ['a resource', { resourceType: 'Patient' }, 400],
      ['a collection', { ...batchOf('Encounter/x'), type: 'collection' }, 400],
      ['an entry without request', { resourceType: 'Bundle', type: 'batch', entry: [{}] }, 400],
      ['entries that are no list', { resourceType: 'Bundle', type: 'batch', entry: {} }, 400],
      ['nothing', '', 400],
      ['too many entries', batchOf(...Array.from({ length: 501 }, () => 'Encounter/x')), 413],
      ['too many bytes', 'x'.repeat(bodyLimit + 1), 413],
    ])('refuses %s', async (_what, payload, status) => {
      const answer = await send(payload);
      expect(answer.statusCode).toBe(status);
      expect(outcome(answer.body).issue[0]!.details!.text).not.toBe('');
    });

    it('takes a Bundle without entries', async () => {
      expect(JSON.parse((await send({ resourceType: 'Bundle', type: 'batch' })).body)).toEqual({
        resourceType: 'Bundle',
        type: 'batch-response',
      });
    });
  });

  it('shows what it can do as a page to a browser at its base, made from /metadata, without script', async () => {
    const page = await app.inject({ method: 'GET', url: '/fhir', headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const statement = JSON.parse((await get(app, 'metadata')).text) as CapabilityStatement;
    for (const { type, searchParam } of statement.rest![0]!.resource!) {
      expect(page.body).toContain(`id="${type}"`);
      for (const { name } of searchParam!) expect(page.body).toContain(name);
    }
    expect(page.body).not.toContain('<script');
  });

  describe('everything else is refused in words', () => {
    it.each<[string, string, number, string | undefined]>([
      ['GET', '/fhir/Zork', 404, undefined],
      ['GET', '/fhir/Zork/1', 404, undefined],
      ['POST', '/fhir/Zork', 404, undefined],
      ['GET', '/fhir/_history', 404, undefined],
      ['GET', '/fhir/Encounter/none/_history', 404, undefined],
      ['GET', '/fhir/Encounter/x/_history?_at=2026', 400, undefined],
      ['GET', '/fhir/Endpoint/_history', 400, undefined],
      ['POST', '/fhir/Encounter/_history', 405, 'GET, HEAD, OPTIONS'],
      ['GET', '/fhir/Encounter/x/_history/abc', 404, undefined],
      ['GET', `/fhir/Patient/${personB}/$everything`, 404, undefined],
      ['GET', `/fhir/Patient/${personA}/$everything?start=2026`, 400, undefined],
      ['GET', '/fhir/Patient/$everything', 404, undefined],
      ['GET', '/fhir/Encounter/x/$everything', 404, undefined],
      ['GET', '/fhir/Encounter/x/y/z', 404, undefined],
      ['GET', '/fhir', 405, 'POST, OPTIONS'],
      ['PUT', '/fhir/Encounter/x', 403, undefined],
      ['DELETE', '/fhir/Encounter/x', 403, undefined],
      ['POST', '/fhir/Encounter', 403, undefined],
      ['PATCH', '/fhir/Encounter/x', 415, undefined],
      ['PATCH', '/fhir/Encounter', 405, 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
      ['POST', '/fhir/Encounter/x', 405, 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
      ...['Patient', 'Provenance', 'Practitioner', 'Organization'].flatMap(
        (type): [string, string, number, string][] => [
          ['POST', `/fhir/${type}`, 405, 'GET, HEAD, OPTIONS'],
          ['PUT', `/fhir/${type}/x`, 405, 'GET, HEAD, OPTIONS'],
          ['DELETE', `/fhir/${type}/x`, 405, 'GET, HEAD, OPTIONS'],
        ],
      ),
      ['POST', '/fhir/AuditEvent', 422, undefined],
      ['PUT', '/fhir/AuditEvent/x', 405, 'GET, HEAD, OPTIONS'],
      ['DELETE', '/fhir/AuditEvent/x', 405, 'GET, HEAD, OPTIONS'],
      ['GET', '/fhir/Encounter/_search', 405, 'POST, OPTIONS'],
      ['POST', '/fhir/metadata', 405, 'GET, HEAD, OPTIONS'],
      ['DELETE', '/fhir', 405, 'POST, OPTIONS'],
    ])('%s %s → %i', async (method, url, status, allow) => {
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: { authorization: 'Bearer a-all', 'content-type': 'application/fhir+json' },
        ...(method === 'GET' ? {} : { payload: '{}' }),
      });
      expect([answer.statusCode, answer.headers['allow']]).toEqual([status, allow]);
      expect(outcome(answer.body).issue[0]!.severity).toBe('error');
    });

    it.each<[string, Record<string, string>, number]>([
      ['Encounter/x', { accept: 'application/fhir+xml' }, 406],
      ['Encounter/x', { accept: 'application/json;q=0' }, 406],
      ['Encounter/x', { accept: 'application/fhir+json; fhirVersion=5.0' }, 406],
      ['Encounter/x', { accept: 'application/fhir+json; fhirVersion=4.0' }, 200],
      ['Encounter/x', { accept: 'text/html, */*;q=0.1' }, 200],
      ['Encounter/x?_format=xml', {}, 406],
      ['Encounter?_format=xml', {}, 406],
      ['Encounter?_format=application/fhir+json', {}, 200],
      ['Encounter/x?_format=json', {}, 200],
      ['Encounter/x?_summary=true', {}, 400],
      ['Encounter?access_token=a-all', {}, 400],
    ])('%s with %o → %i', async (path, headers, status) => {
      const answer = await app.inject({ url: `/fhir/${path}`, headers: { authorization: 'Bearer a-all', ...headers } });
      expect(answer.statusCode).toBe(status);
    });

    it('answers any address with rows or a refusal in words, never with a fault', async () => {
      const part = fc.oneof(
        // Clients themselves take dot segments out, which leaves the service.
        fc.string().filter((text) => !/^\.{1,2}$/.test(text)),
        fc.constantFrom('Encounter', 'x', '_history', '1', '_search', 'metadata', '%00'),
      );
      const name = fc.oneof(
        fc.string(),
        fc.constantFrom('_id', 'date', 'status', '_sort', '_include', '_after', '_format'),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(part, { maxLength: 4 }),
          fc.array(fc.tuple(name, fc.string()), { maxLength: 3 }),
          async (parts, query) => {
            const url = `/fhir/${parts.map(encodeURIComponent).join('/')}?${new URLSearchParams(query).toString()}`;
            const answer = await app.inject({ url, headers: { authorization: 'Bearer a-all' } });
            expect([url, answer.statusCode < 500]).toEqual([url, true]);
            expect(['OperationOutcome', 'Bundle', 'CapabilityStatement', 'Encounter']).toContain(
              (JSON.parse(answer.body) as { resourceType: string }).resourceType,
            );
          },
        ),
        { numRuns: 150 },
      );
    });

    it('takes a search by POST as a form only', async () => {
      for (const type of ['application/json', 'multipart/form-data', 'text/plain']) {
        const answer = await app.inject({
          method: 'POST',
          url: '/fhir/Encounter/_search',
          headers: { authorization: 'Bearer a-all', 'content-type': type },
          payload: '{}',
        });
        expect([type, answer.statusCode]).toEqual([type, 415]);
        expect(outcome(answer.body).resourceType).toBe('OperationOutcome');
      }
    });

    it('says nothing of what went wrong inside, and logs no words of it, but an id to find it by', async () => {
      const answer = await get(app, 'Encounter/x', 'broken');
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('SMITH');
      const line = lines.find((one) => one.includes('failed unexpectedly'))!;
      expect(line).not.toContain('SMITH');
      const { requestId } = JSON.parse(line) as { requestId: string };
      expect(outcome(answer.text).issue[0]!.details!.text).toContain(requestId);
    });
  });

  describe('pages of other origins', () => {
    it('may read when they are registered, and are told nothing when not', async () => {
      const from = (origin: string) =>
        app.inject({ url: '/fhir/Encounter/x', headers: { authorization: 'Bearer a-all', origin } });
      const [known, unknown] = [await from(appOrigin), await from('https://elsewhere.example')];
      expect(known.headers['access-control-allow-origin']).toBe(appOrigin);
      expect(unknown.headers['access-control-allow-origin']).toBeUndefined();
      expect([known.headers['vary'], unknown.headers['vary']]).toEqual(['Origin', 'Origin']);
    });

    it('may read refusals too, so that the app can say what happened', async () => {
      const answer = await app.inject({ url: '/fhir/Encounter', headers: { origin: appOrigin } });
      expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([401, appOrigin]);
    });

    it.each(['/fhir', '/fhir/Encounter', '/fhir/Encounter/_search', '/fhir/metadata'])(
      'preflight of %s',
      async (url) => {
        const answer = await app.inject({
          method: 'OPTIONS',
          url,
          headers: {
            origin: appOrigin,
            'access-control-request-method': 'GET',
            'access-control-request-headers': 'authorization',
          },
        });
        expect(answer.statusCode).toBe(204);
        expect(answer.headers['access-control-allow-origin']).toBe(appOrigin);
        expect(answer.headers['access-control-allow-headers']).toContain('authorization');
      },
    );
  });
});

function outcome(body: string): OperationOutcome {
  const parsed = JSON.parse(body) as OperationOutcome;
  expect(parsed.resourceType).toBe('OperationOutcome');
  expect(parsed.issue[0]!.details!.text!.length).toBeGreaterThan(10);
  return parsed;
}
