import type { Tab } from './tab.ts';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Grant, TokenPair } from './kept.ts';
import { openSession, type SessionEnd } from './live-session.ts';
import type { Session } from './session.ts';
import { testBrowser, testGrant, type TestBrowser, type TestTab } from './testing.ts';

const base = 'https://hub.example/fhir';
const network = setupServer(http.all('*', () => new HttpResponse(null, { status: 503 })));
beforeAll(() => network.listen());
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

/** A token endpoint that rotates, and ends the grant when an old refresh token comes back, as the hub does. */
class TokenEndpoint {
  live = 0;
  ended = false;
  asked: Record<string, string>[] = [];
  /** Answers instead of the right answer, once each. */
  instead: (() => Response | Promise<Response>)[] = [];
  patient = 'p1';

  handler = http.post('https://hub.example/oauth/token', async ({ request }) => {
    const form = Object.fromEntries(new URLSearchParams(await request.text()));
    this.asked.push(form);
    const instead = this.instead.shift();
    if (instead !== undefined) return instead();
    await delay(20);
    if (form['client_id'] === undefined) return HttpResponse.json({ error: 'invalid_client' }, { status: 400 });
    if (this.ended || form['refresh_token'] !== `refresh-${this.live}`) {
      this.ended = true;
      return HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
    }
    this.live += 1;
    return HttpResponse.json({
      access_token: `access-${this.live}`,
      refresh_token: `refresh-${this.live}`,
      expires_in: 600,
      token_type: 'Bearer',
      scope: 'patient/*.rs',
      patient: this.patient,
    });
  });

  /** A record that only the live access token opens. */
  record = http.get(`${base}/:type`, ({ request }) => {
    seen.push([request.url, request.headers.get('authorization')]);
    if (this.ended || request.headers.get('authorization') !== `Bearer access-${this.live}`) {
      return HttpResponse.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 401 });
    }
    return HttpResponse.json({ resourceType: 'Bundle' }, { headers: { date: 'Sun, 22 Nov 2026 12:00:00 GMT' } });
  });
}

let seen: [string, string | null][] = [];
let hub: TokenEndpoint;
let browser: TestBrowser;

beforeEach(() => {
  hub = new TokenEndpoint();
  seen = [];
  browser = testBrowser();
  network.use(hub.handler, hub.record);
});

interface Opened {
  session: Session;
  kept: TokenPair[];
  ends: SessionEnd[];
  tab: TestTab;
}

function open(change: Partial<Grant> = {}, tab = browser.tab('https://app.example/timeline')): Opened {
  const [kept, ends]: [TokenPair[], SessionEnd[]] = [[], []];
  const grant = testGrant(tab.now(), change);
  const { session } = openSession(
    tab,
    grant,
    (tokens) => kept.push(tokens),
    (why) => ends.push(why),
  );
  return { session, kept, ends, tab };
}

const almostOver = 590_000;
const over = 601_000;

