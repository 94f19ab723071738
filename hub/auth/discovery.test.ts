import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { people } from './testing-people.ts';
import { doctor, ehrScope, startTestHub, type TestHub } from './testing.ts';

// The assertions of Inferno's server suite (SMART App Launch Test Kit, STU 2.2) that concern the authorization server.
eachEngine('a strict client that knows only the standards', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());

  const anyOrigin = async (url: string) => {
    const response = await fetch(url, { headers: { origin: 'https://anybody.example', accept: 'text/html' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/(jwk-set\+)?json/);
    expect(['*', 'https://anybody.example']).toContain(response.headers.get('access-control-allow-origin'));
    return (await response.json()) as Record<string, unknown>;
  };

  it('reads in smart-configuration what the guide requires', () => {
    const found = hub.auth.smartConfiguration() as Record<string, string[] & string>;
    for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint', 'token_endpoint', 'revocation_endpoint']) {
      expect(found[name]).toMatch(new RegExp(`^${hub.issuer}`));
    }
    expect(found['grant_types_supported']).toEqual(['authorization_code', 'refresh_token', 'client_credentials']);
    expect(found['code_challenge_methods_supported']).toEqual(['S256']);
    expect(found['response_types_supported']).toEqual(['code']);
    expect(found['capabilities']).toEqual(
      expect.arrayContaining([
        'launch-ehr',
        'launch-standalone',
        'client-public',
        'authorize-post',
        'sso-openid-connect',
      ]),
    );
    for (const absent of ['permission-user', 'permission-offline', 'client-confidential-symmetric']) {
      expect(found['capabilities']).not.toContain(absent);
    }
  });

  it('grants every scope that smart-configuration lists', async () => {
    const { scopes_supported: scopes } = hub.auth.smartConfiguration() as { scopes_supported: string[] };
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(), scope: scopes.join(' ') });
    const response = await fetch(url, { redirect: 'manual' });
    const tokens = (await (
      await hub.token({
        grant_type: 'authorization_code',
        code: new URL(response.headers.get('location') ?? 'none:').searchParams.get('code') ?? '',
        redirect_uri: hub.callback,
        code_verifier: verifier,
      })
    ).json()) as Record<string, string>;
    expect(tokens['scope']?.split(' ').sort()).toEqual([...scopes].sort());
  });

  it('reads the OpenID configuration from any origin', async () => {
    const found = await anyOrigin(`${hub.issuer}/.well-known/openid-configuration`);
    for (const name of ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri']) {
      expect(found[name]).toEqual(expect.any(String));
    }
    for (const name of ['response_types_supported', 'subject_types_supported']) {
      expect(found[name]).toEqual(expect.any(Array));
    }
    expect(found['id_token_signing_alg_values_supported']).toContain('RS256');
    expect(found['code_challenge_methods_supported']).toEqual(['S256']);
  });

  it('finds a public RSA key, and nothing private', async () => {
    const { keys } = (await anyOrigin(`${hub.issuer}/jwks`)) as { keys: Record<string, string>[] };
    expect(keys.filter(({ kty }) => kty === 'RSA').length).toBeGreaterThanOrEqual(1);
    for (const key of keys)
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
  });

  it('goes the whole way as an OpenID client: discovery, code, verified id_token, refresh', async () => {
    const options = { execute: [client.allowInsecureRequests] };
    const known = await client.discovery(new URL(hub.issuer), 'care-timeline', undefined, client.None(), options);
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const url = client.buildAuthorizationUrl(known, {
      redirect_uri: hub.callback,
      scope: ehrScope,
      aud: hub.fhirBase,
      launch: await hub.launch(),
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const response = await fetch(url, { redirect: 'manual' });
    const callback = new URL(response.headers.get('location') ?? 'none:');
    const tokens = await client.authorizationCodeGrant(known, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({ name: doctor.name, iss: hub.issuer, aud: 'care-timeline' });
    expect(tokens.claims()?.sub.length).toBeLessThan(256);
    expect(tokens.claims()?.['fhirUser']).toMatch(new RegExp(`^${hub.fhirBase}/Practitioner/[0-9a-f-]{36}$`));
    const refreshed = await client.refreshTokenGrant(known, tokens.refresh_token ?? '');
    expect(refreshed['patient']).toBe(people.ann.id);
    expect(refreshed.claims()?.sub).toBe(tokens.claims()?.sub);

    expect(decodeProtectedHeader(tokens.id_token ?? '')).toMatchObject({
      alg: 'RS256',
      kid: expect.any(String) as string,
    });
    const keys = createRemoteJWKSet(new URL(`${hub.issuer}/jwks`));
    await jwtVerify(tokens.id_token ?? '', keys, {
      issuer: hub.issuer,
      audience: 'care-timeline',
      algorithms: ['RS256'],
    });
  });

  it('may ask before it posts to the token address', async () => {
    const response = await fetch(`${hub.issuer}/token`, {
      method: 'OPTIONS',
      headers: { origin: hub.config.publicUrl, 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(hub.config.publicUrl);
  });

  it('finds no sign-out, device, dynamic registration or userinfo that would not work', async () => {
    const found = await anyOrigin(`${hub.issuer}/.well-known/openid-configuration`);
    for (const name of [
      'userinfo_endpoint',
      'registration_endpoint',
      'device_authorization_endpoint',
      'end_session_endpoint',
    ]) {
      expect(found).not.toHaveProperty(name);
    }
    expect((await fetch(`${hub.issuer}/userinfo`)).status).toBe(404);
  });
});
