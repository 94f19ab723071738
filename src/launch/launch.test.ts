import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readGrant } from './kept.ts';
import { createLaunch, type Launch } from './launch.ts';
import type { LaunchOutcome } from './outcome.ts';
import { testBrowser, type TestBrowser, type TestTab } from './testing.ts';
import { testHub, type TestHub } from './testing-hub.ts';

const app = 'https://app.example';
// Whatever a test did not expect is answered, and not with what it might like.
const network = setupServer(http.all('*', () => new HttpResponse(null, { status: 503 })));
const requests: string[] = [];
const tabs: TestTab[] = [];
let hub: TestHub;
let browser: TestBrowser;

beforeAll(() => {
  network.listen();
  network.events.on('request:start', ({ request }) => void requests.push(request.url));
});
beforeEach(async () => {
  hub = await testHub();
  network.use(...hub.handlers);
  // The app fetches its own addresses relative to itself.
  browser = testBrowser((input, init) => fetch(typeof input === 'string' ? new URL(input, app) : input, init));
  requests.length = 0;
});
afterEach(async () => {
  // Ends every session, so that nothing of this test asks the hub during the next one.
  for (const tab of tabs.splice(0)) {
    tab.kept.clear();
    tab.showAgain();
  }
  await new Promise((resolve) => {
    setTimeout(resolve, 10);
  });
  network.resetHandlers();
});
afterAll(() => network.close());

const launchAddress = (handle = 'h1', extra = ''): string =>
  `${app}/launch?iss=${encodeURIComponent(hub.base)}&launch=${handle}${extra}`;

async function visit(tab: TestTab): Promise<{ launch: Launch; outcome: LaunchOutcome }> {
  tabs.push(tab);
  const launch = createLaunch(tab);
  await launch.start();
  return { launch, outcome: launch.outcome() };
}

/** The same tab on its next page. */
function next(tab: TestTab, address: string): TestTab {
  const page = browser.tab(address);
  return Object.assign(page, { kept: tab.kept, storage: () => tab.kept });
}

function asked(tab: TestTab): URL {
  expect(tab.left).toHaveLength(1);
  return new URL(tab.left[0] ?? '');
}

/** The page the hub sends the browser back to. */
function answer(tab: TestTab, change: Record<string, string> = {}): string {
  const params = { code: 'code-1', state: asked(tab).searchParams.get('state')!, iss: hub.issuer, ...change };
  return `${app}/callback?${new URLSearchParams(params).toString()}`;
}

async function opened(handle = 'h1'): Promise<{ tab: TestTab; launch: Launch; outcome: LaunchOutcome }> {
  const first = browser.tab(launchAddress(handle));
  await visit(first);
  const tab = next(first, answer(first));
  return { tab, ...(await visit(tab)) };
}

const session = (outcome: LaunchOutcome) => {
  if (outcome.status !== 'ready') throw new Error(JSON.stringify(outcome));
  return outcome.session;
};

