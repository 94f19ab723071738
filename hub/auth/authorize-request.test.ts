import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { ehrScope, startTestHub, type TestHub } from './testing.ts';

eachEngine('what an authorization request must hold', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());

  const ask = async (params: Record<string, string | undefined>) => {
    const { url } = await hub.authorizeUrl({ launch: await hub.launch(), ...params });
    const response = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
    // The implicit flow's errors come in the fragment.
    const location = new URL((response.headers.get('location') ?? 'none:').replace('#', '?'));
    return { response, answer: location.searchParams };
  };

  it.each<[string, Record<string, string | undefined>, string]>([
    ['without aud', { aud: undefined }, 'invalid_request'],
    ['for another FHIR base', { aud: 'https://elsewhere.example/fhir' }, 'invalid_target'],
    ['for another resource', { resource: 'https://elsewhere.example/fhir' }, 'invalid_target'],
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['with plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['with a challenge and no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['with the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['with a scope that holds a quote', { scope: 'launch patient/*.rs "' }, 'invalid_scope'],
    ['with nothing but writing asked for', { scope: 'launch openid patient/*.cud' }, 'invalid_scope'],
    ['with the reading of all patients asked for', { scope: 'launch openid user/*.rs system/*.rs' }, 'invalid_scope'],
    ['with a launch and no launch scope', { scope: 'openid patient/*.rs' }, 'invalid_scope'],
    ['with the launch scope and no launch', { launch: undefined, scope: ehrScope }, 'invalid_request'],
    ['without launch and launch/patient', { launch: undefined, scope: 'openid patient/*.rs' }, 'invalid_request'],
    ['with a sign-on demanded of a launch', { prompt: 'login' }, 'invalid_request'],
    ['with somebody’s old id_token', { id_token_hint: 'x.y.z' }, 'invalid_request'],
  ])('is refused %s', async (_why, params, error) => {
    const { response, answer } = await ask(params);
    expect(response.status).toBe(303);
    expect(answer.get('error')).toBe(error);
    expect(answer.get('error_description')).toMatch(/\w/);
    expect(answer.get('state')).toBeTruthy();
    expect(answer.has('code')).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['another redirect address', { redirect_uri: 'https://evil.example/callback' }],
    ['another app', { client_id: 'unknown' }],
  ])('never sends the browser on for %s: a page says so', async (_why, params) => {
    const { response } = await ask(params);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).toContain('frame-ancestors');
    expect(await response.text()).toContain('<h1>The record was not opened</h1>');
  });

  it('names the two scopes mixed with others without cutting the rest down', async () => {
    const scope =
      'launch openid patient/Encounter.rs patient/Observation.read patient/*.cruds patient/Nonsense.rs custom';
    const { url, verifier } = await hub.authorizeUrl({ launch: await hub.launch(), scope, aud: `${hub.fhirBase}/` });
    const response = await fetch(url, { redirect: 'manual' });
    const code = new URL(response.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
    const tokens = (await (
      await hub.token({ grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier })
    ).json()) as Record<string, string>;
    expect(tokens['scope']).toBe('launch openid patient/Encounter.rs patient/Observation.read');
    expect(tokens).not.toHaveProperty('refresh_token');
    expect((await hub.auth.readerOf(tokens['access_token'] ?? ''))?.scopes).toEqual([
      { context: 'patient', type: 'Encounter', actions: 'rs' },
      { context: 'patient', type: 'Observation', actions: 'rs' },
    ]);
  });

  it('makes every address from PUBLIC_URL, whatever host a caller claims', async () => {
    const response = await fetch(`${hub.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    const found = (await response.json()) as Record<string, string>;
    expect([found['issuer'], found['authorization_endpoint'], found['token_endpoint'], found['jwks_uri']]).toEqual([
      hub.issuer,
      `${hub.issuer}/authorize`,
      `${hub.issuer}/token`,
      `${hub.issuer}/jwks`,
    ]);
  });
});
