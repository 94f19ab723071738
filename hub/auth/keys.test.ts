import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { loadKeys, rotateKeys } from './keys.ts';
import { AuthRecords } from './records.ts';
import { TestBrowser } from './testing-browser.ts';
import { startTestHub, type TestHub } from './testing.ts';

eachEngine('rotating the keys', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  afterEach(() => vi.useRealTimers());

  const enter = async () => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch() });
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? 'none:';
    const response = await hub.token({
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      redirect_uri: hub.callback,
      code_verifier: verifier,
    });
    return (await response.json()) as Record<string, string>;
  };
  const verified = (token: string | undefined) =>
    jwtVerify(token ?? '', createRemoteJWKSet(new URL(`${hub.issuer}/jwks`)), { issuer: hub.issuer });
  const kidOf = (token: string | undefined) => decodeProtectedHeader(token ?? '').kid;

  it('signs with the new key and ends no session: reading, id_tokens, refreshing, sign-on and open pages go on', async () => {
    const before = await enter();
    const browser = new TestBrowser(hub.callback);
    const picker = await browser.get((await hub.authorizeUrl()).url);
    expect(picker.status).toBe(200);

    await rotateKeys(new AuthRecords(db()));
    await hub.restart();

    const after = await enter();
    expect(kidOf(after['id_token'])).not.toBe(kidOf(before['id_token']));
    await verified(after['id_token']);
    await verified(before['id_token']);
    expect(await hub.auth.readerOf(before['access_token'] ?? '')).toMatchObject({
      grant: expect.any(String) as string,
    });
    const refreshed = await hub.token({ grant_type: 'refresh_token', refresh_token: before['refresh_token'] ?? '' });
    expect(refreshed.status).toBe(200);
    expect(kidOf(((await refreshed.json()) as Record<string, string>)['id_token'])).toBe(kidOf(after['id_token']));
    // A page that was open is sent, and a second launch in this browser needs no second sign-on.
    const found = await browser.submit(picker, '/find', { nhsNumber: '9990000018', reason: 'agrees' });
    expect([found.status, found.body.includes('LARK, Ann')]).toEqual([200, true]);
    const again = await browser.get((await hub.authorizeUrl()).url);
    expect([again.status, again.body.includes(hub.upstream.issuer)]).toEqual([200, false]);
    expect(browser.visited.filter((url) => url.startsWith(hub.upstream.issuer)).length).toBeLessThanOrEqual(1);
  });

  it('keeps what was before for a day, over several rotations, and then no longer', async () => {
    const records = new AuthRecords(db());
    const first = (await loadKeys(records)).signing.kid;
    await rotateKeys(records);
    await rotateKeys(records);
    const published = async () => {
      await hub.restart();
      const { keys } = (await (await fetch(`${hub.issuer}/jwks`)).json()) as { keys: Record<string, string>[] };
      for (const key of keys) expect(key).not.toHaveProperty('d');
      return keys.map(({ kid }) => kid);
    };
    expect(await published()).toContain(first);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 3_600_000 + 1000 });
    expect(await published()).toEqual([(await loadKeys(records)).signing.kid]);
  });

  it('lets one of two rotations at the same moment happen', async () => {
    const records = new AuthRecords(db());
    const outcomes = await Promise.allSettled([rotateKeys(records), rotateKeys(records)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});
