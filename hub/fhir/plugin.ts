import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Reader } from '../access/reader.ts';
import { auditRefusal } from '../audit/audit.ts';
import type { Database } from '../store/database.ts';
import { json } from './answer.ts';
import type { Answer, StreamedAnswer } from './answer.ts';
import { batch } from './batch.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { asFhirError, bodyLimit, formLimit } from './errors.ts';
import { readBundle } from './bundle-requests.ts';
import { badRequest, FhirError, notSupported, outcomeOf, quoted } from './fhir-error.ts';
import { aboutGrounds } from './grounds/operations.ts';
import { interact, interactWithAll } from './interact.ts';
import { readInteraction } from './interaction.ts';
import type { Interaction } from './interaction.ts';
import { capabilityStatement } from './metadata.ts';
import { takePrint } from './take-print.ts';
import { statementPage, statementPagePolicy } from './statement-page.ts';
import { checkAccept, mediaType } from './negotiation.ts';
import { readPrefer } from './write/answers.ts';
import type { WriteParts } from './write/commit.ts';
import { checkServiceRequest, personNamed } from './service-request.ts';
import { performWrite } from './write/perform.ts';
import { StructureChecks } from './write/structure-checks.ts';
import { readStrictJson } from './write/strict-json.ts';
import { transaction } from './write/transaction.ts';
import type { WriteRequest } from './write/write.ts';

/** What the FHIR service needs of the hub around it. */
export interface FhirParts {
  database: Database;
  /** The FHIR base address, no trailing slash; every address in an answer starts with it. */
  base: string;
  /**
   * Who a bearer token lets read; undefined when it is not valid now. `named` is the person that the address names: a
   * service's token takes it from there, every other names its own.
   */
  readerOf(token: string, named?: string): Promise<Reader | undefined>;
  smartConfiguration(): object;
  /** Origins whose pages may read answers about people. */
  allowedOrigins: string[];
}

/** What anybody may ask. */
const open = new Set<Interaction['kind']>(['preflight', 'metadata', 'smart-configuration']);

/** The FHIR R4 service. Mount it under the path of `base`. Every refusal is an OperationOutcome. */
export const fhirPlugin: FastifyPluginAsync<FhirParts> = async (app, parts) => {
  const asked = new WeakMap<FastifyRequest, Interaction | Page>();
  const readers = new WeakMap<FastifyRequest, Reader>();
  const checks = new StructureChecks();
  app.addHook('onClose', () => checks.close());

  app.removeAllContentTypeParsers();
  const types = [
    'application/x-www-form-urlencoded',
    'application/json',
    'application/fhir+json',
    'application/json-patch+json',
  ];
  app.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, asFhirError(error, request)));

  // Before the body is read: path, method and media types need nobody's permission to be refused.
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.headers({ 'cache-control': 'no-store', ...corsHeaders(origin, undefined, parts.allowedOrigins) });
    if (isPage(request)) {
      asked.set(request, { kind: 'page' });
      return;
    }
    const interaction = readInteraction(request.method, pathOf(request));
    asked.set(request, interaction);
    if (interaction.kind === 'metadata' || interaction.kind === 'smart-configuration') {
      reply.removeHeader('vary').headers(corsHeaders(origin, interaction.kind, parts.allowedOrigins));
    }
    if (interaction.kind !== 'preflight' && interaction.kind !== 'smart-configuration') {
      checkAccept(request.headers.accept);
      checkContentType(request, interaction);
    }
    // Nobody sends a body to be read, however long, without having been let in.
    if (!open.has(interaction.kind)) readers.set(request, await readerFor(request, interaction, parts));
  });

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const interaction = asked.get(request);
    if (interaction === undefined) throw new Error('the request was not read');
    if (interaction.kind === 'page') {
      const statement = capabilityStatement(parts.base, parts.smartConfiguration());
      const page = statementPage(statement, parts.base);
      return reply.header('content-security-policy', statementPagePolicy).type('text/html; charset=utf-8').send(page);
    }
    return send(reply, await answer(interaction, request, readers.get(request), { ...parts, checks }));
  };
  app.all('/', { bodyLimit }, handle);
  app.all('/*', { bodyLimit }, handle);
};

/** The base address in a browser; whoever asks there for anything but a page is told what may be asked. */
interface Page {
  kind: 'page';
}

function isPage(request: FastifyRequest): boolean {
  const wantsPage = request.headers.accept?.includes('text/html') === true;
  return wantsPage && (request.method === 'GET' || request.method === 'HEAD') && pathOf(request) === '';
}

