import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { directory } from '../store/rows.ts';
import { eachEngine } from '../store/testing.ts';
import { TestBrowser, type TestPage } from './testing-browser.ts';
import { redeem } from './testing-opened.ts';
import { addDouble, people } from './testing-people.ts';
import { nurse } from './testing-upstream.ts';
import { doctor, standaloneScope, startTestHub, type TestHub } from './testing.ts';

const byNumber = { nhsNumber: '999 000 0018', reason: 'agrees' };
const byName = { family: 'Wren', day: '2', month: '1', year: '1950', reason: 'cannot' };

eachEngine('signing on and choosing the person', ({ db }) => {
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

  const start = async (params: Record<string, string | undefined> = {}) => {
    const { url, verifier } = await hub.authorizeUrl(params);
    return { picker: await browser.get(url), verifier };
  };
  const choose = async (picker: TestPage, fields: Record<string, string> = byNumber) =>
    browser.submit(await browser.submit(picker, '/find', fields), '/choose');

  it('leads through sign-on and picker to a token that names the chosen person and the reason', async () => {
    const { picker, verifier } = await start();
    expect(picker.status).toBe(200);
    expect(picker.body).toContain('Signed on: <strong>Nadia Karim</strong>, Nurse, Whittington');
    const candidates = await browser.submit(picker, '/find', byNumber);
    expect(candidates.status).toBe(200);
    expect(candidates.body).toContain('LARK, Ann (Mrs)');
    expect(candidates.body).toContain('31-Mar-1941');
    expect(candidates.body).toContain('999\u00a0000\u00a00018');
    const end = await browser.submit(candidates, '/choose');
    const tokens = await redeem(hub, end, verifier);
    expect(tokens).toMatchObject({
      patient: people.ann.id,
      need_patient_banner: true,
      opened_from: 'Intranet',
      user_organisation: 'RKE',
      scope: standaloneScope,
    });
    expect(await hub.auth.readerOf(tokens['access_token'] ?? '')).toMatchObject({
      user: { id: nurse.nhsid_useruid, name: 'Nadia Karim', role: 'R8001', organisation: 'RKE' },
      patient: people.ann.id,
      from: 'intranet',
      reason: 'The person is here and agrees',
    });
    const claims = JSON.parse(Buffer.from(tokens['id_token']?.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      string
    >;
    expect(claims).toMatchObject({
      name: 'Nadia Karim',
      fhirUser: `${hub.fhirBase}/Practitioner/${claims['sub'] ?? ''}`,
    });
  });

  it('asks the sign-on with PKCE, state and nonce', async () => {
    await start();
    const asked = hub.upstream.asked.at(-1)?.searchParams;
    expect(asked?.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked?.get(name)?.length).toBeGreaterThan(20);
  });

  it('puts nobody’s data into any address', async () => {
    const { picker } = await start();
    await choose(picker, { ...byNumber, family: 'Lark', day: '31', month: '3', year: '1941' });
    const addresses = browser.visited.join('\n').toLowerCase();
    for (const secret of ['9990000018', '999%20', '999+', 'lark', '1941-', people.ann.id, 'agrees']) {
      expect(
        addresses.replaceAll(/(code|state|nonce|code_challenge|interaction\/|authorize\/)=?[\w.~-]+/g, ''),
      ).not.toContain(secret);
    }
  });

  it('is a page that nobody frames, without script, whose forms lead to the hub and the app only', async () => {
    const { picker } = await start();
    const policy = picker.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`form-action 'self' ${hub.config.publicUrl}`);
    expect(picker.headers.get('cache-control')).toBe('no-store');
    expect(picker.headers.get('x-frame-options')).toBeNull();
    expect(picker.body).not.toMatch(/<script|style=|\son\w+=/);
    expect((await fetch(`${hub.issuer}/pages.css`)).headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('labels every field, names the language, and has one heading', async () => {
    const { picker } = await start();
    expect(picker.body).toContain('<html lang="en-GB">');
    expect(picker.body.match(/<h1/g)).toHaveLength(1);
    const ids = [...picker.body.matchAll(/<(?:input|textarea)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"/g)];
    expect(ids.length).toBeGreaterThanOrEqual(9);
    for (const [, id] of ids) expect(picker.body).toContain(`<label for="${id ?? ''}"`);
  });

  it('shows everybody who fits, for the reader to choose, and gives the one chosen', async () => {
    const { picker, verifier } = await start();
    const candidates = await browser.submit(picker, '/find', byName);
    expect(candidates.body).toContain('2 people found');
    // Two people may share a name: each button says the number too.
    expect(candidates.body).toContain('Open the record of WREN, Carl (Mr), NHS No. 999\u00a0000\u00a00034');
    const end = await browser.submit(candidates, '/choose', {}, 1);
    const tokens = await redeem(hub, end, verifier);
    expect(tokens['patient']).toBe(people.cora.id);
    expect((await hub.auth.readerOf(tokens['access_token'] ?? ''))?.reason).toBe('The person cannot consent');
  });

  it('wants number and name to agree when both are given', async () => {
    const { picker } = await start();
    const page = await browser.submit(picker, '/find', { ...byName, nhsNumber: people.ann.nhs });
    expect([page.status, page.body.includes('Nobody in this record fits')]).toEqual([404, true]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['nothing at all', {}, 'Enter an NHS number, or a family name and date of birth'],
    ['a number with a wrong digit', { nhsNumber: '9990000019', reason: 'agrees' }, 'This is not an NHS number'],
    ['a name alone', { family: 'Wren', reason: 'agrees' }, 'Enter the date of birth'],
    ['a date that does not exist', { ...byName, day: '31', month: '2' }, 'Enter the date of birth'],
    ['no reason', { nhsNumber: '9990000018' }, 'Say why you open this record'],
    ['a reason that is not offered', { nhsNumber: '9990000018', reason: 'curious' }, 'Say why you open this record'],
    ['an absent person and no words', { nhsNumber: '9990000018', reason: 'absent' }, 'Say in a few words why'],
  ])('says in words what is missing for %s, and keeps what was typed', async (_why, fields, words) => {
    const { picker } = await start();
    const page = await browser.submit(picker, '/find', fields);
    expect(page.status).toBe(400);
    expect(page.body).toContain('role="alert"');
    expect(page.body).toContain(words);
    expect(page.body).toContain('<title>Problem:');
    const { reason: _chosen, ...typed } = fields;
    for (const [name, value] of Object.entries(typed)) expect(page.body).toContain(`name="${name}" value="${value}"`);
  });

  it('says of a person whom no source names that the name is not recorded', async () => {
    const id = await addDouble(db(), '9990000549');
    await db().query("UPDATE person SET name = '' WHERE id = $1", [id]);
    const { picker } = await start();
    const page = await browser.submit(picker, '/find', { nhsNumber: '9990000549', reason: 'agrees' });
    expect(page.body).toMatch(/<h2[^>]*>Name not recorded<\/h2>/);
    expect(page.body).toMatch(/Open the record of Name not recorded, NHS No. 999\s000\s0549/);
  });

  it('says when nobody is found', async () => {
    const { picker } = await start();
    const page = await browser.submit(picker, '/find', { nhsNumber: '9990000042', reason: 'agrees' });
    expect([page.status, page.body.includes('Nobody in this record fits')]).toEqual([404, true]);
  });

  it('writes to the audit of each person shown who searched and why, and to nobody’s where nobody was found', async () => {
    const trace = async () =>
      db().query<Record<string, unknown>>(
        `SELECT patient, user_name, reason, query, found FROM audit WHERE action = 'find-person' ORDER BY at DESC, patient LIMIT 2`,
      );
    const { picker } = await start();
    await browser.submit(picker, '/find', byName);
    const who = { user_name: 'Nadia Karim', reason: 'The person cannot consent' };
    expect((await trace()).sort((a, b) => String(a['patient']).localeCompare(String(b['patient'])))).toEqual([
      { patient: people.carl.id, ...who, query: 'family birthdate', found: 2 },
      { patient: people.cora.id, ...who, query: 'family birthdate', found: 2 },
    ]);
    await browser.submit(picker, '/find', { nhsNumber: '9990000042', reason: 'agrees' });
    expect((await trace())[0]).toMatchObject({ patient: directory, query: 'nhs-number', found: 0 });
  });

  it('keeps the words about a person who is not here, and shows typed text as text', async () => {
    const { picker, verifier } = await start();
    const why = 'Checking <b>"medicines"</b> before a visit';
    const candidates = await browser.submit(picker, '/find', { ...byNumber, reason: 'absent', why });
    expect(candidates.body).toContain('Checking &lt;b&gt;&quot;medicines&quot;&lt;/b&gt;');
    const tokens = await redeem(hub, await browser.submit(candidates, '/choose'), verifier);
    expect((await hub.auth.readerOf(tokens['access_token'] ?? ''))?.reason).toBe(`The person is not here: ${why}`);
  });

  it('uses the sign-on again for a second launch in the browser, but always asks for the person', async () => {
    const first = await start();
    const a = await redeem(hub, await choose(first.picker), first.verifier);
    const asked = hub.upstream.asked.length;
    const second = await start();
    expect(hub.upstream.asked.length).toBe(asked);
    expect(second.picker.body).toContain('Whose record do you need?');
    const b = await redeem(
      hub,
      await choose(second.picker, { nhsNumber: people.bea.nhs, reason: 'agrees' }),
      second.verifier,
    );
    expect([a['patient'], b['patient']]).toEqual([people.ann.id, people.bea.id]);
    expect((await hub.auth.readerOf(a['access_token'] ?? ''))?.patient).toBe(people.ann.id);
    expect((await hub.auth.readerOf(b['access_token'] ?? ''))?.patient).toBe(people.bea.id);
  });

  it('lets somebody else sign on: the page names them, and the record is opened as theirs', async () => {
    const first = await start();
    const link = /href="([^"]+)">Not you\?/.exec(first.picker.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    hub.upstream.user = { ...nurse, sub: 'doctor-9', nhsid_useruid: '555000000099', name: 'Piet Bakker' };
    const picker = await browser.get(link);
    expect(hub.upstream.asked.at(-1)?.searchParams.get('prompt')).toBe('login');
    expect(picker.body).toContain('Signed on: <strong>Piet Bakker</strong>');
    const tokens = await redeem(hub, await choose(picker), first.verifier);
    expect((await hub.auth.readerOf(tokens['access_token'] ?? ''))?.user.name).toBe('Piet Bakker');
    // The nurse's sign-on has ended in this browser.
    expect((await start()).picker.body).toContain('Piet Bakker');
  });

  it('lets a launch from a clinical system pass by whoever is signed on in the browser, untouched', async () => {
    await start();
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch() });
    const tokens = await redeem(hub, await browser.get(url), verifier);
    expect((await hub.auth.readerOf(tokens['access_token'] ?? ''))?.user.name).toBe(doctor.name);
    expect((await start()).picker.body).toContain('Signed on: <strong>Nadia Karim</strong>');
  });

  it('asks for the sign-on again after an hour without use', async () => {
    await start();
    const asked = hub.upstream.asked.length;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_500_000 });
    try {
      await start();
      expect(hub.upstream.asked.length).toBe(asked);
      vi.setSystemTime(Date.now() + 3_601_000);
      expect((await start()).picker.body).toContain('Signed on:');
      expect(hub.upstream.asked.length).toBe(asked + 1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves without a record when asked to', async () => {
    const { picker } = await start();
    const end = new URL((await browser.submit(picker, '/leave')).url).searchParams;
    expect([end.get('error'), end.get('code')]).toEqual(['access_denied', null]);
  });

  it('starts the search anew when a page of results is opened again without its form', async () => {
    const { picker } = await start();
    const candidates = await browser.submit(picker, '/find', byNumber);
    const again = await browser.get(candidates.url);
    expect([again.status, again.body.includes('Whose record do you need?')]).toEqual([200, true]);
    expect(again.body).not.toContain('LARK');
  });

  it('outlives a restart of the hub in the middle of choosing', async () => {
    const { picker, verifier } = await start();
    await hub.restart();
    expect((await redeem(hub, await choose(picker), verifier))['patient']).toBe(people.ann.id);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['of level 1', { ...nurse, authentication_assurance_level: '1' }, 'stronger sign-on'],
    ['of no stated level', { ...nurse, authentication_assurance_level: undefined }, 'stronger sign-on'],
    ['without a role', { ...nurse, selected_roleid: 'role-9' }, 'without choosing a role'],
  ])('refuses a sign-on %s, in words, with a way to try again', async (_why, user, words) => {
    hub.upstream.user = user as typeof hub.upstream.user;
    const { picker } = await start();
    expect(picker.status).toBe(403);
    expect(picker.body).toContain(words);
    const again = /href="([^"]+)">Sign on again/.exec(picker.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    hub.upstream.user = nurse;
    expect((await browser.get(again)).body).toContain('Signed on: <strong>Nadia Karim</strong>');
  });

  it('answers that a page is needed where the app forbids one', async () => {
    const { url } = await hub.authorizeUrl({ prompt: 'none' });
    const end = new URL((await browser.get(url)).url).searchParams;
    expect(end.get('error')).toBe('login_required');
  });

  it('takes no form without its token, from another sign-on, or from another browser', async () => {
    const { picker } = await start();
    const page = picker.url;
    const fields = { ...byNumber, token: 'forged' };
    expect((await browser.submit(picker, '/find', fields)).status).toBe(400);
    const other = new TestBrowser(hub.callback);
    expect((await other.submit(picker, '/find', byNumber)).status).toBe(400);
    expect((await other.get(page)).status).toBe(400);
  });

  it('takes no choice that was not on the page', async () => {
    const { picker } = await start();
    const candidates = await browser.submit(picker, '/find', byNumber);
    const choice = Buffer.from(JSON.stringify({ id: people.bea.id, reason: '' })).toString('base64url');
    const signature = /name="choice" value="[^".]+\.([^"]+)"/.exec(candidates.body)?.[1] ?? '';
    expect((await browser.submit(candidates, '/choose', { choice: `${choice}.${signature}` })).status).toBe(400);
    expect((await browser.submit(candidates, '/choose', { choice: 'nonsense' })).status).toBe(400);
  });

  it('takes no answer of the sign-on that another browser began, and none twice', async () => {
    const { url } = await hub.authorizeUrl();
    await browser.get(url);
    const answer = browser.visited.find((address) => address.includes('/sign-on/callback')) ?? '';
    expect((await new TestBrowser(hub.callback).get(answer)).status).toBe(400);
    expect((await browser.get(answer)).status).toBe(400);
    expect((await browser.get(`${hub.issuer}/sign-on/callback?state=made-up&code=x`)).status).toBe(400);
  });

  it('says so when the sign-on cannot be reached', async () => {
    const away = await startTestHub(db());
    await away.upstream.close();
    try {
      const page = await new TestBrowser(away.callback).get((await away.authorizeUrl()).url);
      expect([page.status, page.body.includes('The sign-on service cannot be reached')]).toEqual([502, true]);
    } finally {
      await away.close();
    }
  });

  it('writes nobody’s name or number to the log', async () => {
    const { picker } = await start();
    await choose(picker);
    const log = hub.lines.join('\n');
    expect(log).toContain('a person was searched for');
    for (const secret of ['9990000018', 'LARK', 'Lark', 'Karim', 'agrees']) expect(log).not.toContain(secret);
  });
});