describe('reading with a token', () => {
  it('brings the body and the time of the hub', async () => {
    const reading = await open().session.read('Encounter?patient=p1');
    expect(reading).toEqual({ body: { resourceType: 'Bundle' }, serverTime: Date.UTC(2026, 10, 22, 12) });
    expect(seen).toEqual([[`${base}/Encounter?patient=p1`, 'Bearer access-0']]);
  });

  it.each([
    ['another server', 'https://evil.example/fhir/Encounter'],
    ['another server without a scheme', '//evil.example/fhir/Encounter'],
    ['another port', 'https://hub.example:8443/fhir/Encounter'],
    ['another scheme', 'http://hub.example/fhir/Encounter'],
    ['another path of the hub', 'https://hub.example/oauth/token'],
    ['a path that only begins alike', 'https://hub.example/fhirevil/Encounter'],
    ['a way out through dots', '../oauth/token'],
    ['a way out through encoded dots', '%2e%2e/oauth/token'],
    ['a way out through an encoded slash', '..%2foauth%2ftoken'],
    ['a way out through a backslash', '..\\oauth\\token'],
    ['a user in the address', 'https://me:secret@hub.example/fhir/Encounter'],
    ['the root of the hub', '/Encounter'],
    ['a script', 'javascript:alert(1)'],
    ['no address', 'https://'],
  ])('never sends it to %s (D8)', async (_, path) => {
    const all: string[] = [];
    network.use(http.all('*', ({ request }) => void all.push(request.url)));
    await expect(open().session.read(path)).rejects.toMatchObject({ name: 'ReadFailure', kind: 'malformed' });
    expect(all).toEqual([]);
  });

  it('follows an absolute link inside the base', async () => {
    await open().session.read(`${base}/Encounter?_after=x`);
    expect(seen).toEqual([[`${base}/Encounter?_after=x`, 'Bearer access-0']]);
  });

  it.each([
    [400, 'unsupported'],
    [403, 'refused'],
    [404, 'not-found'],
    [408, 'timeout'],
    [410, 'not-found'],
    [422, 'unsupported'],
    [429, 'server'],
    [500, 'server'],
    [501, 'unsupported'],
    [503, 'server'],
  ])('tells a %i apart as %s, in the words of the hub', async (status, kind) => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ details: { text: 'Said by the hub.' } }] };
    network.use(http.get(`${base}/Encounter`, () => HttpResponse.json(outcome, { status })));
    const failure = { kind, status, message: 'Said by the hub.' };
    await expect(open().session.read('Encounter')).rejects.toMatchObject(failure);
  });

  it('tells a lost connection, a cut answer and a late one apart', async () => {
    const { session } = open();
    network.use(http.get(`${base}/Encounter`, () => HttpResponse.error()));
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'unreachable' });
    network.use(http.get(`${base}/Encounter`, () => new HttpResponse('{"resourceType":"Bun')));
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'malformed' });
    network.use(http.get(`${base}/Encounter`, () => delay('infinite')));
    await expect(session.read('Encounter', { timeoutMs: 30 })).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('is given up at the reader\u2019s word', async () => {
    network.use(http.get(`${base}/Encounter`, () => delay('infinite')));
    const reader = new AbortController();
    const read = open().session.read('Encounter', { signal: reader.signal });
    reader.abort();
    await expect(read).rejects.toMatchObject({ kind: 'aborted' });
    await expect(open().session.read('Encounter', { signal: reader.signal })).rejects.toMatchObject({
      kind: 'aborted',
    });
  });
});

describe('sending with a token', () => {
  it('sends what it is given once, with the version that it changes, and takes an answer without a body', async () => {
    const sent: unknown[] = [];
    network.use(
      http.all(`${base}/Consent/c1`, async ({ request }) => {
        sent.push([request.method, request.headers.get('if-match'), await request.text()]);
        return request.method === 'DELETE' ? new HttpResponse(null, { status: 204 }) : HttpResponse.json({ id: 'c1' });
      }),
    );
    const { session } = open();
    expect((await session.send('PUT', 'Consent/c1', { id: 'c1' }, 'W/"1"')).body).toEqual({ id: 'c1' });
    expect((await session.send('DELETE', 'Consent/c1')).body).toBeUndefined();
    expect(sent).toEqual([
      ['PUT', 'W/"1"', '{"id":"c1"}'],
      ['DELETE', null, ''],
    ]);
    await expect(session.send('POST', 'https://evil.example/fhir/Consent', {})).rejects.toMatchObject({
      kind: 'malformed',
    });
  });

  it('that wants a fresh sign-on says so in the hub’s words, ends nothing and asks for no other token (RFC 9470)', async () => {
    const { session, ends } = open();
    network.use(
      http.post(`${base}/Patient/p1/$break-glass`, () =>
        HttpResponse.json(
          { resourceType: 'OperationOutcome', issue: [{ details: { text: 'You signed on too long ago.' } }] },
          {
            status: 401,
            headers: { 'www-authenticate': 'Bearer error="insufficient_user_authentication", max_age=300' },
          },
        ),
      ),
    );
    const refused = { kind: 'stale-sign-on', status: 401, message: 'You signed on too long ago.' };
    await expect(session.send('POST', 'Patient/p1/$break-glass', {})).rejects.toMatchObject(refused);
    expect(hub.asked).toEqual([]);
    expect(ends).toEqual([]);
    await expect(session.read('Encounter')).resolves.toBeDefined();
  });
});

