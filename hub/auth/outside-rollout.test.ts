import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fhirPlugin } from '../fhir/plugin.ts';
import type { Database } from '../store/database.ts';
import { migratedPglite } from '../store/migrated-pglite.ts';
import { openPglite } from '../store/pglite.ts';
import { assertionType } from './client-assertion.ts';
import { TestBrowser } from './testing-browser.ts';
import { people } from './testing-people.ts';
import { ann, nurse } from './testing-upstream.ts';
import { doctor, startTestHub, type TestHub } from './testing.ts';

// One engine will do: nothing here depends on the store.
describe('a first phase of one practice and one person', () => {
  let database: Database;
  let hub: TestHub;
  beforeAll(async () => {
    database = await openPglite(undefined, await migratedPglite());
    const file = join(mkdtempSync(join(tmpdir(), 'phase-')), 'people.txt');
    writeFileSync(file, people.ann.nhs);
    hub = await startTestHub(database);
    hub.registrations.rollout = {
      askWhom: 'the digital team',
      phases: [{ name: 'the first phase', organisations: ['F83063'], users: ['555000000077'], people: file }],
    };
    await hub.restart();
  });
  afterAll(async () => {
    await hub.close();
    await database.close();
  });

  const answerTo = async (launchBody: object) => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(launchBody) });
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? 'none:';
    return { query: new URL(location).searchParams, verifier };
  };
  const open = async () => {
    const { query, verifier } = await answerTo({});
    const fields = { grant_type: 'authorization_code', redirect_uri: hub.callback, code_verifier: verifier };
    const response = await hub.token({ ...fields, code: query.get('code') ?? '' });
    return ((await response.json()) as { access_token: string }).access_token;
  };

  it('opens to the practice’s own doctor, for the person who is in it', async () => {
    expect(await hub.auth.readerOf(await open())).toMatchObject({ patient: people.ann.id });
  });

  it('says to a doctor from elsewhere that it is not open to them yet, and whom to ask, and spends no launch', async () => {
    const body = { user: { ...doctor, organisation: 'RKE', organisationName: 'Whittington Health' } };
    const { query } = await answerTo(body);
    expect([query.get('error'), query.get('code')]).toEqual(['access_denied', null]);
    expect(query.get('error_description')).toContain('Care Timeline is not open to Whittington Health yet');
    expect(query.get('error_description')).toContain('ask the digital team');
  });

  it('says of a person outside it that their record is not part of it, and not a word of them', async () => {
    const { query } = await answerTo({ patient: { nhsNumber: people.bea.nhs } });
    expect(query.get('error')).toBe('access_denied');
    const words = query.get('error_description') ?? '';
    expect(words).toContain('This person’s record is not part of the first phase');
    expect(words).toContain('This does not mean that there is nothing on record');
    for (const secret of ['FINCH', 'Bea', people.bea.nhs, people.bea.id]) expect(words).not.toContain(secret);
  });

  it('tells staff at the sign-on, before they are asked for anybody', async () => {
    const browser = new TestBrowser(hub.callback);
    hub.upstream.user = { ...nurse, nhsid_useruid: '555000000099' };
    const page = await browser.get((await hub.authorizeUrl()).url);
    expect([page.status, page.body.includes('Care Timeline is not open to Whittington yet')]).toEqual([403, true]);
    // One of them is named in it herself.
    hub.upstream.user = nurse;
    const picker = await new TestBrowser(hub.callback).get((await hub.authorizeUrl()).url);
    expect(picker.body).toContain('Whose record do you need?');
  });

  it('opens their own record to the person who is in it, and to nobody else', async () => {
    hub.upstream.user = ann;
    const own = await new TestBrowser(hub.callback).get((await hub.authorizeUrl({ login_hint: 'person' })).url);
    expect(new URL(own.url).searchParams.get('code')).not.toBeNull();
    hub.upstream.user = { ...ann, sub: 'b', nhs_number: people.bea.nhs, birthdate: '1980-06-01', family_name: 'Finch' };
    const other = await new TestBrowser(hub.callback).get((await hub.authorizeUrl({ login_hint: 'person' })).url);
    expect(new URL(other.url).searchParams.get('error_description')).toContain('cannot be opened here yet');
  });

  it('refuses a service that is outside, and of one that is in the people who are not, in the same words', async () => {
    const app = fastify();
    const readerOf = (token: string, named?: string) => hub.auth.readerOf(token, named);
    const parts = { database, base: hub.fhirBase, readerOf, smartConfiguration: () => ({}), allowedOrigins: [] };
    await app.register(fhirPlugin, { prefix: '/fhir', ...parts });
    const asked = async (service: string, path: string) => {
      const assertion = await hub.system.assertion({ iss: service, sub: service });
      const proof = { client_assertion_type: assertionType, client_assertion: assertion, client_id: service };
      const scope = 'system/Observation.rs system/Organization.rs';
      const answer = await hub.token({ grant_type: 'client_credentials', scope, ...proof });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      const { statusCode, body } = await app.inject({
        url: `/fhir/${path}`,
        headers: { authorization: `Bearer ${token}` },
      });
      return [
        statusCode,
        body.includes('not open to Screening register yet'),
        body.includes('not part of the first phase'),
      ];
    };
    const of = ({ id }: { id: string }) => `Observation?patient=${id}`;
    expect(await asked('register', of(people.ann))).toEqual([403, true, false]);
    const users = ['555000000077', 'register'];
    hub.registrations.rollout?.phases.forEach((phase) => (phase.users = users));
    await hub.restart();
    expect(await asked('register', of(people.ann))).toEqual([200, false, false]);
    expect(await asked('register', of(people.bea))).toEqual([403, false, true]);
    await app.close();
  });

  it('ends for what was open when the phase is changed', async () => {
    const token = await open();
    hub.registrations.rollout = { askWhom: 'us', phases: [{ name: 'the next', organisations: ['RKE'] }] };
    await hub.restart();
    expect(await hub.auth.readerOf(token)).toBeUndefined();
    const lines = await database.query<{ detail: string }>("select detail from audit where outcome = 'refused'");
    expect(lines.map(({ detail }) => detail)).toContain('not in this phase');
  });
});
