import compress from '@fastify/compress';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { pino } from 'pino';

/** A server that logs by route pattern: no address, header or body ever reaches a log, because they hold patient data. */
export async function createServer(options: { logLevel?: string } = {}): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = pino({ level: options.logLevel ?? 'warn', base: { part: 'hub' } });
  const app = fastify({
    loggerInstance: log,
    disableRequestLogging: true,
    bodyLimit: 1_048_576,
    // A balancer in front, on this machine or a private network, names the caller.
    trustProxy: 'loopback, uniquelocal',
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
  });
  await app.register(compress, { globalDecompression: false, threshold: 1024 });
  return app;
}
