import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { TestBrowser } from './testing-browser.ts';
import { openByPicker, reads as stillReads, type Tokens } from './testing-opened.ts';
import { people } from './testing-people.ts';
import { nurse } from './testing-upstream.ts';
import { startTestHub, type TestHub } from './testing.ts';

eachEngine('ending sessions', ({ db }) => {
  let hub: TestHub;
  let browser: TestBrowser;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    browser = new TestBrowser(hub.callback);
    hub.upstream.user = { ...nurse, sub: crypto.randomUUID(), nhsid_useruid: crypto.randomUUID() };
  });

  const open = (where = browser) => openByPicker(hub, where);
  const reads = (tokens: Tokens) => stillReads(hub, tokens);
  const sessions = (where = browser) => where.get(`${hub.issuer}/sessions`);
  const tell = async (token: string, service = 'intranet') =>
    (
      await fetch(`${hub.issuer}/backchannel-logout/${service}`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    ).status;

  it('a user sees what they have open anywhere, without whose records they are, and ends one of it', async () => {
    const elsewhere = new TestBrowser(hub.callback);
    const [mine, other] = [await open(), await open(elsewhere)];
    const page = await sessions();
    expect(page.body.match(/<section class="person">/g)).toHaveLength(4);
    expect(page.body).toContain('<h2>A record opened from Intranet, in this browser</h2>');
    expect(page.body).toContain('<h2>A record opened from Intranet</h2>');
    for (const secret of ['LARK', '9990000018', people.ann.id]) expect(page.body).not.toContain(secret);
    // Used last comes first: the record opened in the other browser.
    const after = await browser.submit(page, '/end');
    expect(after.body).toContain('It has ended.');
    expect([await reads(mine), await reads(other)]).toEqual([true, false]);
  });

  it('signing off ends the sign-on and every record opened in this browser, and says where one is still signed on', async () => {
    const token = await open();
    const elsewhere = new TestBrowser(hub.callback);
    const other = await open(elsewhere);
    const page = await browser.submit(await sessions(), '/sign-off');
    expect(page.body).toContain('You are signed off');
    expect(page.body).toContain(`href="${hub.upstream.issuer}`);
    expect([await reads(token), await reads(other)]).toEqual([false, true]);
    expect((await sessions()).body).toContain('Nobody is signed on in this browser');
  });

  it('all of it is ended in one press, in other browsers too', async () => {
    const tokens = [await open(), await open(new TestBrowser(hub.callback))];
    await browser.submit(await sessions(), '/end-all');
    expect(await Promise.all(tokens.map(reads))).toEqual([false, false]);
    const rows = await db().query<{ found: number }>(
      "select found from audit where action = 'end-sessions' and detail = 'all of their own'",
    );
    expect(rows.at(-1)?.found).toBe(2);
  });

  it('no form of another page or of another user’s session ends anything', async () => {
    const token = await open();
    const page = await sessions();
    for (const key of ['', 'forged', 'e30.e30']) {
      await fetch(`${hub.issuer}/sessions/end-all`, { method: 'POST', body: new URLSearchParams({ key }) });
    }
    const thief = new TestBrowser(hub.callback);
    hub.upstream.user = { ...nurse, sub: 'thief', nhsid_useruid: '555000000066' };
    await open(thief);
    await thief.submit(page, '/end');
    await thief.submit(page, '/sign-off');
    expect(await reads(token)).toBe(true);
  });

  it('the sign-on service tells that a session has ended, and what it led to is over here', async () => {
    const token = await open();
    // The hub's own pages that staff sign on to keep theirs like this (hub/ops/session.ts).
    const upstream = `intranet|${hub.upstream.user.sub}`;
    await hub.auth.records.put('PrivacySession', 'of this user', {}, { expiresAt: Date.now() + 60_000, upstream });
    expect(await tell(await hub.upstream.logoutToken())).toBe(200);
    expect(await reads(token)).toBe(false);
    expect(await hub.auth.records.find('PrivacySession', 'of this user')).toBeUndefined();
    const asked = hub.upstream.asked.length;
    await open();
    expect(hub.upstream.asked.length).toBe(asked + 1);
  });

  it('a logout token that does not hold, or was taken before, ends nothing', async () => {
    const once = await hub.upstream.logoutToken();
    expect(await tell(once)).toBe(200);
    const token = await open();
    expect(await tell(once)).toBe(200);
    const old = Math.floor(Date.now() / 1000) - 600;
    const { privateKey } = await generateKeyPair('RS256');
    const bad = [
      await hub.upstream.logoutToken({ aud: 'another' }),
      await hub.upstream.logoutToken({ iss: 'https://evil.example' }),
      await hub.upstream.logoutToken({ nonce: 'an id_token' }),
      await hub.upstream.logoutToken({ events: {} }),
      await hub.upstream.logoutToken({ iat: old }),
      await hub.upstream.logoutToken({ sub: undefined }),
      await hub.upstream.logoutToken({}, privateKey),
      'no token',
    ];
    for (const each of bad) expect(await tell(each)).toBe(400);
    expect(await tell(await hub.upstream.logoutToken(), 'nobody')).toBe(400);
    // Somebody else's session is another one's.
    expect(await tell(await hub.upstream.logoutToken({ sub: 'somebody-else' }))).toBe(200);
    expect(await reads(token)).toBe(true);
  });
});
