import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { TestBrowser } from './testing-browser.ts';
import { redeem } from './testing-opened.ts';
import { addDouble, people } from './testing-people.ts';
import { ann, nurse } from './testing-upstream.ts';
import { startTestHub, standaloneScope, type TestHub } from './testing.ts';

const wide = `${standaloneScope} patient/Consent.cruds patient/Observation.cu`;

eachEngine('a person who signs in to their own record', ({ db }) => {
  let hub: TestHub;
  let browser: TestBrowser;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    browser = new TestBrowser(hub.callback);
    hub.upstream.user = ann;
  });

  const start = async (params: Record<string, string | undefined> = {}) => {
    const { url, verifier } = await hub.authorizeUrl({ login_hint: 'person', scope: wide, ...params });
    return { end: await browser.get(url), verifier };
  };
  const claimsOf = (token = '') =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>;

  const refused = async () =>
    (await db().query("select 1 from audit where action = 'launch' and outcome = 'refused' and detail = 'own record'"))
      .length;

  it('is asked for proof of who they are and a second factor, and gets a token for their record and nobody’s else', async () => {
    const { end, verifier } = await start();
    expect(end.url).toContain(hub.callback);
    const asked = hub.upstream.asked.at(-1)?.searchParams;
    expect(asked?.get('vtr')).toBe('["P9.Cp.Cd","P9.Cp.Ck","P9.Cm"]');
    // Never by a session that somebody left behind.
    expect(asked?.get('prompt')).toBe('login');
    const tokens = await redeem(hub, end, verifier);
    expect(tokens).toMatchObject({ patient: people.ann.id, opened_from: 'Citizen sign-in', scope: wide });
    expect(tokens).not.toHaveProperty('user_organisation');
    expect(claimsOf(tokens['id_token'])['fhirUser']).toBe(`${hub.fhirBase}/Patient/${people.ann.id}`);
    expect(await hub.auth.readerOf(tokens['access_token'] ?? '')).toMatchObject({
      patient: people.ann.id,
      user: { role: 'person', name: people.ann.name },
      from: 'person',
      purpose: 'PATRQT',
      readings: true,
      reason: undefined,
    });
  });

  it('is let in once by each sign-in: the next one asks again, whoever it is', async () => {
    await start();
    const asked = hub.upstream.asked.length;
    hub.upstream.user = {
      ...ann,
      sub: 'citizen-2',
      nhs_number: people.bea.nhs,
      birthdate: '1980-06-01',
      family_name: 'Finch',
    };
    const { end, verifier } = await start();
    expect(hub.upstream.asked.length).toBe(asked + 1);
    expect((await redeem(hub, end, verifier))['patient']).toBe(people.bea.id);
    // A member of staff who comes to this browser then signs on as themself.
    hub.upstream.user = nurse;
    const picker = await browser.get((await hub.authorizeUrl()).url);
    expect(picker.body).toContain('Signed on: <strong>Nadia Karim</strong>');
    // And the person who follows does not get in by that sign-on.
    hub.upstream.user = ann;
    const own = await start();
    expect((await redeem(hub, own.end, own.verifier))['patient']).toBe(people.ann.id);
  });

  it('alone may decide about the record and share readings: staff are not granted to write either, whatever their app asks', async () => {
    hub.upstream.user = nurse;
    const { url, verifier } = await hub.authorizeUrl({ scope: wide });
    const picker = await browser.get(url);
    const found = await browser.submit(picker, '/find', { nhsNumber: '999 000 0018', reason: 'agrees' });
    const tokens = await redeem(hub, await browser.submit(found, '/choose'), verifier);
    expect(tokens['scope']).toBe(standaloneScope);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a number that nobody here has', { nhs_number: '9990000042' }],
    ['a number that fits two people', { nhs_number: people.carl.nhs, birthdate: '1950-01-02', family_name: 'Wren' }],
    ['another birth date', { birthdate: '1941-03-30' }],
    ['another family name', { family_name: 'Finch' }],
  ])('with %s is shown no record, in the same words for all', async (_why, claims) => {
    const before = await refused();
    hub.upstream.user = { ...ann, ...claims };
    const { end } = await start();
    expect(end.status).toBe(403);
    expect(end.body).toContain('We could not find one record that is certainly yours');
    expect(end.body).toContain(`href="${hub.config.publicUrl}/?as=person"`);
    for (const word of ['LARK', 'Lark', '1941', people.ann.id]) expect(end.body).not.toContain(word);
    expect(await refused()).toBe(before + 1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['whose identity was not proved', { vot: 'P5.Cp.Cd', identity_proofing_level: 'P5' }],
    ['by a password alone', { vot: 'P9.Cp' }],
    ['with a level that contradicts the proof', { identity_proofing_level: 'P5' }],
  ])('%s is refused, in words that say what to do', async (_why, claims) => {
    hub.upstream.user = { ...ann, ...claims };
    const { end } = await start();
    expect([end.status, end.body.includes('Prove who you are in your NHS login settings')]).toEqual([403, true]);
  });

  it('whose number another record only claims is shown none: it could be somebody else’s', async () => {
    await addDouble(db(), '9990000042', '02');
    hub.upstream.user = { ...ann, nhs_number: '9990000042' };
    expect((await start()).end.status).toBe(403);
  });
});