async function until(done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 5) {
    if (waited > 4000) throw new Error('never');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

describe('from the icon in a clinical system', () => {
  it('asks the listed hub with PKCE, the handle, its own base as aud and a random state (D10)', async () => {
    const tab = browser.tab(launchAddress());
    const { outcome } = await visit(tab);
    expect(outcome).toEqual({ status: 'starting' });
    const address = asked(tab);
    expect(address.origin + address.pathname).toBe(`${hub.issuer}/authorize`);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'care-timeline',
      redirect_uri: `${app}/callback`,
      aud: hub.base,
      launch: 'h1',
      scope: 'launch openid fhirUser profile online_access patient/*.rs',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      // 122 random bits: a UUID of version 4.
      state: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    });
  });

  it('reads where to sign on from the hub’s own SMART configuration, asked for as JSON', async () => {
    const accepted: (string | null)[] = [];
    network.use(
      http.get(`${hub.base}/.well-known/smart-configuration`, ({ request }) => {
        accepted.push(request.headers.get('accept'));
        return HttpResponse.json({ ...hub.configuration, authorization_endpoint: `${hub.issuer}/elsewhere` } as never);
      }),
    );
    const tab = browser.tab(launchAddress());
    await visit(tab);
    expect(asked(tab).pathname).toBe('/oauth/elsewhere');
    expect(accepted.length).toBeGreaterThan(0);
    for (const accept of accepted) expect(accept).toContain('application/json');
  });

  it.each([
    ['the sign-on', 'authorization_endpoint'],
    ['the tokens', 'token_endpoint'],
  ])('leaves for nowhere when the address of %s is not a whole one', async (_, name) => {
    hub.configuration[name] = 'oauth/authorize';
    const tab = browser.tab(launchAddress());
    expect((await visit(tab)).outcome).toMatchObject({ status: 'failed', reason: 'hub-down' });
    expect(tab.left).toEqual([]);
  });

  it('never asks twice with the same state', async () => {
    const tabs = [browser.tab(launchAddress()), browser.tab(launchAddress())];
    await Promise.all(tabs.map(visit));
    expect(new Set(tabs.map((tab) => asked(tab).searchParams.get('state'))).size).toBe(2);
  });

  it('opens the one person the token names, and says from where and with which rights', async () => {
    const { tab, outcome } = await opened();
    expect(session(outcome)).toMatchObject({
      base: hub.base,
      hubName: 'Borough hub',
      patientId: 'p1',
      encounterId: undefined,
      needPatientBanner: true,
      openedFrom: 'EMIS',
      organisation: { code: 'F83063', name: 'Killick Street Health Centre' },
      scopes: expect.arrayContaining(['patient/*.rs', 'openid']),
    });
    expect(tab.renamed).toEqual(['/callback', '/timeline']);
    expect(hub.asked).toEqual([
      {
        grant_type: 'authorization_code',
        code: 'code-1',
        client_id: 'care-timeline',
        redirect_uri: `${app}/callback`,
        code_verifier: expect.stringMatching(/^[\w-]{128}$/),
      },
    ]);
  });

  it('knows when this user last opened this person where the hub tells it, also after a reload', async () => {
    hub.token = async () =>
      HttpResponse.json((await hub.tokenBody({ last_opened: '2026-11-12T14:02:00.123Z' })) as never);
    const { tab, outcome } = await opened();
    const at = Date.UTC(2026, 10, 12, 14, 2, 0, 123);
    expect(session(outcome).lastOpenedAt).toBe(at);
    const again = browser.tab(`${app}/timeline`, { duplicateOf: tab });
    expect(session((await visit(again)).outcome).lastOpenedAt).toBe(at);
  });

  it.each([undefined, 'yesterday', '2026-11-12', 12])('takes %s for not told', async (last_opened) => {
    hub.token = async () => HttpResponse.json((await hub.tokenBody({ last_opened })) as never);
    const { outcome } = await opened();
    expect(session(outcome).lastOpenedAt).toBeUndefined();
  });

  it('keeps neither code verifier nor a second copy of the tokens afterwards', async () => {
    const { tab } = await opened();
    const keys = Array.from({ length: tab.kept.length }, (_, index) => tab.kept.key(index));
    expect(keys).toEqual(['care-timeline.grant']);
  });

  it('takes a trailing slash of iss as the same hub', async () => {
    const tab = browser.tab(`${app}/launch?iss=${encodeURIComponent(`${hub.base}/`)}&launch=h1`);
    await visit(tab);
    expect(asked(tab).searchParams.get('aud')).toBe(hub.base);
  });

  it.each([
    ['another server', 'https://evil.example/fhir'],
    ['the hub by another scheme', 'http://hub.example/fhir'],
    ['a path below the base', 'https://hub.example/fhir/../evil'],
    ['a user before the host', 'https://hub.example@evil.example/fhir'],
    ['another letter case', 'https://hub.example/FHIR'],
    ['no address at all', 'javascript:alert(1)'],
  ])('refuses %s as iss and asks it nothing (D7)', async (_, iss) => {
    const tab = browser.tab(`${app}/launch?iss=${encodeURIComponent(iss)}&launch=h1`);
    const { outcome } = await visit(tab);
    expect(outcome).toMatchObject({ status: 'failed', reason: 'unknown-hub' });
    expect(tab.left).toEqual([]);
    expect(requests).toEqual([`${app}/config.json`]);
  });

  it('believes no fhirServiceUrl, patientId, clientId, redirectUri or code in its address (D7)', async () => {
    const bad =
      '&fhirServiceUrl=https://evil.example/fhir&patientId=zzz&clientId=evil&redirectUri=https://evil.example&encounterId=e&code=x&state=y&scope=user/*.cruds';
    const tab = browser.tab(launchAddress('h1', bad));
    await visit(tab);
    const address = asked(tab);
    expect(address.href).not.toContain('evil');
    expect(address.href).not.toContain('zzz');
    expect(address.searchParams.get('client_id')).toBe('care-timeline');
    expect(requests.every((url) => !url.includes('evil'))).toBe(true);
    const { outcome } = await visit(next(tab, `${answer(tab)}&patientId=zzz&fhirServiceUrl=https://evil.example/fhir`));
    expect(session(outcome)).toMatchObject({ patientId: 'p1', base: hub.base });
  });

  it('does not open anything from /launch?fhirServiceUrl alone (D7)', async () => {
    const tab = browser.tab(
      `${app}/launch?fhirServiceUrl=${encodeURIComponent('https://evil.example/fhir')}&patientId=z`,
    );
    expect((await visit(tab)).outcome).toMatchObject({ status: 'failed', reason: 'malformed-launch' });
    expect(requests).toEqual([]);
  });

  it.each([
    ['/launch'],
    ['/launch?iss=https://hub.example/fhir'],
    ['/launch?launch=h1'],
    ['/launch?iss=https://hub.example/fhir&launch='],
    ['/launch?iss=https://hub.example/fhir&launch=a&launch=b'],
    ['/launch?iss=https://hub.example/fhir&iss=https://evil.example&launch=a'],
  ])('says that %s is no whole launch', async (path) => {
    const { outcome } = await visit(browser.tab(app + path));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'malformed-launch' });
  });

  it('offers the same address again when the hub is down, since the handle is not spent', async () => {
    network.use(
      http.get(`${hub.base}/.well-known/smart-configuration`, () => HttpResponse.error()),
      http.get(`${hub.base}/metadata`, () => HttpResponse.error()),
    );
    const { outcome } = await visit(browser.tab(launchAddress()));
    const retryHref = launchAddress().slice(app.length);
    expect(outcome).toMatchObject({ status: 'failed', reason: 'hub-down', retryHref });
  });

  it('says that the hub is down when the list of hubs cannot be read', async () => {
    network.use(http.get(`${app}/config.json`, () => new HttpResponse('<html>', { status: 200 })));
    expect((await visit(browser.tab(launchAddress()))).outcome).toMatchObject({ reason: 'hub-down' });
  });

  it.each([[{}], [{ hubs: 'none' }], [{ hubs: [{ name: 'x', iss: 'ftp://x', clientId: 'c' }] }], [null]])(
    'knows no hub from a list like %j',
    async (list) => {
      network.use(http.get(`${app}/config.json`, () => HttpResponse.json(list as Record<string, string>)));
      expect((await visit(browser.tab(launchAddress()))).outcome).toMatchObject({ reason: 'unknown-hub' });
    },
  );

  it('does without PKCE never', async () => {
    hub.configuration['code_challenge_methods_supported'] = ['plain'];
    const tab = browser.tab(launchAddress());
    expect((await visit(tab)).outcome).toMatchObject({ status: 'failed', reason: 'hub-down' });
    expect(tab.left).toEqual([]);
  });
});