describe('keeping the token fresh', () => {
  it('names the client, which a public client must (D2), and keeps the new pair', async () => {
    const { session, kept } = open();
    browser.wait(almostOver);
    await session.read('Encounter');
    expect(hub.asked).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'refresh-0', client_id: 'care-timeline' },
    ]);
    expect(seen.map(([, token]) => token)).toEqual(['Bearer access-1']);
    expect(kept).toMatchObject([{ generation: 1, accessToken: 'access-1', refreshToken: 'refresh-1' }]);
  });

  it('leaves a token alone that is good for a while', async () => {
    const { session } = open();
    browser.wait(560_000);
    await session.read('Encounter');
    expect(hub.asked).toEqual([]);
  });

  it('asks once for all reads that wait for it', async () => {
    const { session } = open();
    browser.wait(over);
    await Promise.all(['Encounter', 'Task', 'Flag', 'List'].map((type) => session.read(type)));
    expect(hub.asked).toHaveLength(1);
    expect(new Set(seen.map(([, token]) => token))).toEqual(new Set(['Bearer access-1']));
  });

  it('is not stopped by the reader who happened to start it and gave up (D3)', async () => {
    const { session, ends } = open();
    browser.wait(over);
    const reader = new AbortController();
    const given = session.read('Encounter', { signal: reader.signal });
    const waiting = session.read('Task');
    reader.abort();
    await expect(given).rejects.toMatchObject({ kind: 'aborted' });
    await expect(waiting).resolves.toMatchObject({ body: { resourceType: 'Bundle' } });
    await expect(session.read('Flag')).resolves.toBeDefined();
    expect(hub.asked).toHaveLength(1);
    expect(ends).toEqual([]);
  });

  it('survives a lost network: the refresh token is kept and used at the next read (D4)', async () => {
    const { session, ends } = open();
    browser.wait(over);
    hub.instead.push(() => HttpResponse.error());
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'unreachable' });
    expect(ends).toEqual([]);
    await expect(session.read('Encounter')).resolves.toBeDefined();
    expect(hub.asked.map((form) => form['refresh_token'])).toEqual(['refresh-0', 'refresh-0']);
  });

  it.each([
    ['a failing hub', () => new HttpResponse(null, { status: 500 }), 'server'],
    ['a busy hub', () => new HttpResponse(null, { status: 429 }), 'server'],
    [
      'a refusal that is not about the grant',
      () => HttpResponse.json({ error: 'invalid_request' }, { status: 400 }),
      'server',
    ],
    ['a page that is no answer', () => new HttpResponse('<html>Sign in to the Wi-Fi</html>'), 'malformed'],
    ['an answer without a token', () => HttpResponse.json({}), 'malformed'],
  ])('survives %s', async (_, response, kind) => {
    const { session, ends } = open();
    browser.wait(over);
    hub.instead.push(response);
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind });
    expect(ends).toEqual([]);
    await expect(session.read('Encounter')).resolves.toBeDefined();
  });

  it('reads on with a token that has not ended yet when it cannot be renewed just now', async () => {
    const { session } = open();
    browser.wait(almostOver);
    hub.instead.push(() => HttpResponse.error());
    await expect(session.read('Encounter')).resolves.toBeDefined();
    expect(seen.map(([, token]) => token)).toEqual(['Bearer access-0']);
  });

  it('asks for a new token when the hub ended the old one early, and reads again with it', async () => {
    hub.live = 1;
    const tokens = { ...testGrant(0).tokens, refreshToken: 'refresh-1', expiresAt: Infinity };
    await expect(open({ tokens }).session.read('Encounter')).resolves.toBeDefined();
    expect(seen.map(([, token]) => token)).toEqual(['Bearer access-0', 'Bearer access-2']);
  });

  it('does not end the session when a fresh token is refused too: it says so at that read', async () => {
    network.use(http.get(`${base}/Encounter`, () => new HttpResponse(null, { status: 401 })));
    const { session, ends } = open();
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'signed-out', status: 401 });
    expect(hub.asked).toHaveLength(1);
    expect(ends).toEqual([]);
    await expect(session.read('Task')).resolves.toBeDefined();
  });

  it('ends the session only when the hub says that the grant is over', async () => {
    const { session, ends } = open();
    let told = 0;
    const leave = session.onEnd(() => {
      told += 1;
    });
    session.onEnd(() => {
      told += 10;
    });
    leave();
    hub.ended = true;
    browser.wait(over);
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'signed-out' });
    await expect(session.read('Task')).rejects.toMatchObject({ kind: 'signed-out' });
    expect(ends).toMatchObject([{ reason: 'session-over' }]);
    expect(told).toBe(10);
    expect(hub.asked).toHaveLength(1);
  });

  it('ends the session when a renewed token is for another person', async () => {
    const { session, ends } = open();
    hub.patient = 'p2';
    browser.wait(over);
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'signed-out' });
    expect(ends).toMatchObject([{ reason: 'token-invalid' }]);
    expect(seen).toEqual([]);
  });

  it('ends when its time is up where the hub gave nothing to renew it with', async () => {
    const { session, ends } = open({
      tokens: { ...testGrant(browser.tab('https://a.b').now()).tokens, refreshToken: undefined },
    });
    browser.wait(almostOver);
    await expect(session.read('Encounter')).resolves.toBeDefined();
    browser.wait(over - almostOver);
    await expect(session.read('Encounter')).rejects.toMatchObject({ kind: 'signed-out' });
    expect(ends).toMatchObject([{ reason: 'session-over' }]);
    expect(hub.asked).toEqual([]);
  });
});