async function answer(
  interaction: Interaction,
  request: FastifyRequest,
  reader: Reader | undefined,
  parts: FhirParts & WriteParts,
): Promise<Answer | StreamedAnswer> {
  const { database, base } = parts;
  if (interaction.kind === 'preflight') return { status: 204, headers: preflightHeaders, body: '' };
  if (interaction.kind === 'metadata')
    return json(JSON.stringify(capabilityStatement(base, parts.smartConfiguration())));
  if (interaction.kind === 'smart-configuration') {
    return json(JSON.stringify(parts.smartConfiguration()), 200, { 'content-type': 'application/json' });
  }
  if (reader === undefined) throw new Error('nobody was let in');
  const given = [...new URLSearchParams(queryOf(request))];
  if (interaction.kind === 'bundle' || interaction.kind === 'write') {
    const preferred = readPrefer(headerOf(request, 'prefer'));
    const body = request.method === 'DELETE' ? undefined : readStrictJson(bodyOf(request));
    if (interaction.kind === 'write') {
      return performWrite(parts, reader, writeRequestOf(interaction, request, given, body), preferred);
    }
    if (given.length > 0) throw badRequest('A Bundle is sent to the base address without parameters.');
    const { type, entries } = readBundle(body, base);
    if (type === 'transaction') return transaction(parts, reader, entries, preferred);
    return batch(parts, reader, entries, preferred, (error) => asFhirError(error, request));
  }
  if (interaction.kind === 'search' && interaction.form) given.push(...new URLSearchParams(formOf(request)));
  if (interaction.kind === 'print') return takePrint(database, reader, base, readStrictJson(bodyOf(request)));
  if (interaction.kind === 'grounds') {
    // An act without a word beside it may be sent without a body.
    const body = bodyOf(request).length === 0 ? undefined : readStrictJson(bodyOf(request));
    return aboutGrounds(database, reader, interaction, given, body);
  }
  if (interaction.kind === 'everything') return interactWithAll(database, base, reader, interaction.id, given);
  return interact(database, base, reader, interaction, given);
}

function writeRequestOf(
  { method, type, id }: Extract<Interaction, { kind: 'write' }>,
  request: FastifyRequest,
  given: [string, string][],
  body: unknown,
): WriteRequest {
  const conditional = id === undefined && method !== 'POST';
  const other = given.find(([name]) => name !== '_format');
  if (!conditional && other !== undefined) {
    throw notSupported(`The parameter ${quoted(other[0])} is not supported when writing.`);
  }
  return {
    method,
    type,
    id,
    query: conditional ? given.filter(([name]) => name !== '_format') : undefined,
    ifNoneExist: headerOf(request, 'if-none-exist'),
    ifMatch: headerOf(request, 'if-match'),
    body,
  };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Throws 401 as RFC 6750 has it, and what a service may not ask. */
async function readerFor(request: FastifyRequest, interaction: Interaction, parts: FhirParts): Promise<Reader> {
  const { authorization } = request.headers;
  const { kind } = interaction;
  if (authorization === undefined) {
    await auditRefusal(parts.database, undefined, { action: kind, detail: 'no token' });
    throw new FhirError(401, 'login', 'Sign in first: this needs an access token.', { 'www-authenticate': 'Bearer' });
  }
  const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.[1];
  const named = personNamed(interaction, queryOf(request), parts.base);
  const reader = token === undefined ? undefined : await parts.readerOf(token, named);
  if (reader === undefined) {
    await auditRefusal(parts.database, undefined, { action: kind, detail: 'no valid token' });
    throw new FhirError(401, 'login', 'The access token is not valid, or no longer.', {
      'www-authenticate': 'Bearer error="invalid_token"',
    });
  }
  if (reader.service === true) {
    try {
      checkServiceRequest(interaction, reader, named);
    } catch (error) {
      if (error instanceof FhirError) {
        await auditRefusal(parts.database, reader, { action: interaction.kind, detail: error.message });
      }
      throw error;
    }
  }
  return reader;
}

function checkContentType(request: FastifyRequest, interaction: Interaction): void {
  const encoding = headerOf(request, 'content-encoding');
  if (encoding !== undefined && encoding !== 'identity') {
    throw new FhirError(415, 'not-supported', 'A body is sent as it is, not compressed.');
  }
  const type = mediaType(request.headers['content-type']);
  if (
    interaction.kind === 'search' &&
    interaction.form &&
    type !== '' &&
    type !== 'application/x-www-form-urlencoded'
  ) {
    throw new FhirError(415, 'not-supported', 'A search by POST is application/x-www-form-urlencoded.');
  }
  if (interaction.kind === 'write' && interaction.method === 'PATCH' && type !== 'application/json-patch+json') {
    throw new FhirError(415, 'not-supported', 'A patch is application/json-patch+json.', {
      'accept-patch': 'application/json-patch+json',
    });
  }
  if (interaction.kind === 'grounds' && type === '') return;
  const takesJson =
    (interaction.kind === 'grounds' && interaction.operation !== 'access') ||
    interaction.kind === 'bundle' ||
    interaction.kind === 'print' ||
    (interaction.kind === 'write' && /^P(?:OST|UT)$/.test(interaction.method));
  if (takesJson && type !== 'application/fhir+json' && type !== 'application/json') {
    throw new FhirError(415, 'not-supported', 'The body is to be application/fhir+json.');
  }
}

/** The path below the prefix, decoded by the router, which refuses what cannot be decoded. */
function pathOf(request: FastifyRequest): string {
  const { '*': path } = request.params as { '*'?: string };
  return path ?? '';
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at + 1);
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** A search by POST. Throws 413: a query is no document. */
function formOf(request: FastifyRequest): string {
  const body = bodyOf(request);
  if (body.length > formLimit) throw new FhirError(413, 'too-long', `A search holds at most ${formLimit / 1024} KiB.`);
  return body.toString('utf8');
}

function refuse(reply: FastifyReply, error: FhirError): FastifyReply {
  return send(reply, json(JSON.stringify(outcomeOf(error)), error.status, error.headers));
}

function send(reply: FastifyReply, { status, headers, body }: Answer | StreamedAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
