import { createServer, type Server } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { calculatePKCECodeChallenge, randomPKCECodeVerifier, randomState } from 'openid-client';
import { addresses, type HubConfig, type Registrations } from '../config.ts';
import { freePort } from '../../tools/free-port.ts';
import type { Database } from '../store/database.ts';
import { createAuth, type Auth } from './auth.ts';
import { assertionType } from './client-assertion.ts';
import type { Lifetimes } from './lifetimes.ts';
import { addPeople } from './testing-people.ts';
import { startUpstream, type Upstream } from './testing-upstream.ts';

/** A hub's authorization server on a real port, a clinical system with its keys, and a sign-on service. */
export interface TestHub {
  auth: Auth;
  config: HubConfig;
  /** Taken up by `restart`. */
  registrations: Registrations;
  issuer: string;
  fhirBase: string;
  callback: string;
  system: TestSystem;
  upstream: Upstream;
  lines: string[];
  /** Ends this process' part and starts another one on the same store. */
  restart(): Promise<void>;
  /** Asks for a launch handle. */
  askLaunch(body?: object, assertion?: string): Promise<Response>;
  /** A fresh handle for the first person. */
  launch(body?: object): Promise<string>;
  /** An authorize address as the app makes it. */
  authorizeUrl(params?: Record<string, string | undefined>): Promise<{ url: string; verifier: string; state: string }>;
  token(fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

interface TestSystem {
  clientId: string;
  key: CryptoKey;
  kid: string;
  /** What its key address answers; undefined never answers. */
  jwks: { keys: JWK[] } | undefined;
  fetched: number;
  assertion(claims?: Record<string, unknown>, options?: AssertionOptions): Promise<string>;
}

export interface AssertionOptions {
  key?: CryptoKey | Uint8Array;
  header?: { alg: string; kid?: string; jku?: string };
}

export const doctor = {
  id: '555000000001',
  name: 'Dr Amina Okoro',
  role: 'R0260',
  roleName: 'General Medical Practitioner',
  organisation: 'F83063',
  organisationName: 'Killick Street Health Centre',
};

export const ehrScope = 'launch openid fhirUser profile online_access patient/*.rs';
export const standaloneScope = 'launch/patient openid fhirUser profile online_access patient/*.rs';

/** @param addPages what else the hub has beside its authorization server */
export async function startTestHub(
  database: Database,
  lifetimes: Partial<Lifetimes> = {},
  addPages?: (app: FastifyInstance, hub: TestHub) => Promise<void>,
): Promise<TestHub> {
  await addPeople(database);
  const port = await freePort();
  const config: HubConfig = {
    port,
    deskPort: 1,
    mllpPort: 0,
    dataDir: '/nonexistent',
    databaseUrl: undefined,
    publicUrl: `http://localhost:${port}`,
    demo: true,
  };
  const { issuer, fhirBase } = addresses(config);
  const upstream = await startUpstream(database, `${issuer}/sign-on/callback`);
  const { system, server, jwksUri } = await startSystem(`${issuer}/token`);
  const callback = `${config.publicUrl}/callback`;
  const registrations: Registrations = {
    apps: [
      {
        clientId: 'care-timeline',
        name: 'Care Timeline',
        redirectUris: [callback],
        scopes: ['patient/*.rs', 'patient/Consent.cruds'],
        ownScopes: ['patient/Observation.cu'],
      },
      {
        clientId: 'keyed-app',
        name: 'Home monitoring',
        redirectUris: [callback],
        jwksUri,
        scopes: ['patient/*.rs', 'patient/Observation.cu'],
      },
    ],
    services: [
      {
        clientId: 'register',
        name: 'Screening register',
        organisation: 'X26',
        jwks: system.jwks,
        scopes: ['system/Observation.rs', 'system/Patient.rs'],
      },
      {
        clientId: 'gateway',
        name: 'Gateway',
        organisation: 'X26',
        jwksUri,
        scopes: ['system/Organization.rs'],
        introspects: true,
      },
    ],
    clinicalSystems: [
      { clientId: system.clientId, name: 'EMIS', source: 'emis', jwksUri, origins: ['http://desk.example'] },
    ],
    signOn: [
      { id: 'intranet', name: 'Intranet', ...upstream.client },
      { id: 'citizen', name: 'Citizen sign-in', ...upstream.client, audience: 'person', claims: 'nhs-login' },
    ],
  };
  let app: FastifyInstance;
  const hub: TestHub = {
    auth: await createAuth({ config, registrations, database, lifetimes }),
    config,
    registrations,
    issuer,
    fhirBase,
    callback,
    system,
    upstream,
    lines: [],
    async restart() {
      await app.close();
      hub.auth = await createAuth({ config, registrations, database, lifetimes });
      app = await listen(hub, port, addPages);
    },
    async askLaunch(body = {}, assertion) {
      return fetch(`${issuer}/launch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_assertion_type: assertionType,
          client_assertion: assertion ?? (await system.assertion()),
          user: doctor,
          patient: { nhsNumber: '999 000 0018' },
          ...body,
        }),
      });
    },
    async launch(body) {
      const response = await hub.askLaunch(body);
      const answer = (await response.json()) as { launch?: string };
      if (answer.launch === undefined) throw new Error(`no launch: ${JSON.stringify(answer)}`);
      return answer.launch;
    },
    async authorizeUrl(params = {}) {
      const [verifier, state] = [randomPKCECodeVerifier(), randomState()];
      const all: Record<string, string | undefined> = {
        response_type: 'code',
        client_id: 'care-timeline',
        redirect_uri: callback,
        scope: params['launch'] === undefined ? standaloneScope : ehrScope,
        state,
        aud: fhirBase,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...params,
      };
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(all)) if (value !== undefined) query.set(name, value);
      return { url: `${issuer}/authorize?${query.toString()}`, verifier, state };
    },
    token(fields, headers = {}) {
      const body = new URLSearchParams({ client_id: 'care-timeline', ...fields });
      return fetch(`${issuer}/token`, { method: 'POST', body, headers });
    },
    async close() {
      await app.close();
      await upstream.close();
      server.closeAllConnections();
      server.close();
    },
  };
  app = await listen(hub, port, addPages);
  return hub;
}

async function listen(
  hub: TestHub,
  port: number,
  addPages?: (app: FastifyInstance, hub: TestHub) => Promise<void>,
): Promise<FastifyInstance> {
  // As the hub's own server: addresses are never logged.
  const serializers = { req: () => ({}), res: () => ({}) };
  const stream = { write: (line: string) => void hub.lines.push(line) };
  const app = fastify({ logger: { level: 'debug', stream, serializers }, forceCloseConnections: true });
  await app.register(hub.auth.plugin, { prefix: '/oauth' });
  await addPages?.(app, hub);
  await app.listen({ port, host: 'localhost' });
  return app;
}

async function startSystem(audience: string): Promise<{ system: TestSystem; server: Server; jwksUri: string }> {
  const { privateKey, publicKey } = await generateKeyPair('ES384');
  const kid = 'desk-1';
  const system: TestSystem = {
    clientId: 'emis-desk',
    key: privateKey,
    kid,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES384', use: 'sig' }] },
    fetched: 0,
    assertion(claims = {}, { key = privateKey, header = { alg: 'ES384', kid } } = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        iss: 'emis-desk',
        sub: 'emis-desk',
        aud: audience,
        exp: now + 240,
        iat: now,
        jti: crypto.randomUUID(),
        ...claims,
      })
        .setProtectedHeader({ typ: 'JWT', ...header })
        .sign(key);
    },
  };
  const server = createServer((_request, response) => {
    system.fetched += 1;
    if (system.jwks === undefined) return;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(system.jwks));
  });
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { system, server, jwksUri: `http://localhost:${address.port}/jwks.json` };
}
