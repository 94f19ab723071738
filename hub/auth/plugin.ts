import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { addresses } from '../config.ts';
import type { AuthParts } from './auth-parts.ts';
import { addInteractionRoutes } from './interaction-routes.ts';
import { addLaunchRoute } from './launch-route.ts';
import type { SmartProvider } from './smart-provider.ts';
import { stylesheet } from './stylesheet.ts';

const bodyLimit = 8192;

/** The authorization server under its prefix (`/oauth`): the hub's own routes, and oidc-provider for all others. */
export function authPlugin(parts: AuthParts, provider: SmartProvider): FastifyPluginAsync {
  return async (app) => {
    // oidc-provider reads request bodies itself.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    await app.register(async (own) => addOwnRoutes(own, parts, provider));
    app.all('/*', async (request, reply) => handOver(app.prefix, parts, provider, request, reply));
    provider.on('server_error', (_ctx, error: Error) => {
      // Neither message nor address: they may hold tokens or what the database was asked.
      app.log.error(
        { reason: error.name, at: error.stack?.split('\n').slice(1, 6) },
        'the authorization server failed',
      );
    });
  };
}

function addOwnRoutes(app: FastifyInstance, parts: AuthParts, provider: SmartProvider): void {
  const { issuer } = addresses(parts.config);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_r, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));

  app.get('/pages.css', async (_request, reply) =>
    reply.header('Content-Type', 'text/css; charset=utf-8').header('Cache-Control', 'max-age=3600').send(stylesheet),
  );
  // The same GET, so that a launch in a form takes the one cookie-free way (SMART 2.2 asks for both methods).
  app.post('/authorize', async (request, reply) => {
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    return reply.header('Cache-Control', 'no-store').redirect(`${issuer}/authorize?${fields.toString()}`, 303);
  });
  addLaunchRoute(app, parts);
  addInteractionRoutes(app, parts, provider);
}

async function handOver(
  prefix: string,
  parts: AuthParts,
  provider: SmartProvider,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const raw: typeof request.raw & { originalUrl?: string } = request.raw;
  const home = new URL(parts.config.publicUrl);
  // Addresses in answers come from PUBLIC_URL, whatever host and protocol the caller or a proxy claims.
  raw.headers.host = home.host;
  raw.headers['x-forwarded-proto'] = home.protocol.slice(0, -1);
  delete raw.headers['x-forwarded-host'];
  raw.originalUrl = raw.url ?? '/';
  raw.url = raw.originalUrl.slice(prefix.length) || '/';
  reply.hijack();
  await provider.callback()(raw, reply.raw);
}