describe('from a sign-on of its own', () => {
  it('asks the first hub to let the reader choose the person', async () => {
    const tab = browser.tab(`${app}/?iss=https://evil.example/fhir&launch=zzz&fhirServiceUrl=https://evil.example`);
    await visit(tab);
    const address = asked(tab);
    expect(address.searchParams.get('scope')).toBe('launch/patient openid fhirUser profile online_access patient/*.rs');
    expect(address.searchParams.get('aud')).toBe(hub.base);
    expect(address.searchParams.has('launch')).toBe(false);
    const { outcome } = await visit(next(tab, answer(tab)));
    expect(session(outcome).patientId).toBe('p1');
  });

  it('asks for a sign-on no older than five minutes where the last resort needs one (RFC 9470), and otherwise for none', async () => {
    const [afresh, usual] = [browser.tab(`${app}/?afresh`), browser.tab(`${app}/`)];
    await visit(afresh);
    expect(asked(afresh).searchParams.get('max_age')).toBe('300');
    await visit(usual);
    expect(asked(usual).searchParams.has('max_age')).toBe(false);
  });

  it('asks for the person’s own sign-in with ?as=person, and for nothing that is theirs without', async () => {
    const [own, usual] = [browser.tab(`${app}/?as=person`), browser.tab(`${app}/?as=staff`)];
    await visit(own);
    expect(asked(own).searchParams.get('login_hint')).toBe('person');
    expect(asked(own).searchParams.get('scope')).toContain('patient/Consent.cruds');
    await visit(usual);
    expect(asked(usual).searchParams.has('login_hint')).toBe(false);
    expect(asked(usual).searchParams.get('scope')).not.toContain('Consent');
  });

  it('leads the person back to their own sign-in when it does not succeed, never to the one of staff', async () => {
    const tab = browser.tab(`${app}/?as=person`);
    await visit(tab);
    const state = asked(tab).searchParams.get('state') ?? '';
    const refused = `${app}/callback?error=access_denied&state=${state}`;
    expect((await visit(next(tab, refused))).outcome).toMatchObject({ status: 'failed', retryHref: '/?as=person' });
  });

  it('asks another listed hub by its base, and no other', async () => {
    const listed = browser.tab(`${app}/?hub=${encodeURIComponent(hub.base)}`);
    await visit(listed);
    expect(asked(listed).searchParams.get('aud')).toBe(hub.base);
    const foreign = await visit(browser.tab(`${app}/?hub=https://evil.example/fhir`));
    expect(foreign.outcome).toMatchObject({ status: 'failed', reason: 'unknown-hub' });
  });
});

