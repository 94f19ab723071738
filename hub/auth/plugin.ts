import type { EventEmitter } from 'node:events';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { addBackchannelLogout } from './backchannel-logout.ts';
import { addBrandRoute } from './brand-bundle.ts';
import { addInteractionRoutes } from './interaction-routes.ts';
import { addLaunchRoute } from './launch-route.ts';
import { addSessionsRoutes } from './sessions-routes.ts';
import type { SmartProvider } from './smart-provider.ts';
import { addTokenRoutes } from './token-routes.ts';
import { stylesheet } from './stylesheet.ts';

const bodyLimit = 8192;

/** The authorization server under its prefix (`/oauth`): the hub's own routes, and oidc-provider for all others. */
export function authPlugin(parts: AuthParts, provider: SmartProvider): FastifyPluginAsync {
  return async (app) => {
    // oidc-provider reads request bodies itself.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    await app.register(async (own) => addAppRoutes(own, parts, provider));
    await app.register(async (own) => addSystemRoutes(own, parts));
    await app.register(async (own) =>
      addTokenRoutes(own, parts, (request, reply, body) => handOver(app.prefix, parts, provider, request, reply, body)),
    );
    app.all('/*', async (request, reply) => handOver(app.prefix, parts, provider, request, reply));
    const report = (error: Error) => {
      // Neither message nor address: they may hold tokens or what the database was asked.
      const lines = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
      app.log.error({ reason: error.name, at: lines?.slice(0, 6) }, 'the authorization server failed');
    };
    provider.on('server_error', (_ctx, error) => report(error));
    // Koa's own event, which the library's types leave out; without a listener koa prints the whole error.
    const koa: EventEmitter = provider;
    koa.on('error', report);
  };
}

/** What browsers come to. */
function addAppRoutes(app: FastifyInstance, parts: AuthParts, provider: SmartProvider): void {
  const { issuer } = addresses(parts.config);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_r, body, done) =>
    done(null, body),
  );

  app.get('/pages.css', async (_request, reply) =>
    reply.header('Content-Type', 'text/css; charset=utf-8').header('Cache-Control', 'max-age=3600').send(stylesheet),
  );
  // The same GET, so that a launch in a form takes the one cookie-free way (SMART 2.2 asks for both methods).
  app.post('/authorize', async (request, reply) => {
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    return reply.header('Cache-Control', 'no-store').redirect(`${issuer}/authorize?${fields.toString()}`, 303);
  });
  addBrandRoute(app, parts.config);
  addInteractionRoutes(app, parts, provider);
  addSessionsRoutes(app, parts);
  addBackchannelLogout(app, parts);
}

/** What clinical systems come to: JSON in, JSON out, errors too. */
function addSystemRoutes(app: FastifyInstance, parts: AuthParts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.setErrorHandler(async (error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500) {
      return reply.code(400).send({ error: 'invalid_request', error_description: 'The body must be a JSON object' });
    }
    request.log.error({ reason: error instanceof Error ? error.name : 'unknown' }, 'a launch request failed');
    return reply.code(500).send({ error: 'server_error', error_description: 'The launch could not be made' });
  });
  addLaunchRoute(app, parts);
}

async function handOver(
  prefix: string,
  parts: AuthParts,
  provider: SmartProvider,
  request: FastifyRequest,
  reply: FastifyReply,
  body?: string,
): Promise<void> {
  const raw: typeof request.raw & { originalUrl?: string; body?: string } = request.raw;
  // The library's own way for a body that was read before it.
  if (body !== undefined) raw.body = body;
  const home = new URL(parts.config.publicUrl);
  // Addresses in answers come from PUBLIC_URL, whatever host and protocol the caller or a proxy claims.
  raw.headers.host = home.host;
  raw.headers['x-forwarded-proto'] = home.protocol.slice(0, -1);
  delete raw.headers['x-forwarded-host'];
  raw.originalUrl = raw.url ?? '/';
  raw.url = raw.originalUrl.slice(prefix.length) || '/';
  // What the hub sends with every answer goes with these too, except CORS, which is decided by client here.
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined && !name.startsWith('access-control-')) reply.raw.setHeader(name, value);
  }
  reply.hijack();
  await provider.callback()(raw, reply.raw);
}
