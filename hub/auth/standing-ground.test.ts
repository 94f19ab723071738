import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { TestBrowser, type TestPage } from './testing-browser.ts';
import { openByPicker, redeem, type Tokens } from './testing-opened.ts';
import { people } from './testing-people.ts';
import { nurse } from './testing-upstream.ts';
import { doctor, startTestHub, type TestHub } from './testing.ts';

eachEngine('the ground on which a record is opened', ({ db }) => {
  let hub: TestHub;
  let browser: TestBrowser;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    browser = new TestBrowser(hub.callback);
    hub.upstream.user = nurse;
  });

  const find = async (fields: Record<string, string>): Promise<TestPage> => {
    const picker = await browser.get((await hub.authorizeUrl()).url);
    return browser.submit(picker, '/find', fields);
  };
  const grounds = (patient: string) =>
    db().query<Record<string, unknown>>(
      'select ground, reason, opened_from, user_id, organisation, until is null as lasts from relationship where patient = $1 order by since',
      [patient],
    );
  const declared = (patient: string) =>
    db().query<Record<string, unknown>>(
      `select user_name, reason, detail from audit where patient = $1 and action = 'declare-relationship'`,
      [patient],
    );

  it('is what the reader declares in the picker, once: the next time they are told of it and need not say it again', async () => {
    const { nhs, id } = people.ann;
    const first = await find({ nhsNumber: nhs, reason: 'absent', why: 'Discharge planning' });
    expect(first.body).not.toContain('You declared on');
    await browser.submit(first, '/choose');
    const row = { ground: 'absent', reason: 'Discharge planning', opened_from: 'intranet', organisation: 'RKE' };
    expect(await grounds(id)).toMatchObject([{ ...row, user_id: nurse.nhsid_useruid, lasts: false }]);
    expect(await declared(id)).toEqual([
      { user_name: 'Nadia Karim', reason: 'The person is not here: Discharge planning', detail: 'absent' },
    ]);

    const again = await find({ nhsNumber: nhs, reason: 'standing' });
    expect(again.body).toMatch(
      /You declared on <[^>]+>\d\d-[A-Z][a-z]{2}-\d{4}<\/span>: The person is not here: Discharge planning\. It holds until <[^>]+>\d\d-[A-Z][a-z]{2}-\d{4}</,
    );
    expect(new URL((await browser.submit(again, '/choose')).url).searchParams.get('code')).not.toBeNull();
    expect(await grounds(id)).toHaveLength(1);
    // Each opening is written all the same, with the reason that stands.
    const opened = await db().query(
      `select reason from audit where patient = $1 and action = 'authorize' and user_name = 'Nadia Karim'`,
      [id],
    );
    const line = { reason: 'The person is not here: Discharge planning' };
    expect(opened).toEqual([line, line]);
  });

  it('goes with when the reader proved who they are: the sign-on, not its later use, and the moment of the launch', async () => {
    const provedAt = async ({ access_token: token }: Tokens) => (await hub.auth.readerOf(token))?.signedOnAt ?? 0;
    const choose = async () => provedAt(await openByPicker(hub, browser));
    const before = Date.now();
    const first = await choose();
    expect(first).toBeGreaterThanOrEqual(before - 1000);
    expect(first).toBeLessThanOrEqual(Date.now());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 240_000 });
    try {
      expect(await choose()).toBe(first);
      const handle = await hub.launch({ patient: { id: people.ann.id } });
      const asked = Date.now();
      vi.setSystemTime(asked + 120_000);
      const { url, verifier } = await hub.authorizeUrl({ launch: handle });
      const launched = await provedAt(await redeem(hub, await browser.get(url), verifier));
      expect(Math.abs(launched - asked)).toBeLessThan(30_000);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is stated by the hub’s own app for its reader; by another one where its registration says so alone', async () => {
    hub.registrations.apps.push({ clientId: 'second-app', name: 'Results', redirectUris: [hub.callback] });
    await hub.restart();
    const own = await openByPicker(hub, browser);
    const second = await openByPicker(hub, browser, { client_id: 'second-app' });
    const offered = async ({ access_token: token }: Tokens) => (await hub.auth.readerOf(token))?.offers;
    expect(await offered(own)).toEqual({ declare: true, breakGlass: true });
    expect(await hub.auth.readerOf(second.access_token)).not.toHaveProperty('offers');
    hub.registrations.apps = hub.registrations.apps.map((app, place) => ({ ...app, grounds: place > 0 }));
    await hub.restart();
    expect([await offered(own), await offered(second)]).toEqual([undefined, { declare: true, breakGlass: true }]);
  });

  it('that nobody declared lets nobody be found by it, and the words say which way is open', async () => {
    const page = await find({ nhsNumber: people.bea.nhs, reason: 'standing' });
    expect(page.status).toBe(404);
    expect(page.body).toContain('Nobody fits of whom you said why before, or it has ended.');
    expect(page.body).not.toContain('FINCH');
    expect(await grounds(people.bea.id)).toEqual([]);
  });

  it('is given by a system that has the person as its own, and by no other', async () => {
    const open = async (patient: object) => {
      const { url } = await hub.authorizeUrl({ launch: await hub.launch({ patient }) });
      await browser.get(url);
    };
    await open({ id: people.bea.id });
    await open({ id: people.bea.id });
    const row = { ground: 'system', reason: null, opened_from: 'emis', organisation: doctor.organisation };
    expect(await grounds(people.bea.id)).toEqual([{ ...row, user_id: doctor.id, lasts: true }]);
    await db().query('delete from source_patient where person = $1', [people.carl.id]);
    await open({ id: people.carl.id });
    expect(await grounds(people.carl.id)).toEqual([]);
    expect(await declared(people.bea.id)).toEqual([]);
  });
});
