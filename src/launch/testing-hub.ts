import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { http, HttpResponse, type RequestHandler } from 'msw';

/** A hub's authorization side, for tests: discovery, keys and a token endpoint that answers as told. */
export interface TestHub {
  base: string;
  issuer: string;
  handlers: RequestHandler[];
  /** Forms posted to the token endpoint. */
  asked: Record<string, string>[];
  /** Every address requested, in order. */
  requested: string[];
  /** What smart-configuration says; change to make it say otherwise. */
  configuration: Record<string, unknown>;
  /** Answers a token request; replace to make it fail. */
  token: (form: Record<string, string>) => Response | Promise<Response>;
  /** The body of a right answer, with changes; undefined takes a member out. */
  tokenBody(change?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** An identity token, with changes to claims; `foreign` signs with a key the hub does not publish. */
  idToken(change?: JWTPayload, foreign?: boolean): Promise<string>;
}

// Making a key takes longer than any test.
let keys: Promise<[CryptoKeyPair, CryptoKeyPair]> | undefined;

/** Makes a hub at `https://hub.example`; its handlers still have to be used. */
export async function testHub(origin = 'https://hub.example'): Promise<TestHub> {
  keys ??= Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
  const [own, foreign] = await keys;
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const issuer = `${origin}/oauth`;
  const hub: TestHub = {
    base: `${origin}/fhir`,
    issuer,
    handlers: [],
    asked: [],
    requested: [],
    configuration: {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-ehr'],
    },
    token: async () => HttpResponse.json((await hub.tokenBody()) as Record<string, string>),
    tokenBody: async (change = {}) => ({
      access_token: 'access-0',
      refresh_token: 'refresh-0',
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'launch openid fhirUser profile online_access patient/*.rs',
      patient: 'p1',
      need_patient_banner: true,
      opened_from: 'EMIS',
      user_organisation: 'F83063',
      user_organisation_name: 'Killick Street Health Centre',
      id_token: await hub.idToken(),
      ...change,
    }),
    idToken: (change = {}, isForeign = false) =>
      new SignJWT({ name: 'Zoë Björk', fhirUser: `${origin}/fhir/Practitioner/d1`, ...change })
        .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
        .setIssuer(change.iss ?? issuer)
        .setAudience(change.aud ?? 'care-timeline')
        .setSubject('d1')
        .setIssuedAt()
        .setExpirationTime(change.exp ?? '10m')
        .sign(isForeign ? foreign.privateKey : own.privateKey),
  };
  const note = (request: Request): void => void hub.requested.push(request.url);
  hub.handlers.push(
    http.get(`${hub.base}/.well-known/smart-configuration`, ({ request }) => {
      note(request);
      return HttpResponse.json(hub.configuration as Record<string, string>);
    }),
    http.get(`${issuer}/.well-known/openid-configuration`, ({ request }) => {
      note(request);
      return HttpResponse.json({ issuer, jwks_uri: `${issuer}/jwks` });
    }),
    http.get(`${issuer}/jwks`, ({ request }) => {
      note(request);
      return HttpResponse.json({ keys: [jwk] });
    }),
    http.post(`${issuer}/token`, async ({ request }) => {
      note(request);
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      hub.asked.push(form);
      return hub.token(form);
    }),
    http.get('https://app.example/config.json', () =>
      HttpResponse.json({ hubs: [{ name: 'Borough hub', iss: hub.base, clientId: 'care-timeline' }] }),
    ),
  );
  return hub;
}
