import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { startTestHub, type AssertionOptions, type TestHub } from './testing.ts';

eachEngine('how a clinical system proves who it is', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());

  const now = () => Math.floor(Date.now() / 1000);
  const refused = async (claims: Record<string, unknown>, options?: AssertionOptions) => {
    const response = await hub.askLaunch({}, await hub.system.assertion(claims, options));
    const body = (await response.json()) as Record<string, string>;
    expect([response.status, body['error']]).toEqual([401, 'invalid_client']);
    return body['error_description'];
  };

  it('is believed with the token address or the launch address as audience', async () => {
    for (const aud of [`${hub.issuer}/token`, `${hub.issuer}/launch`]) {
      expect((await hub.askLaunch({}, await hub.system.assertion({ aud }))).status).toBe(201);
    }
  });

  it.each(['RS384', 'RS256', 'ES256', 'ES384'])('is believed with %s', async (alg) => {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const kid = `key-${alg}`;
    const known = hub.system.jwks;
    hub.system.jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg }] };
    await hub.restart();
    const response = await hub.askLaunch({}, await hub.system.assertion({}, { key: privateKey, header: { alg, kid } }));
    expect(response.status).toBe(201);
    hub.system.jwks = known;
    await hub.restart();
  });

  it('is refused a second time with the same assertion, even after a restart', async () => {
    const assertion = await hub.system.assertion();
    expect((await hub.askLaunch({}, assertion)).status).toBe(201);
    expect((await hub.askLaunch({}, assertion)).status).toBe(401);
    await hub.restart();
    expect((await hub.askLaunch({}, assertion)).status).toBe(401);
  });

  it('is refused with another audience', async () => {
    expect(await refused({ aud: 'https://elsewhere.example/token' })).toContain('aud');
  });
  it('is refused when the assertion has expired', async () => {
    expect(await refused({ exp: now() - 60 })).toContain('expired');
  });
  it('is refused when the assertion lives longer than five minutes', async () => {
    expect(await refused({ exp: now() + 600 })).toContain('five minutes');
  });
  it('is believed while its clock and the hub’s are a few seconds apart, and not further', async () => {
    for (const exp of [now() - 3, now() + 303]) {
      expect((await hub.askLaunch({}, await hub.system.assertion({ exp }))).status).toBe(201);
    }
    expect((await hub.askLaunch({}, await hub.system.assertion({ nbf: now() + 3 }))).status).toBe(201);
    expect(await refused({ exp: now() - 8 })).toContain('expired');
    expect(await refused({ exp: now() + 310 })).toContain('five minutes');
    expect(await refused({ nbf: now() + 30 })).toContain('nbf');
  });
  it('is refused without an expiry', async () => {
    expect(await refused({ exp: undefined })).toContain('exp');
  });
  it('is refused without a jti', async () => {
    expect(await refused({ jti: undefined })).toContain('jti');
  });
  it('is refused when subject and issuer differ', async () => {
    expect(await refused({ sub: 'another' })).toContain('sub');
  });
  it('is refused when it is not registered', async () => {
    expect(await refused({ iss: 'stranger', sub: 'stranger' })).toContain('registered');
  });
  it('is refused without a key id', async () => {
    expect(await refused({}, { header: { alg: 'ES384' } })).toContain('kid');
  });
  it('is refused when it points to keys elsewhere', async () => {
    const header = { alg: 'ES384', kid: hub.system.kid, jku: 'https://evil.example/jwks.json' };
    expect(await refused({}, { header })).toContain('jku');
  });
  it('is refused with a shared secret', async () => {
    expect(await refused({}, { key: new Uint8Array(48), header: { alg: 'HS256', kid: hub.system.kid } })).toContain(
      'signed with one of',
    );
  });
  it('is refused with another key under the same key id', async () => {
    const { privateKey } = await generateKeyPair('ES384');
    expect(await refused({}, { key: privateKey })).toContain('signature');
  });

  it('is refused unsigned', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: 'emis-desk', sub: 'emis-desk', aud: `${hub.issuer}/token`, exp: now() + 60, jti: 'x' };
    const response = await hub.askLaunch({}, `${part({ alg: 'none' })}.${part(claims)}.`);
    expect(response.status).toBe(401);
  });

  it.each<[string, object]>([
    ['another assertion type', { client_assertion_type: 'password' }],
    ['no assertion', { client_assertion: undefined }],
    ['something that is no JWT', { client_assertion: 'abc' }],
  ])('is refused with %s', async (_why, body) => {
    expect((await hub.askLaunch(body)).status).toBe(401);
  });

  it('is answered 400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${hub.issuer}/launch`, { method: 'POST', headers, body: '{"client_' });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'invalid_request', error_description: 'The body must be a JSON object' },
    ]);
  });

  it('reads the keys once for many launches', async () => {
    await hub.restart();
    const before = hub.system.fetched;
    for (let i = 0; i < 5; i += 1) await hub.launch();
    expect(hub.system.fetched - before).toBe(1);
  });

  it('does not wait for ever for keys that do not come', async () => {
    const known = hub.system.jwks;
    hub.system.jwks = undefined;
    await hub.restart();
    const start = performance.now();
    expect(await refused({})).toContain('in time');
    expect(performance.now() - start).toBeLessThan(8000);
    hub.system.jwks = known;
    await hub.restart();
  });
});
