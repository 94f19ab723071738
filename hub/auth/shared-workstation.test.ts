import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { endUser } from './end-sessions.ts';
import { TestBrowser } from './testing-browser.ts';
import { openByPicker, reads as stillReads, redeem, type Tokens } from './testing-opened.ts';
import { ann, nurse } from './testing-upstream.ts';
import { doctor, ehrScope, startTestHub, type TestHub } from './testing.ts';

const other = { ...nurse, sub: 'doctor-9', nhsid_useruid: '555000000099', name: 'Piet Bakker' };

eachEngine('at a shared workstation', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db(), { authorization: 2 * 3600 });
  });
  afterAll(() => hub.close());
  afterEach(() => {
    vi.useRealTimers();
    hub.upstream.user = nurse;
  });

  const open = (browser: TestBrowser, params?: Record<string, string>) => openByPicker(hub, browser, params);
  const launched = async () => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(), scope: ehrScope });
    const { headers } = await fetch(url, { redirect: 'manual' });
    return redeem(hub, { url: headers.get('location') ?? 'none:' }, verifier);
  };
  const reads = (tokens: Tokens) => stillReads(hub, tokens);
  const refresh = ({ refresh_token }: { refresh_token: string }) =>
    hub.token({ grant_type: 'refresh_token', refresh_token });
  const refreshed = async (tokens: { refresh_token: string }) => (await (await refresh(tokens)).json()) as Tokens;
  const later = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });

  it('whoever signs on second ends what the first one had open there: their tokens are dead at once, and audited', async () => {
    const browser = new TestBrowser(hub.callback);
    const first = await open(browser);
    expect(await reads(first)).toBe(true);
    hub.upstream.user = other;
    const second = await open(browser, { prompt: 'login' });
    expect([await reads(first), await reads(second)]).toEqual([false, true]);
    expect((await refresh(first)).status).toBe(400);
    const lines = await db().query<{ user_name: string }>("select user_name from audit where action = 'end-sessions'");
    expect(lines.map((line) => line.user_name)).toContain('Piet Bakker');
  });

  it('the first one’s ends as well where their sign-on itself had run out by then', async () => {
    const browser = new TestBrowser(hub.callback);
    let first = await open(browser);
    // Reads go on, but nothing is asked of the sign-on for more than an hour.
    for (let times = 0; times < 3; times += 1) {
      later(1500);
      first = await refreshed(first);
      expect(await reads(first)).toBe(true);
    }
    hub.upstream.user = other;
    const second = await open(browser);
    expect([await reads(first), await reads(second)]).toEqual([false, true]);
  });

  it('the same person signing on again ends nothing of their own, nor does anybody in another browser', async () => {
    const browser = new TestBrowser(hub.callback);
    const first = await open(browser);
    const again = await open(browser, { prompt: 'login' });
    hub.upstream.user = other;
    await open(new TestBrowser(hub.callback));
    expect([await reads(first), await reads(again)]).toEqual([true, true]);
  });

  it('whoever says "Not you?" and then does not sign on leaves nobody signed on, and ends nothing', async () => {
    const browser = new TestBrowser(hub.callback);
    const first = await open(browser);
    hub.upstream.user = { ...other, authentication_assurance_level: '1' };
    const refused = await browser.get((await hub.authorizeUrl({ prompt: 'login' })).url);
    expect(refused.status).toBe(403);
    const asked = hub.upstream.asked.length;
    hub.upstream.user = nurse;
    await browser.get((await hub.authorizeUrl()).url);
    expect(hub.upstream.asked.length).toBe(asked + 1);
    expect(await reads(first)).toBe(true);
  });

  it('a person who signs in to their own record ends what a member of staff had open there', async () => {
    const browser = new TestBrowser(hub.callback);
    const staff = await open(browser);
    hub.upstream.user = ann;
    const { url, verifier } = await hub.authorizeUrl({ login_hint: 'person' });
    const own = await redeem(hub, await browser.get(url), verifier);
    expect([await reads(staff), await reads(own)]).toEqual([false, true]);
  });

  it('what a clinical system opened is that system’s to end: no cookie ties it to the browser', async () => {
    const browser = new TestBrowser(hub.callback);
    const ehr = await launched();
    await open(browser);
    expect(await reads(ehr)).toBe(true);
  });

  it('nothing read for half an hour, and it is over, refreshing too; reading keeps it, up to its end', async () => {
    const idle = await launched();
    let busy = await launched();
    for (let times = 0; times < 4; times += 1) {
      later(25 * 60);
      busy = await refreshed(busy);
      expect(await reads(busy)).toBe(true);
    }
    expect(await reads(idle)).toBe(false);
    expect((await refresh(idle)).status).toBe(400);
    // Two hours after it was opened.
    later(21 * 60);
    expect((await refresh(busy)).status).toBe(400);
  });

  it('all that one user has open is ended at once, everywhere, and nobody else’s', async () => {
    const [first, second] = [new TestBrowser(hub.callback), new TestBrowser(hub.callback)];
    const mine = [await open(first), await open(second)];
    const another = await launched();
    expect(await endUser(db(), nurse.nhsid_useruid)).toBeGreaterThanOrEqual(2);
    expect(await Promise.all([...mine, another].map(reads))).toEqual([false, false, true]);
    const asked = hub.upstream.asked.length;
    await first.get((await hub.authorizeUrl()).url);
    // The browser's sign-on went with it.
    expect(hub.upstream.asked.length).toBe(asked + 1);
    expect(await endUser(db(), doctor.id)).toBeGreaterThanOrEqual(1);
    expect(await reads(another)).toBe(false);
  });
});
