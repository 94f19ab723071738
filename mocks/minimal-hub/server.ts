import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Abilities } from './abilities.ts';
import { minimalFhir, type MinimalFhir } from './fhir.ts';
import { person, recordOf } from './record.ts';

/** A SMART server with as little as the guide allows: no identity, no refresh, first-version scopes, none of our extras. */
export interface MinimalHub {
  /** FHIR base. */
  iss: string;
  clientId: string;
  fhir: MinimalFhir;
  close(): Promise<void>;
}

const clientId = 'timeline-elsewhere';
/** What it grants, whatever is asked: SMART App Launch 1.0 scopes, and neither `openid` nor `online_access`. */
const granted = 'launch launch/patient patient/*.read';

/**
 * Starts it on a port of its own. It answers any origin, and lets one person in without asking who reads. Routes are there
 * before it listens; its own address is known only after.
 */
export async function startMinimalHub(abilities: Abilities): Promise<MinimalHub> {
  const app = fastify({ logger: false });
  await app.register(formbody);
  const tokens = new Set<string>();
  let fhir: MinimalFhir | undefined;
  addCors(app);
  addAuthorization(app, tokens);
  app.get('/fhir*', (request, reply) => {
    if (fhir === undefined) return reply.code(503).send();
    const address = new URL(request.url, fhir.base);
    const known = tokens.has(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (!known && !address.pathname.endsWith('/metadata')) return reply.code(401).send({ error: 'invalid_token' });
    const { status, body } = fhir.answer(address);
    return reply.code(status).type('application/fhir+json').send(JSON.stringify(body));
  });
  await app.listen({ port: 0, host: 'localhost' });
  const { port } = app.server.address() as AddressInfo;
  fhir = minimalFhir(`http://localhost:${port}/fhir`, recordOf(Date.now()), abilities);
  return { iss: fhir.base, clientId, fhir, close: () => app.close() };
}

/** Apps are hosted elsewhere, and send a token: any origin may ask, and read the answer. */
function addCors(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    reply.header('Access-Control-Allow-Headers', 'authorization, accept, content-type');
    if (request.method === 'OPTIONS') await reply.code(204).send();
  });
  app.options('/*', () => undefined);
}

interface Asked {
  redirect: string;
  challenge: string;
}

/** Discovery, authorize and token (SMART App Launch 2.2 with PKCE S256). */
function addAuthorization(app: FastifyInstance, tokens: Set<string>): void {
  const codes = new Map<string, Asked>();
  app.get('/fhir/.well-known/smart-configuration', (request) => {
    const origin = `http://${request.headers.host}`;
    return {
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-ehr', 'launch-standalone', 'client-public', 'context-ehr-patient', 'permission-v1'],
    };
  });
  app.get<{ Querystring: Record<string, string> }>('/authorize', (request, reply) => {
    const { client_id, redirect_uri, state, code_challenge, code_challenge_method } = request.query;
    const whole = redirect_uri !== undefined && state !== undefined && code_challenge !== undefined;
    if (client_id !== clientId || code_challenge_method !== 'S256' || !whole) return refuse(reply, 'invalid_request');
    const code = randomBytes(16).toString('hex');
    codes.set(code, { redirect: redirect_uri, challenge: code_challenge });
    return reply.redirect(`${redirect_uri}?${new URLSearchParams({ code, state }).toString()}`, 302);
  });
  app.post<{ Body: Record<string, string> }>('/token', (request, reply) => {
    const { code = '', code_verifier = '', redirect_uri } = request.body;
    const asked = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256').update(code_verifier).digest('base64url');
    if (asked?.challenge !== challenge || asked.redirect !== redirect_uri) return refuse(reply, 'invalid_grant');
    const token = randomBytes(24).toString('hex');
    tokens.add(token);
    return reply.send({
      access_token: token,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: granted,
      patient: person.id,
    });
  });
}

function refuse(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(400).send({ error });
}
