import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppRegistration, ServiceRegistration } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { InvalidClient } from './client-assertion.ts';
import { introspect, type Asking } from './introspection.ts';
import { believeSlowly, MustWait } from './slow-clients.ts';
import { findServiceToken, issueServiceToken, removeServiceToken } from './service-token.ts';

/** Hands a request on to the authorization library, with the body given. */
type HandOver = (request: FastifyRequest, reply: FastifyReply, body: string) => Promise<void>;

const bodyLimit = 32_768;

/** A refusal as OAuth tells it (RFC 6749, 5.2). */
class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

/**
 * The addresses that clients themselves ask: token, revocation, introspection. A client with keys proves who it is here;
 * an app that has done so is handed on to the library as known, a service is answered here.
 */
export function addTokenRoutes(app: FastifyInstance, parts: AuthParts, handOver: HandOver): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));
  app.setErrorHandler(async (error, request, reply) => {
    void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    if (error instanceof Refusal) {
      if (error.error === 'invalid_client') request.log.warn({ reason: error.message }, 'a client was not believed');
      return reply.code(error.status).send({ error: error.error, error_description: error.message });
    }
    if (error instanceof MustWait) {
      void reply.header('retry-after', error.seconds);
      return reply.code(429).send({ error: 'temporarily_unavailable', error_description: error.message });
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500) {
      const description = status === 413 ? 'The body is too long' : 'The body could not be read';
      return reply.code(status).send({ error: 'invalid_request', error_description: description });
    }
    request.log.error({ reason: error instanceof Error ? error.name : 'unknown' }, 'a token request failed');
    return reply.code(500).send({ error: 'server_error', error_description: 'The request could not be answered' });
  });

  app.post('/token', async (request, reply) => {
    const fields = fieldsOf(request);
    const grantType = fields.get('grant_type');
    if (!proves(fields)) {
      if (grantType === 'client_credentials') throw notProved();
      return handOver(request, reply, bodyOf(request));
    }
    const client = await believed(parts, request, fields);
    if (isApp(client)) {
      if (grantType === 'client_credentials') {
        throw new Refusal(400, 'unauthorized_client', 'An app is given tokens by an authorization');
      }
      return handOver(request, reply, asKnown(parts, fields, client));
    }
    if (grantType !== 'client_credentials') {
      if (grantType === null) throw new Refusal(400, 'invalid_request', 'grant_type is missing');
      const known = ['authorization_code', 'refresh_token'].includes(grantType);
      throw known
        ? new Refusal(400, 'unauthorized_client', 'A service asks with client_credentials')
        : new Refusal(400, 'unsupported_grant_type', 'There is no such grant_type here');
    }
    const answer = await issueServiceToken(parts, client, fields.get('scope') ?? undefined);
    if (answer === undefined) {
      throw new Refusal(400, 'invalid_scope', 'None of the scopes asked for is among those registered');
    }
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(answer);
  });

  app.post('/revoke', async (request, reply) => {
    const fields = fieldsOf(request);
    if (!proves(fields)) return handOver(request, reply, bodyOf(request));
    const client = await believed(parts, request, fields);
    if (isApp(client)) return handOver(request, reply, asKnown(parts, fields, client));
    const token = tokenOf(fields);
    // As RFC 7009 has it: of what is not there or not its own, it is not told apart.
    if ((await findServiceToken(parts, token))?.client === client.clientId) await removeServiceToken(parts, token);
    return reply.header('cache-control', 'no-store').send('');
  });

  app.post('/introspect', async (request, reply) => {
    const fields = fieldsOf(request);
    const asking = proves(fields) ? askingOf(await believed(parts, request, fields)) : await bearerOf(parts, request);
    if (asking === undefined) {
      void reply.header('www-authenticate', 'Bearer');
      throw notProved();
    }
    const answer = await introspect(parts, tokenOf(fields), asking);
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(answer);
  });
}

function bodyOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}

/** The fields of the form. Throws where one that says who asks, or for what, comes twice. */
function fieldsOf(request: FastifyRequest): URLSearchParams {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const fields = new URLSearchParams(type === 'application/x-www-form-urlencoded' ? bodyOf(request) : '');
  if (proves(fields)) {
    const twice = [...fields.keys()].find((name, place, names) => names.indexOf(name) !== place);
    if (twice !== undefined) throw new Refusal(400, 'invalid_request', 'A field comes more than once');
  }
  return fields;
}

function proves(fields: URLSearchParams): boolean {
  return fields.has('client_assertion') || fields.has('client_assertion_type');
}

function notProved(): Refusal {
  return new Refusal(401, 'invalid_client', 'The client must prove who it is by a client_assertion');
}

async function believed(
  parts: AuthParts,
  request: FastifyRequest,
  fields: URLSearchParams,
): Promise<AppRegistration | ServiceRegistration> {
  try {
    const assertion = fields.get('client_assertion') ?? undefined;
    const type = fields.get('client_assertion_type') ?? undefined;
    const client = await believeSlowly(parts, request.ip, assertion, () => parts.authenticate(type, assertion));
    const stated = fields.get('client_id');
    if (stated !== null && stated !== client.clientId) throw new InvalidClient('client_id names another client');
    return client;
  } catch (error) {
    if (error instanceof InvalidClient) throw new Refusal(401, 'invalid_client', error.message);
    throw error;
  }
}

function isApp(client: AppRegistration | ServiceRegistration): client is AppRegistration {
  return 'redirectUris' in client;
}

/** The form as the library takes it from a client that is known: the proof gives way to the secret nobody else holds. */
function asKnown(parts: AuthParts, fields: URLSearchParams, client: AppRegistration): string {
  const known = new URLSearchParams(fields);
  for (const name of ['client_assertion', 'client_assertion_type']) known.delete(name);
  known.set('client_id', client.clientId);
  known.set('client_secret', parts.handOverSecret);
  return known.toString();
}

function tokenOf(fields: URLSearchParams): string {
  const token = fields.get('token') ?? '';
  if (token === '') throw new Refusal(400, 'invalid_request', 'token is missing');
  return token;
}

function askingOf(client: AppRegistration | ServiceRegistration): Asking {
  return { client: client.clientId, all: !isApp(client) && client.introspects === true };
}

/** An access token proves who asks, too (SMART 2.2, token introspection): then that client. */
async function bearerOf(parts: AuthParts, request: FastifyRequest): Promise<Asking | undefined> {
  const value = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (value === undefined) return undefined;
  const service = await findServiceToken(parts, value);
  if (service !== undefined) {
    const registered = parts.registrations.services?.find(({ clientId }) => clientId === service.client);
    return registered && askingOf(registered);
  }
  const found = await parts.records.findReading(value);
  return found && { client: (found.authorization as { client: string }).client, all: false };
}
