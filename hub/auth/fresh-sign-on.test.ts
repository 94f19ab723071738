import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../store/database.ts';
import { migratedPglite } from '../store/migrated-pglite.ts';
import { openPglite } from '../store/pglite.ts';
import { signOnsOf } from '../config.ts';
import { findAuthorization } from './authorization.ts';
import { TestBrowser } from './testing-browser.ts';
import { nurse } from './testing-upstream.ts';
import { startTestHub, type TestHub } from './testing.ts';

// One engine will do: nothing here depends on the store.
describe('a sign-on that has to be fresh', () => {
  let database: Database;
  let hub: TestHub;
  let browser: TestBrowser;
  beforeAll(async () => {
    database = await openPglite(undefined, await migratedPglite());
    hub = await startTestHub(database);
  });
  afterAll(async () => {
    await hub.close();
    await database.close();
  });
  beforeEach(() => {
    browser = new TestBrowser(hub.callback);
    hub.upstream.user = nurse;
    hub.upstream.told = {};
  });

  const start = async (params: Record<string, string> = {}) => browser.get((await hub.authorizeUrl(params)).url);
  const now = () => Math.floor(Date.now() / 1000);

  it('is asked for upstream as it was asked for here, and when it was is kept with the authorization', async () => {
    await start();
    expect(hub.upstream.asked.at(-1)?.searchParams.get('prompt')).toBeNull();
    const { url, verifier } = await hub.authorizeUrl({ prompt: 'login' });
    const picker = await browser.get(url);
    const asked = hub.upstream.asked.at(-1)?.searchParams;
    expect(asked?.get('prompt')).toBe('login');
    // So that the service has to say when it was (OpenID Connect Core, 2).
    expect(Number(asked?.get('max_age'))).toBeGreaterThan(0);
    const found = await browser.submit(picker, '/find', { nhsNumber: '9990000018', reason: 'agrees' });
    const code = new URL((await browser.submit(found, '/choose')).url).searchParams.get('code') ?? '';
    const fields = { grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier };
    const { access_token: token } = (await (await hub.token(fields)).json()) as { access_token: string };
    const grant = (await hub.auth.readerOf(token))?.grant ?? '';
    const { signedOnAt = 0 } = (await findAuthorization(hub.auth.records, grant)) ?? {};
    expect(Math.abs(signedOnAt - Date.now())).toBeLessThan(30_000);
  });

  it('no older than an app says goes on unasked, and is asked for anew once it is', async () => {
    await start();
    const asked = hub.upstream.asked.length;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 250_000 });
    try {
      await start({ max_age: '300' });
      expect(hub.upstream.asked.length).toBe(asked);
      vi.setSystemTime(Date.now() + 60_000);
      expect((await start({ max_age: '300' })).body).toContain('Signed on: <strong>Nadia Karim</strong>');
      expect(hub.upstream.asked.length).toBe(asked + 1);
      expect(hub.upstream.asked.at(-1)?.searchParams.get('max_age')).toBe('300');
      // The service says that it was long ago: then it was not asked.
      hub.upstream.told = { auth_time: now() - 600 };
      vi.setSystemTime(Date.now() + 310_000);
      expect((await start({ max_age: '300' })).status).toBe(403);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['is older than was asked for', () => ({ auth_time: now() - 3600 })],
    ['does not say when it was', () => ({ auth_time: undefined })],
  ])('is refused when it %s', async (_why, told) => {
    hub.upstream.told = told();
    const page = await start({ prompt: 'login' });
    expect([page.status, page.body.includes('Signed on:')]).toEqual([403, false]);
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['for another client', () => ({ aud: 'another' })],
    ['for several, and not for this one', () => ({ aud: ['hub', 'another'], azp: 'another' })],
    ['from another issuer', () => ({ iss: 'https://evil.example' })],
    ['that has ended', () => ({ exp: now() - 600, iat: now() - 1200 })],
    ['with another nonce', () => ({ nonce: 'another' })],
    ['without one', () => ({ nonce: undefined })],
  ])('by an id_token %s is none', async (_why, told) => {
    hub.upstream.told = told();
    const page = await start();
    expect([page.status, page.body.includes('The sign-on did not succeed')]).toEqual([403, true]);
  });

  it('is at the service that staff choose, where several organisations have one, and an answer of one is none of another', async () => {
    const before = hub.registrations.signOn;
    const [first, ...others] = signOnsOf(hub.registrations);
    if (first === undefined) throw new Error('no sign-on');
    hub.registrations.signOn = [first, { ...first, id: 'council', name: 'Islington Council' }, ...others];
    await hub.restart();
    try {
      const choice = await start();
      expect(choice.body).toContain('How do you sign on?');
      // Nobody is offered the sign-in of the people themselves.
      expect(choice.body).not.toContain('Citizen sign-in');
      const [own, council] = [...choice.body.matchAll(/<a href="([^"]+\/sign-on\/[^"]+)"/g)].map(([, href]) => href);
      const picker = await browser.get(own ?? '');
      expect(picker.body).toContain('Signed on: <strong>Nadia Karim</strong>');
      // The council's answer address is given what belongs to the other service (mix-up, RFC 9700, 4.4).
      const answer = browser.visited.find((address) => address.includes('/sign-on/callback/intranet')) ?? '';
      expect((await browser.get(answer.replace('/intranet', '/council'))).status).toBe(400);
      const another = new TestBrowser(hub.callback);
      expect((await another.get(council ?? '')).status).toBe(400);
    } finally {
      hub.registrations.signOn = before;
      await hub.restart();
    }
  });

  it('by an id_token that another key signed, or none, is none', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    for (const sign of [
      (claims: Record<string, unknown>) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'upstream' }).sign(privateKey),
      (claims: Record<string, unknown>) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode('a secret of the tests')),
      (claims: Record<string, unknown>) => {
        const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`);
      },
    ]) {
      hub.upstream.sign = sign;
      expect((await start()).status).toBe(403);
    }
    hub.upstream.sign = undefined;
    expect((await start()).status).toBe(200);
  });
});
