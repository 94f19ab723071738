import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestBrowser } from '../auth/testing-browser.ts';
import { openByPicker, reads } from '../auth/testing-opened.ts';
import { nurse } from '../auth/testing-upstream.ts';
import { startTestHub, type TestHub } from '../auth/testing.ts';
import { privacyPlugin } from '../privacy/plugin.ts';
import { eachEngine } from '../store/testing.ts';
import { opsPlugin } from './plugin.ts';

const other = { ...nurse, sub: 'doctor-9', nhsid_useruid: '555000000099', name: 'Piet Bakker' };

eachEngine('the hub’s own pages at a shared workstation', ({ db }) => {
  let hub: TestHub;
  let browser: TestBrowser;
  beforeAll(async () => {
    hub = await startTestHub(db(), {}, async (app, { auth, config }) => {
      const parts = { database: db(), config, records: auth.records, signOns: auth.staffSignOns };
      await app.register(opsPlugin, {
        prefix: '/ops',
        ...parts,
        operatorRoles: ['R8001'],
        receivers: () => [],
        wake: () => undefined,
      });
      await app.register(privacyPlugin, { prefix: '/privacy', ...parts, privacyRoles: [] });
    });
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    browser = new TestBrowser(hub.callback);
    hub.upstream.user = nurse;
  });
  const at = (path: string) => `${hub.config.publicUrl}${path}`;
  /** How often somebody was asked to sign on, by opening this page. */
  const askedBy = async (path: string, where = browser) => {
    const before = hub.upstream.asked.length;
    const page = await where.get(at(path));
    return { page, asked: hub.upstream.asked.length - before };
  };

  it('whoever signs on to open a record ends the pages that somebody else had open there', async () => {
    expect((await askedBy('/ops')).page.body).toContain('Nadia Karim');
    expect((await askedBy('/privacy/mine')).asked).toBe(1);
    expect((await askedBy('/ops/dead-letters')).asked).toBe(0);
    hub.upstream.user = other;
    await openByPicker(hub, browser, { prompt: 'login' });
    for (const path of ['/ops', '/privacy/mine']) {
      const { page, asked } = await askedBy(path);
      expect([asked, page.body.includes('Piet Bakker'), page.body.includes('Nadia Karim')]).toEqual([1, true, false]);
    }
  });

  it('whoever signs on to one of the pages ends the records and the sign-on of who was there before', async () => {
    const first = await openByPicker(hub, browser);
    expect(await reads(hub, first)).toBe(true);
    hub.upstream.user = other;
    await browser.get(at('/ops'));
    expect(await reads(hub, first)).toBe(false);
    const { page, asked } = await askedBy((await hub.authorizeUrl()).url.slice(at('').length));
    expect([asked, page.body.includes('Piet Bakker')]).toEqual([1, true]);
    const lines = await db().query<{ client: string }>(
      `select client from audit where action = 'end-sessions' and user_name = 'Piet Bakker' and client = 'ops'`,
    );
    expect(lines).toHaveLength(1);
  });

  it('nothing of one’s own ends, nor what is open in another browser', async () => {
    const elsewhere = new TestBrowser(hub.callback);
    await browser.get(at('/ops'));
    const own = await openByPicker(hub, browser);
    await browser.get(at('/privacy/mine'));
    hub.upstream.user = other;
    await elsewhere.get(at('/ops'));
    expect((await askedBy('/ops/dead-letters')).asked).toBe(0);
    expect(await reads(hub, own)).toBe(true);
  });

  it('nobody gets in by a sign-on that did not come back to this browser', async () => {
    // Sent on by hand, past the address where the sign-on comes back.
    const begun = await fetch(at('/ops'), { redirect: 'manual' });
    const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const back = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
    const query = new URL(back.headers.get('location') ?? 'none:').search;
    const answer = await fetch(at(`/ops/signed-on/intranet${query}`), { headers: { cookie }, redirect: 'manual' });
    expect([answer.status, (await answer.text()).includes('began in another window')]).toEqual([403, true]);
  });

  it('signing off in the browser closes them, too', async () => {
    await browser.get(at('/ops'));
    await openByPicker(hub, browser);
    await browser.submit(await browser.get(`${hub.issuer}/sessions`), '/sign-off');
    expect((await askedBy('/ops')).asked).toBe(1);
  });

  it('where staff sign on by several services, each is asked which is theirs, and comes back by that one', async () => {
    const [intranet] = hub.registrations.signOn as object[];
    hub.registrations.signOn = [
      ...(hub.registrations.signOn as []),
      { ...intranet, id: 'council', name: 'Council sign-on' } as never,
    ];
    await hub.restart();
    const choice = await browser.get(at('/ops?afresh'));
    expect(choice.body).toContain('How do you sign on?');
    expect(choice.body).toContain('href="/ops/sign-on/council?afresh"');
    const page = await browser.get(at('/ops/sign-on/council?afresh'));
    expect(page.body).toContain('Nadia Karim');
    expect(hub.upstream.asked.at(-1)?.searchParams.get('redirect_uri')).toMatch(/\/council$/);
    expect(hub.upstream.asked.at(-1)?.searchParams.get('prompt')).toBe('login');
    expect((await askedBy('/ops')).asked).toBe(0);
    expect((await browser.get(at('/ops/sign-on/nowhere'))).body).toContain('How do you sign on?');
  });
});