describe('the answer of the hub', () => {
  it('is exchanged once, however often the page starts (D1)', async () => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const tab = next(first, answer(first));
    tabs.push(tab);
    const launch = createLaunch(tab);
    await Promise.all([launch.start(), launch.start(), launch.start()]);
    expect(hub.asked).toHaveLength(1);
    expect(launch.outcome().status).toBe('ready');
  });

  it('leaves no code, state or iss in the address (D6)', async () => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const tab = next(first, answer(first));
    tabs.push(tab);
    const launch = createLaunch(tab);
    const started = launch.start();
    expect(tab.renamed).toEqual(['/callback']);
    await started;
    expect(tab.renamed).toEqual(['/callback', '/timeline']);
  });

  it('is refused from another issuer (D6, RFC 9207)', async () => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const { outcome } = await visit(next(first, answer(first, { iss: 'https://evil.example/oauth' })));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'bad-callback' });
    expect(hub.asked).toEqual([]);
  });

  it('lets the next launch of the page go to the hub, not to the issuer (D6)', async () => {
    const { tab } = await opened();
    const again = next(tab, launchAddress('h2'));
    await visit(again);
    expect(asked(again).searchParams.get('aud')).toBe(hub.base);
    expect(requests.every((url) => !url.includes('oauth/metadata'))).toBe(true);
  });

  it.each([
    ['of another launch', { state: 'made-up' }],
    ['with the key of what this app keeps', { state: 'care-timeline.grant' }],
    ['without a code', { code: '' }],
  ])('is refused %s', async (_, change) => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const { outcome } = await visit(next(first, answer(first, change)));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'bad-callback' });
    expect(hub.asked).toEqual([]);
  });

  it('is refused in a tab that asked nothing', async () => {
    const { outcome } = await visit(browser.tab(`${app}/callback?code=c&state=s`));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'bad-callback' });
  });

  it('is refused when it is replayed after a launch that failed', async () => {
    hub.token = () => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
    const first = browser.tab(launchAddress());
    await visit(first);
    expect((await visit(next(first, answer(first)))).outcome).toMatchObject({ reason: 'bad-callback' });
    expect((await visit(next(first, answer(first)))).outcome).toMatchObject({ reason: 'bad-callback' });
    expect(hub.asked).toHaveLength(1);
  });

  it('has its code put into the form unbroken, whatever it holds (D12)', async () => {
    const first = browser.tab(launchAddress());
    await visit(first);
    await visit(next(first, answer(first, { code: 'a+b&c=d%20e' })));
    expect(hub.asked[0]?.['code']).toBe('a+b&c=d%20e');
  });

  it.each([
    ['access_denied', 'This launch was already used.', 'handle-expired'],
    ['access_denied', 'The person can no longer be told apart for certain.', 'access-denied'],
    ['invalid_request', 'unknown launch', 'handle-expired'],
    ['invalid_scope', 'too much', 'scope-refused'],
    ['server_error', 'database', 'hub-down'],
    ['temporarily_unavailable', 'later', 'hub-down'],
    ['login_required', 'who are you', 'access-denied'],
  ])('that says %s (%s) is told as %s', async (error, words, reason) => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const state = asked(first).searchParams.get('state')!;
    const query = new URLSearchParams({ error, error_description: words, state, iss: hub.issuer }).toString();
    const { outcome } = await visit(next(first, `${app}/callback?${query}`));
    expect(outcome).toEqual({ status: 'failed', reason, detail: words });
  });

  it('offers to sign on again when a sign-on was turned back', async () => {
    const first = browser.tab(`${app}/`);
    await visit(first);
    const state = asked(first).searchParams.get('state')!;
    const { outcome } = await visit(next(first, `${app}/callback?error=access_denied&state=${state}`));
    expect(outcome).toEqual({ status: 'failed', reason: 'access-denied', retryHref: '/' });
  });

  it.each([
    ['names no person', { patient: undefined }, 'no-patient'],
    ['names a person by something that is no id', { patient: '../Patient/p2' }, 'no-patient'],
    ['grants too little', { scope: 'launch openid patient/Patient.rs' }, 'scope-refused'],
    ['grants nothing but writing', { scope: 'patient/*.write' }, 'scope-refused'],
    ['brings no token', { access_token: undefined }, 'token-invalid'],
    ['brings a token of another kind', { token_type: 'mac' }, 'token-invalid'],
  ])('that %s opens nothing', async (_, change, reason) => {
    hub.token = async () => HttpResponse.json((await hub.tokenBody(change)) as Record<string, string>);
    const { tab, outcome } = await opened();
    expect(outcome).toMatchObject({ status: 'failed', reason });
    expect(readGrant(tab.kept)).toBeUndefined();
  });

  it('that cannot be exchanged because the hub is down is told so', async () => {
    hub.token = () => HttpResponse.error();
    expect((await opened()).outcome).toMatchObject({ status: 'failed', reason: 'hub-down' });
    hub.token = () => new HttpResponse(null, { status: 503 });
    expect((await opened()).outcome).toMatchObject({ status: 'failed', reason: 'hub-down' });
  });

  it.each([['patient/*.read'], ['patient/*.*'], ['patient/Patient.r patient/Encounter.s'], ['user/*.cruds']])(
    'grants enough with %s',
    async (scope) => {
      hub.token = async () => HttpResponse.json((await hub.tokenBody({ scope })) as Record<string, string>);
      expect((await opened()).outcome.status).toBe('ready');
    },
  );
});

