import * as client from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { doctor, ehrScope, startTestHub, type TestHub } from './testing.ts';

// A relying party as strict as the specifications, written by others: what passes its checks is OpenID Connect and OAuth 2.0
// as anybody else's client expects them.

eachEngine('a strict relying party', ({ db }) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(db());
  });
  afterAll(() => hub.close());

  const discover = () =>
    client.discovery(new URL(hub.issuer), 'care-timeline', { redirect_uris: [hub.callback] }, client.None(), {
      // The tests' hub has no certificate; everything else is checked.
      execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
    });

  const enter = async (config: client.Configuration, more: Record<string, string> = {}) => {
    const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
    const address = client.buildAuthorizationUrl(config, {
      redirect_uri: hub.callback,
      scope: ehrScope,
      state,
      nonce,
      aud: hub.fhirBase,
      launch: await hub.launch(),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    const back = (await fetch(address, { redirect: 'manual' })).headers.get('location');
    return client.authorizationCodeGrant(config, new URL(back ?? hub.callback), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
  };

  it('finds everything by discovery', async () => {
    const found = (await discover()).serverMetadata();
    expect(found.issuer).toBe(hub.issuer);
    expect(found.supportsPKCE()).toBe(true);
    expect(found.id_token_signing_alg_values_supported).toContain('RS256');
    expect(found.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('gets a code, tokens and an id_token whose issuer, audience, nonce, time and signature hold', async () => {
    const tokens = await enter(await discover());
    expect(tokens.token_type).toBe('bearer');
    expect(tokens.expiresIn()).toBeGreaterThan(0);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: hub.issuer, aud: 'care-timeline', name: doctor.name });
    expect(claims?.['fhirUser']).toBe(`${hub.fhirBase}/Practitioner/${claims?.sub}`);
  });

  it('renews its tokens, each pair once, for the same person', async () => {
    const config = await discover();
    const first = await enter(config);
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    expect(second['patient']).toBe(first['patient']);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await hub.auth.readerOf(second.access_token)).toMatchObject({ patient: first['patient'] });
  });

  it('is refused in the forms that the specifications have', async () => {
    const config = await discover();
    await expect(client.refreshTokenGrant(config, 'none')).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(enter(config, { aud: 'https://elsewhere.example/fhir' })).rejects.toMatchObject({
      error: 'invalid_target',
    });
    await expect(enter(config, { code_challenge_method: 'plain' })).rejects.toMatchObject({ error: 'invalid_request' });
    await expect(enter(config, { response_type: 'token' })).rejects.toBeInstanceOf(Error);
  });

  it('ends a token by revocation, and the whole authorization with it', async () => {
    const config = await discover();
    const tokens = await enter(config);
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});