describe('a duplicated tab shares the grant (D5)', () => {
  it('both read on: one refreshes, the other takes the new pair over', async () => {
    const [a, b] = [open(), open()];
    browser.wait(over);
    await Promise.all([a.session.read('Encounter'), b.session.read('Task')]);
    expect(hub.asked).toHaveLength(1);
    expect(b.kept.at(-1)).toEqual(a.kept.at(-1));
    browser.wait(over);
    await b.session.read('Flag');
    await a.session.read('List');
    expect(hub.asked.map((form) => form['refresh_token'])).toEqual(['refresh-0', 'refresh-1']);
    expect([...a.ends, ...b.ends]).toEqual([]);
  });

  it('a tab that is handed the new pair while it waits for its turn does not refresh once more', async () => {
    const a = open();
    const tab = browser.tab('https://app.example/timeline');
    // What the other tab hands on arrives before its own turn begins.
    const slow = {
      request: (name: string, work: () => Promise<unknown>) =>
        tab.locks?.request(name, async () => {
          await delay(100);
          return work();
        }),
    } as unknown as Tab['locks'];
    const b = open({}, { ...tab, locks: slow });
    browser.wait(over);
    await Promise.all([a.session.read('Encounter'), b.session.read('Task')]);
    expect(hub.asked).toHaveLength(1);
    expect(b.kept.at(-1)).toEqual(a.kept.at(-1));
  });

  it('a tab that heard nothing asks the others before it offers an old refresh token', async () => {
    const first = open();
    browser.wait(over);
    await first.session.read('Encounter');
    // A copy of the storage from before: the tab was made, or thawed, after the hand-over.
    const late = open({ tokens: { ...testGrant(0).tokens } });
    await late.session.read('Encounter');
    expect(hub.asked).toHaveLength(1);
    expect(late.kept).toMatchObject([{ generation: 1, accessToken: 'access-1' }]);
  });

  it('tabs of different launches have nothing to do with each other', async () => {
    const [a, b] = [open(), open({ share: 'share-2', patientId: 'p2' })];
    browser.wait(over);
    await a.session.read('Encounter');
    expect(a.kept).toHaveLength(1);
    expect(b.kept).toEqual([]);
  });

  it('works alone where the browser has neither locks nor channels', async () => {
    const tab = browser.tab('https://app.example/timeline');
    const bare: TestTab = { ...tab, locks: undefined, channel: () => undefined };
    const { session } = open({}, bare);
    browser.wait(over);
    await expect(session.read('Encounter')).resolves.toBeDefined();
    expect(hub.asked).toHaveLength(1);
  });
});
