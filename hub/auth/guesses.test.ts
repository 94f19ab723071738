import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { TestBrowser, type TestPage } from './testing-browser.ts';
import { people } from './testing-people.ts';
import { nurse } from './testing-upstream.ts';
import { startTestHub, type TestHub } from './testing.ts';

/** NHS numbers of nobody in the tests' record. */
const nobodys = ['9990000042', '9990000050', '9990000069', '9990000077', '9990000085', '9990000093'];

eachEngine('guessing', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    hub.upstream.user = { ...nurse, nhsid_useruid: crypto.randomUUID() };
  });
  afterEach(() => vi.useRealTimers());

  const later = (seconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  const refusals = async (action: string) =>
    (await db().query("select 1 from audit where action = $1 and outcome = 'refused'", [action])).length;
  const picker = async (browser: TestBrowser) => browser.get((await hub.authorizeUrl()).url);
  const seek = (browser: TestBrowser, page: TestPage, nhsNumber: string) =>
    browser.submit(page, '/find', { nhsNumber, reason: 'agrees' });

  it('at people: after ten that nobody has, a wait that grows, whoever is asked for, and nothing is looked up', async () => {
    const browser = new TestBrowser(hub.callback);
    const page = await picker(browser);
    for (let times = 0; times < 11; times += 1) {
      expect((await seek(browser, page, nobodys[times % nobodys.length] ?? '')).status).toBe(404);
    }
    const before = await refusals('guess-person');
    expect(before).toBe(1);
    const [known, unknown] = [await seek(browser, page, people.ann.nhs), await seek(browser, page, nobodys[0] ?? '')];
    expect([known.status, unknown.status]).toEqual([429, 429]);
    // Not a word more for somebody who is in the record.
    const words = (body: string) => body.replaceAll(/value="[^"]*"/g, '');
    expect(words(known.body)).toBe(words(unknown.body));
    expect(known.body).toContain('You searched many times without finding anybody');
    expect(Number(known.headers.get('retry-after'))).toBeLessThanOrEqual(2);
    later(3);
    expect((await seek(browser, page, nobodys[1] ?? '')).status).toBe(404);
    expect(Number((await seek(browser, page, people.ann.nhs)).headers.get('retry-after'))).toBeGreaterThan(2);
    later(10);
    expect((await seek(browser, page, people.ann.nhs)).status).toBe(200);
    expect(await refusals('guess-person')).toBe(before + 1);
  });

  it('at people is one user’s: a colleague at the same address finds whom they need', async () => {
    const browser = new TestBrowser(hub.callback);
    const page = await picker(browser);
    for (let times = 0; times < 12; times += 1) await seek(browser, page, nobodys[times % nobodys.length] ?? '');
    hub.upstream.user = nurse;
    const other = new TestBrowser(hub.callback);
    expect((await seek(other, await picker(other), people.ann.nhs)).status).toBe(200);
  });

  it('at a client’s proof: after twenty that did not hold it waits, there alone, and one that holds clears it', async () => {
    const wrong = { key: new Uint8Array(32), header: { alg: 'HS256', kid: 'x' } };
    for (let times = 0; times < 20; times += 1) {
      expect((await hub.askLaunch({}, await hub.system.assertion({}, wrong))).status).toBe(401);
    }
    expect((await hub.askLaunch()).status).toBe(201);
    for (let times = 0; times < 21; times += 1) await hub.askLaunch({}, await hub.system.assertion({}, wrong));
    const waits = await hub.askLaunch();
    expect([waits.status, Number(waits.headers.get('retry-after'))]).toEqual([429, 2]);
    expect(await refusals('guess-client')).toBe(1);
    // Another client at the same address is told what is wrong with its own.
    const another = await hub.askLaunch({}, await hub.system.assertion({ iss: 'another', sub: 'another' }));
    expect(another.status).toBe(401);
    later(3);
    expect((await hub.askLaunch({}, await hub.system.assertion())).status).toBe(201);
  });
});