describe('who reads', () => {
  it('is taken from the verified identity token, with letters beyond ASCII whole (D9)', async () => {
    const { launch } = await opened();
    await until(() => session(launch.outcome()).user.name !== undefined);
    const user = { name: 'Zoë Björk', fhirUser: 'https://hub.example/fhir/Practitioner/d1' };
    expect(session(launch.outcome()).user).toEqual(user);
  });

  it('is not waited for by the first reads', async () => {
    network.use(http.get(`${hub.issuer}/jwks`, () => HttpResponse.error()));
    const { outcome } = await opened();
    expect(session(outcome).user).toEqual({ name: undefined, fhirUser: undefined });
  });

  it.each([
    ['signed by somebody else', {}, true],
    ['from another issuer', { iss: 'https://evil.example' }, false],
    ['made for another app', { aud: 'other' }, false],
    ['made for this app and for another one first', { aud: ['other', 'care-timeline'], azp: 'other' }, false],
    ['that ended an hour ago', { exp: Math.floor(Date.now() / 1000) - 3600 }, false],
  ])('ends the session with words when the token is %s', async (_, claims, foreign) => {
    hub.token = async () => {
      const body = await hub.tokenBody({ id_token: await hub.idToken(claims, foreign) });
      return HttpResponse.json(body as Record<string, string>);
    };
    const { tab, launch } = await opened();
    await until(() => launch.outcome().status === 'failed');
    expect(launch.outcome()).toMatchObject({ reason: 'token-invalid', detail: expect.stringContaining('token') });
    expect(readGrant(tab.kept)).toBeUndefined();
  });

  it('ends the session when the token is no token', async () => {
    hub.token = async () => HttpResponse.json((await hub.tokenBody({ id_token: 'abc' })) as Record<string, string>);
    const { launch } = await opened();
    await until(() => launch.outcome().status === 'failed');
    expect(launch.outcome()).toMatchObject({ reason: 'token-invalid' });
  });

  it('is checked through the issuer itself where the hub publishes no keys in its configuration', async () => {
    delete hub.configuration['jwks_uri'];
    const { launch } = await opened();
    await until(() => session(launch.outcome()).user.name !== undefined);
    expect(requests).toContain(`${hub.issuer}/.well-known/openid-configuration`);
  });

  it('is kept over a reload, long after the identity token has ended', async () => {
    const { tab, launch } = await opened();
    await until(() => session(launch.outcome()).user.name !== undefined);
    browser.wait(3_600_000);
    const { outcome } = await visit(next(tab, `${app}/timeline`));
    expect(session(outcome).user.name).toBe('Zoë Björk');
  });
});

