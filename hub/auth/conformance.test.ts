import { createServer, type Server } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { brandBundle } from './brand-bundle.ts';
import { assertionType, clientAuthentication } from './client-assertion.ts';
import { AuthRecords } from './records.ts';
import { people } from './testing-people.ts';
import { ehrScope, startTestHub, type TestHub } from './testing.ts';

type Answer = Record<string, unknown> & { status: number };

// What SMART 2.2 demands and no other test shows; docs/conformance/smart.tsv names these by their numbers.
eachEngine('a client that reads the guide closely', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());
  afterEach(() => vi.useRealTimers());

  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields);
    const response = await fetch(`${hub.issuer}/${path}`, { method: 'POST', body, headers });
    return { ...((await response.json()) as object), status: response.status } as Answer;
  };
  const proof = async (client: string) => ({
    client_assertion_type: assertionType,
    client_assertion: await hub.system.assertion({ iss: client, sub: client }),
  });
  const enter = async (scope = ehrScope, body: object = {}) => {
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(body), scope });
    const location = (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? 'none:';
    return post('token', {
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      redirect_uri: hub.callback,
      code_verifier: verifier,
      client_id: 'care-timeline',
    });
  };
  /** Believes a client whose keys are at an address, or not. */
  const believer = (jwksUri: string) => {
    const authenticate = clientAuthentication([{ clientId: 'c', jwksUri }], ['hub'], new AuthRecords(db()));
    return async (header: { alg: string; kid: string; jku?: string }) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: 'c', sub: 'c', aud: 'hub', exp: now + 60, jti: crypto.randomUUID() };
      return authenticate(assertionType, await new SignJWT(claims).setProtectedHeader(header).sign(hub.system.key));
    };
  };
  const claimsOf = (token: unknown) =>
    JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it('finds absolute addresses in smart-configuration, and with each capability what it needs', () => {
    const found = hub.auth.smartConfiguration() as Record<string, unknown>;
    const addresses = Object.entries(found).filter(([name]) => /(?:_endpoint|_uri|^issuer|_bundle)$/.test(name));
    expect(addresses.length).toBeGreaterThanOrEqual(5);
    for (const [name, address] of addresses) {
      expect([name, new URL(String(address)).protocol]).toEqual([name, expect.stringMatching(/^https?:$/)]);
    }
    expect(found['capabilities']).toContain('client-confidential-asymmetric');
    expect(found['token_endpoint_auth_methods_supported']).toContain('private_key_jwt');
    expect(found['token_endpoint_auth_signing_alg_values_supported']).toEqual(
      expect.arrayContaining(['RS384', 'ES384']),
    );
    expect(found['token_endpoint_auth_signing_alg_values_supported']).not.toContain('HS256');
    expect(found['scopes_supported']).toEqual(expect.arrayContaining(['openid', 'patient/*.rs']));
    expect(found['token_endpoint']).toBe(`${hub.issuer}/token`);
  });

  it('can be counted to both sets of capabilities in which a person’s record is opened', () => {
    const { capabilities } = hub.auth.smartConfiguration() as { capabilities: string[] };
    for (const set of [
      ['launch-standalone', 'client-public', 'context-standalone-patient', 'permission-patient'],
      ['launch-ehr', 'client-public', 'context-ehr-patient', 'permission-patient'],
    ]) {
      expect(capabilities).toEqual(expect.arrayContaining(set));
    }
  });

  it('finds no reason for absence in the brands, since nothing in them is absent', () => {
    const text = JSON.stringify(brandBundle(hub.config));
    expect(text).not.toContain('data-absent-reason');
    expect(text).toContain('"name":"Care Timeline"');
  });

  it('is given an access token that any header can carry', async () => {
    const { access_token: token } = await enter();
    // RFC 6750, 2.1: b64token.
    expect(token).toMatch(/^[A-Za-z0-9\-._~+/]{20,}=*$/);
  });

  it('is given an id_token for openid, and in it fhirUser for fhirUser, and neither unasked', async () => {
    const without = await enter('launch patient/*.rs');
    expect(without.status).toBe(200);
    expect(without).not.toHaveProperty('id_token');
    const plain = await enter('launch openid patient/*.rs');
    expect(claimsOf(plain['id_token'])).not.toHaveProperty('fhirUser');
    const whole = await enter('launch openid fhirUser patient/*.rs');
    expect(claimsOf(whole['id_token'])['fhirUser']).toMatch(new RegExp(`^${hub.fhirBase}/Practitioner/`));
  });

  it('is refused a refresh token that was given to another app', async () => {
    const { refresh_token: token } = await enter();
    const fields = { grant_type: 'refresh_token', refresh_token: String(token) };
    expect(await post('token', { ...fields, ...(await proof('keyed-app')) })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    });
  });

  it('may name the registered key address in its proof, and is believed by its key alone', async () => {
    const keys = await startKeys(undefined, () => hub.system.jwks);
    try {
      const attempt = believer(keys.address);
      const at = (jku: string) => attempt({ alg: 'ES384', kid: hub.system.kid, jku });
      await expect(at(keys.address)).resolves.toMatchObject({ clientId: 'c' });
      await expect(at(`${keys.address}?more`)).rejects.toThrow('jku');
      await expect(attempt({ alg: 'ES384', kid: 'another', jku: keys.address })).rejects.toThrow('signature');
    } finally {
      keys.close();
    }
  });

  it('is told by bearer of tokens that other clients were given, with all of their launch context', async () => {
    const context = { intent: 'review', tenant: 'ward-3', needPatientBanner: false };
    const tokens = await enter(ehrScope, context);
    const service = await post('token', {
      grant_type: 'client_credentials',
      scope: 'system/Organization.rs',
      ...(await proof('gateway')),
    });
    const bearer = { authorization: `Bearer ${String(service['access_token'])}` };
    const told = await post('introspect', { token: String(tokens['access_token']) }, bearer);
    expect(told).toMatchObject({
      active: true,
      client_id: 'care-timeline',
      scope: ehrScope,
      patient: people.ann.id,
      intent: 'review',
      tenant: 'ward-3',
      need_patient_banner: false,
      iss: claimsOf(tokens['id_token'])['iss'],
      sub: claimsOf(tokens['id_token'])['sub'],
    });
  });

  it.each<[string | undefined, [seconds: number, asked: number][]]>([
    [
      'max-age=10',
      [
        [9, 1],
        [11, 2],
      ],
    ],
    [
      'private, max-age=60',
      [
        [59, 1],
        [61, 2],
      ],
    ],
    [
      'max-age=86400',
      [
        [290, 1],
        [310, 2],
      ],
    ],
    ['no-store', [[1, 2]]],
    ['max-age=0', [[1, 2]]],
    [
      undefined,
      [
        [290, 1],
        [310, 2],
      ],
    ],
  ])('has its key set kept no longer than its own headers allow: %s', async (control, steps) => {
    const counted = await startKeys(control, () => hub.system.jwks);
    try {
      const believe = believer(counted.address);
      const start = Date.now();
      const attempt = async () => {
        await believe({ alg: 'ES384', kid: hub.system.kid });
        return counted.asked();
      };
      expect(await attempt()).toBe(1);
      for (const [seconds, asked] of steps) {
        vi.useFakeTimers({ toFake: ['Date'], now: start + seconds * 1000 });
        expect([seconds, await attempt()]).toEqual([seconds, asked]);
      }
    } finally {
      counted.close();
    }
  });
});

/** A key address with a header of its own, that counts. */
async function startKeys(control: string | undefined, jwks: () => unknown) {
  let asked = 0;
  const server: Server = createServer((_request, response) => {
    asked += 1;
    if (control !== undefined) response.setHeader('cache-control', control);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks()));
  });
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  const at = server.address();
  return {
    address: `http://localhost:${typeof at === 'object' && at !== null ? at.port : 0}/jwks`,
    asked: () => asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
