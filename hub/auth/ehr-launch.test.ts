import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { upsertRows } from '../store/resources.ts';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { addDouble, people } from './testing-people.ts';
import { doctor, ehrScope, startTestHub, type TestHub } from './testing.ts';

eachEngine('launching from a clinical system', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());

  const open = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { redirect: 'manual', headers });
    const location = response.headers.get('location');
    return { response, answer: location === null ? undefined : new URL(location).searchParams };
  };
  /** Launch, authorize, redeem: what the app does. */
  const enter = async (body?: object, params: Record<string, string> = {}) => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(body), ...params });
    const { answer } = await open(url);
    const response = await hub.token({
      grant_type: 'authorization_code',
      code: answer?.get('code') ?? '',
      redirect_uri: hub.callback,
      code_verifier: verifier,
    });
    return { response, tokens: (await response.json()) as Record<string, unknown> };
  };

  it('answers a handle with the address to open, and keeps only its digest', async () => {
    const response = await hub.askLaunch();
    const answer = (await response.json()) as { launch: string; expires_in: number; launch_url: string };
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(answer.expires_in).toBe(300);
    expect(Buffer.from(answer.launch, 'base64url').length).toBeGreaterThanOrEqual(16);
    const url = new URL(answer.launch_url);
    expect([url.origin, url.pathname]).toEqual([hub.config.publicUrl, '/launch']);
    expect(Object.fromEntries(url.searchParams)).toEqual({ iss: hub.fhirBase, launch: answer.launch });
    const rows = await db().query<{ all: string }>('SELECT string_agg(key || payload, $1) AS all FROM auth_record', [
      ' ',
    ]);
    expect(rows[0]?.all).not.toContain(answer.launch);
  });

  it('goes straight to the app with a code: one hop, no page, no cookie read or set', async () => {
    const { url, state } = await hub.authorizeUrl({ launch: await hub.launch() });
    const { response, answer } = await open(url, { cookie: 'ct_session=somebody-else; ct_session.sig=forged' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(new RegExp(`^${hub.callback}\\?`));
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get('x-frame-options')).toBeNull();
    expect(answer?.get('state')).toBe(state);
    expect(answer?.get('iss')).toBe(hub.issuer);
    expect(answer?.get('code')).toBeTruthy();
  });

  it('takes a posted authorization as the same GET', async () => {
    const { url } = await hub.authorizeUrl({ launch: await hub.launch() });
    const posted = await fetch(`${hub.issuer}/authorize`, {
      method: 'POST',
      body: new URL(url).searchParams,
      redirect: 'manual',
    });
    expect([posted.status, posted.headers.get('location')]).toEqual([303, url]);
    expect((await open(posted.headers.get('location') ?? '')).answer?.get('code')).toBeTruthy();
  });

  it('takes no launch that was pushed beforehand: it would pass by the rule that keeps cookies out of a launch', async () => {
    const { url } = await hub.authorizeUrl({ launch: await hub.launch() });
    const pushed = await fetch(`${hub.issuer}/request`, { method: 'POST', body: new URL(url).searchParams });
    expect(pushed.status).toBe(404);
    const query = new URLSearchParams({
      client_id: 'care-timeline',
      request_uri: 'urn:ietf:params:oauth:request_uri:made-up',
    });
    expect((await open(`${hub.issuer}/authorize?${query.toString()}`)).response.status).toBe(400);
  });

  it('gives tokens that name the person, the user and the way in, in the shape SMART asks for', async () => {
    const { response, tokens } = await enter({ needPatientBanner: false });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 600,
      scope: ehrScope,
      patient: people.ann.id,
      need_patient_banner: false,
      opened_from: 'EMIS',
      user_organisation: doctor.organisation,
      user_organisation_name: doctor.organisationName,
    });
    expect(tokens).not.toHaveProperty('encounter');
    expect(await hub.auth.readerOf(String(tokens['access_token']))).toMatchObject({
      access: { ground: 'system', brokeGlass: false, onlyTypes: undefined },
      client: 'care-timeline',
      grant: expect.any(String) as string,
      user: { id: doctor.id, name: doctor.name, role: 'R0260', organisation: 'F83063' },
      patient: people.ann.id,
      scopes: [{ context: 'patient', type: '*', actions: 'rs' }],
      purpose: 'TREAT',
      from: 'emis',
      reason: undefined,
    });
  });

  it('puts the user into the directory, where the fhirUser of the id_token leads', async () => {
    const { tokens } = await enter();
    const claims = JSON.parse(
      Buffer.from(String(tokens['id_token']).split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims['name']).toBe(doctor.name);
    const id = String(claims['sub']);
    expect(claims['fhirUser']).toBe(`${hub.fhirBase}/Practitioner/${id}`);
    const rows = await db().query<{ content: string }>(
      `SELECT content FROM resource WHERE patient = $1 AND type = 'Practitioner' AND id = $2`,
      [directory, id],
    );
    expect(JSON.parse(rows[0]?.content ?? '{}')).toMatchObject({
      resourceType: 'Practitioner',
      name: [{ text: doctor.name }],
    });
  });

  it('keeps two launches in one browser apart: tokens of A still name A after B was launched', async () => {
    const a = await enter({ patient: { nhsNumber: people.ann.nhs } });
    const b = await enter({ patient: { nhsNumber: people.bea.nhs } });
    expect([a.tokens['patient'], b.tokens['patient']]).toEqual([people.ann.id, people.bea.id]);
    const [readerA, readerB] = await Promise.all(
      [a, b].map(({ tokens }) => hub.auth.readerOf(String(tokens['access_token']))),
    );
    expect([readerA?.patient, readerB?.patient]).toEqual([people.ann.id, people.bea.id]);
    expect(readerA?.grant).not.toBe(readerB?.grant);
    const again = await hub.token({ grant_type: 'refresh_token', refresh_token: String(a.tokens['refresh_token']) });
    expect(((await again.json()) as { patient: string }).patient).toBe(people.ann.id);
  });

  it('finds the person by NHS number, by the system’s own id and by the hub’s id', async () => {
    for (const patient of [{ nhsNumber: '999-000-0026' }, { localId: 'bea' }, { id: people.bea.id }]) {
      expect((await enter({ patient })).tokens['patient']).toBe(people.bea.id);
    }
  });

  it('opens nobody by a number that another system stated unconfirmed', async () => {
    const nhsNumber = '9990000549';
    const id = await addDouble(db(), nhsNumber, '02');
    const refused = await hub.askLaunch({ patient: { nhsNumber } });
    expect([refused.status, await refused.json()]).toEqual([
      409,
      { error: 'patient_ambiguous', error_description: 'This NHS number is not confirmed for anybody here' },
    ]);
    expect((await hub.askLaunch({ patient: { id } })).status).toBe(201);
    await db().query("UPDATE source_patient SET source = 'emis' WHERE nhs_number = $1", [nhsNumber]);
    expect((await hub.askLaunch({ patient: { nhsNumber } })).status).toBe(201);
  });

  it('opens the one who has the number, though another system claims it unconfirmed for a record of its own', async () => {
    const nhsNumber = '9990000557';
    const [id, claimed] = [await addDouble(db(), nhsNumber, '01'), await addDouble(db(), nhsNumber, '02')];
    expect((await enter({ patient: { nhsNumber } })).tokens['patient']).toBe(id);
    // The system that claims it may mean its own record.
    await db().query("UPDATE source_patient SET source = 'emis' WHERE person = $1", [claimed]);
    expect((await hub.askLaunch({ patient: { nhsNumber } })).status).toBe(409);
  });

  it('carries the encounter when the hub holds it for this person, and none that is another person’s', async () => {
    const [own, other] = [crypto.randomUUID(), crypto.randomUUID()];
    await addEncounter(own, people.ann.id);
    await addEncounter(other, people.bea.id);
    expect((await enter({ encounter: own })).tokens['encounter']).toBe(own);
    expect((await enter({ encounter: other })).tokens).not.toHaveProperty('encounter');
    expect((await enter({ encounter: 'visit-not-yet-sent' })).tokens).not.toHaveProperty('encounter');
  });

  it.each([
    ['nobody', { nhsNumber: '9990000042' }, 404, 'patient_not_found'],
    ['nobody by local id', { localId: 'unknown' }, 404, 'patient_not_found'],
    ['two people', { nhsNumber: people.carl.nhs }, 409, 'patient_ambiguous'],
    ['a wrong check digit', { nhsNumber: '9990000019' }, 400, 'invalid_request'],
    ['two ways of naming at once', { nhsNumber: people.ann.nhs, localId: 'bea' }, 400, 'invalid_request'],
    ['no way at all', {}, 400, 'invalid_request'],
  ])('makes no launch for %s', async (_why, patient, status, error) => {
    const response = await hub.askLaunch({ patient });
    const body = (await response.json()) as Record<string, string>;
    expect([response.status, body['error']]).toEqual([status, error]);
    expect(body['error_description']).toMatch(/\w/);
    expect(JSON.stringify(body)).not.toContain('9990000');
  });

  it('writes launch, refusal and authorization to the audit, with who and from where', async () => {
    await enter({ patient: { nhsNumber: people.bea.nhs } });
    await hub.askLaunch({ patient: { nhsNumber: people.carl.nhs } });
    const rows = await db().query<Record<string, string>>(
      `SELECT action, outcome, patient, user_name, client, opened_from, detail FROM audit ORDER BY at DESC LIMIT 3`,
    );
    const by = { user_name: doctor.name, opened_from: 'emis' };
    expect(rows).toEqual([
      {
        action: 'launch',
        outcome: 'refused',
        patient: directory,
        client: 'emis-desk',
        detail: 'patient_ambiguous',
        ...by,
      },
      {
        action: 'authorize',
        outcome: 'served',
        patient: people.bea.id,
        client: 'care-timeline',
        detail: ehrScope,
        ...by,
      },
      { action: 'launch', outcome: 'served', patient: people.bea.id, client: 'emis-desk', detail: null, ...by },
    ]);
  });

  it('makes no launch without a user', async () => {
    const response = await hub.askLaunch({ user: { ...doctor, role: '' } });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'user.role is missing or not usable' },
    ]);
  });

  describe('a handle that is not good', () => {
    const refusal = async (params: Record<string, string | undefined>) => {
      const { answer } = await open((await hub.authorizeUrl(params)).url);
      expect(answer?.get('code')).toBeNull();
      return [answer?.get('error'), answer?.get('error_description')];
    };

    it('is refused when unknown', async () => {
      expect(await refusal({ launch: 'made-up' })).toEqual(['access_denied', expect.stringContaining('not known')]);
    });

    it('is spent by the code, not by a failed try, and cannot be used again', async () => {
      const launch = await hub.launch();
      expect((await refusal({ launch, aud: 'http://elsewhere.example/fhir' }))[0]).toBe('invalid_target');
      expect((await open((await hub.authorizeUrl({ launch })).url)).answer?.get('code')).toBeTruthy();
      expect(await refusal({ launch })).toEqual(['access_denied', expect.stringContaining('already used')]);
    });

    it('gives one code when opened twice at once', async () => {
      const launch = await hub.launch();
      const urls = await Promise.all(Array.from({ length: 6 }, () => hub.authorizeUrl({ launch })));
      const answers = await Promise.all(urls.map(({ url }) => open(url)));
      expect(answers.filter(({ answer }) => answer?.has('code'))).toHaveLength(1);
    });

    it('is refused after five minutes', async () => {
      const launch = await hub.launch();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 301_000 });
      try {
        expect(await refusal({ launch })).toEqual(['access_denied', expect.stringContaining('expired')]);
      } finally {
        vi.useRealTimers();
      }
    });

    it('is refused when the number has come to fit two people since it was made', async () => {
      const nhsNumber = '9990000050';
      await addDouble(db(), nhsNumber);
      const launch = await hub.launch({ patient: { nhsNumber } });
      await addDouble(db(), nhsNumber);
      expect(await refusal({ launch })).toEqual(['access_denied', expect.stringContaining('told apart')]);
    });

    it('survives a restart of the hub', async () => {
      const launch = await hub.launch();
      await hub.restart();
      expect((await open((await hub.authorizeUrl({ launch })).url)).answer?.get('code')).toBeTruthy();
    });
  });

  async function addEncounter(id: string, patient: string): Promise<void> {
    await upsertRows(db(), [
      {
        patient,
        type: 'Encounter',
        id,
        source: 'emis',
        origin: 'emis|test',
        mask: 0,
        search: { date: undefined, authored: undefined, tokens: [] },
        content: JSON.stringify({ resourceType: 'Encounter', id }),
      },
    ]);
  }
});