describe('coming back', () => {
  it.each([['/timeline'], ['/callback'], ['/timeline?setting=gp']])(
    'a reload of %s returns to the live session',
    async (path) => {
      const { tab } = await opened();
      const { outcome } = await visit(next(tab, app + path));
      expect(session(outcome).patientId).toBe('p1');
      expect(hub.asked).toHaveLength(1);
    },
  );

  it('Back to the launch address that opened it returns to the live session and spends nothing', async () => {
    const { tab } = await opened();
    const back = next(tab, launchAddress());
    const { outcome } = await visit(back);
    expect(session(outcome).patientId).toBe('p1');
    expect(back.left).toEqual([]);
  });

  it('Back to the answered callback returns to the live session and offers the code to nobody', async () => {
    const first = browser.tab(launchAddress());
    await visit(first);
    const callback = answer(first);
    await visit(next(first, callback));
    expect((await visit(next(first, callback))).outcome.status).toBe('ready');
    expect(hub.asked).toHaveLength(1);
  });

  it('without a live session says so', async () => {
    for (const path of ['/timeline', '/callback']) {
      const { outcome } = await visit(browser.tab(app + path));
      expect(outcome).toEqual({ status: 'failed', reason: 'session-over', retryHref: '/' });
    }
  });

  it('does not trip over something broken in the storage', async () => {
    for (const broken of ['{', '[]', '{"share":1}', 'null']) {
      const tab = browser.tab(`${app}/timeline`);
      tab.kept.setItem('care-timeline.grant', broken);
      expect((await visit(tab)).outcome).toMatchObject({ reason: 'session-over' });
    }
  });
});

describe('two people in one browser', () => {
  it('stay apart in two tabs, both alive', async () => {
    const a = await opened('h1');
    hub.token = async () =>
      HttpResponse.json((await hub.tokenBody({ patient: 'p2', access_token: 'access-b' })) as Record<string, string>);
    const b = await opened('h2');
    expect([session(a.launch.outcome()).patientId, session(b.launch.outcome()).patientId]).toEqual(['p1', 'p2']);
    expect(readGrant(a.tab.kept)?.patientId).toBe('p1');
    expect(readGrant(b.tab.kept)?.patientId).toBe('p2');
  });

  it('never bring the first one back in a tab that was asked for the second', async () => {
    const { tab } = await opened('h1');
    await visit(next(tab, launchAddress('h2')));
    const { outcome } = await visit(next(tab, `${app}/timeline`));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'session-over' });
  });

  it('end the first page when Back shows it again after the second was opened in its tab', async () => {
    const { tab, launch } = await opened('h1');
    const started = next(tab, launchAddress('h2'));
    await visit(started);
    await visit(next(tab, answer(started)));
    tab.showAgain();
    expect(launch.outcome()).toMatchObject({ status: 'failed', reason: 'session-over' });
    expect(readGrant(tab.kept)?.launch).toBe('h2');
  });
});

describe('a framed page that may keep nothing (D11)', () => {
  it('asks nobody and gives the very same address for a tab of its own', async () => {
    const blocked = (): Storage => {
      throw new DOMException('denied', 'SecurityError');
    };
    const tab = browser.tab(launchAddress(), { storage: blocked });
    const { outcome } = await visit(tab);
    expect(outcome).toEqual({ status: 'failed', reason: 'storage-blocked', newTabHref: launchAddress() });
    expect(requests).toEqual([]);
  });
});
