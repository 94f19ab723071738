import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import { pino, type DestinationStream } from 'pino';
import { isNearestProxy } from './nearest-proxy.ts';
import { nameRequests } from './request-id.ts';
import { bareHeaders } from './security-headers.ts';

/** How long a caller may take to say what it wants, milliseconds. */
export interface Patience {
  headers: number;
  /** Headers and body. */
  request: number;
}

/** A message of 32 MiB comes in time over a line of 2.5 Mbit/s. */
const usualPatience: Patience = { headers: 10_000, request: 120_000 };

/**
 * A server that logs by route pattern: no address, header or body ever reaches a log, because they hold patient data. Who
 * trickles a request to hold a connection is answered 408 and cut off once `patience` has ended.
 */
export async function createServer(
  options: { logLevel?: string; log?: DestinationStream; patience?: Patience } = {},
): Promise<FastifyInstance> {
  const log: FastifyBaseLogger = pino({ level: options.logLevel ?? 'warn', base: { part: 'hub' } }, options.log);
  const patience = options.patience ?? usualPatience;
  const app = fastify({
    requestTimeout: patience.request,
    http: { headersTimeout: patience.headers, connectionsCheckingInterval: Math.min(2000, patience.headers / 2) },
    // An address that cannot be decoded never reaches a route: it is answered here, in FHIR's own form.
    frameworkErrors: (_error, _request, reply) => {
      const issue = [{ severity: 'error', code: 'invalid', details: { text: 'The address cannot be read.' } }];
      void (reply as unknown as FastifyReply)
        .code(400)
        .headers(bareHeaders)
        .type('application/fhir+json')
        .send({ resourceType: 'OperationOutcome', issue });
    },
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_048_576,
    trustProxy: isNearestProxy,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
  });
  nameRequests(app);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    request.log.info({ route, method: request.method, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
  });
  // Fastify's own line for an unexpected fault went with its request lines: this one keeps where it was, without the
  // address and without what it says, which may quote a row.
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      request.log.error(
        { route: request.routeOptions.url ?? 'none', name: error.name, at: framesOf(error) },
        'a request failed',
      );
    }
    const words = status >= 500 ? 'Something went wrong in the hub. It has been logged.' : error.message;
    return reply.code(status).send({ error: words, request: request.id });
  });
  await app.register(compress, { globalDecompression: false, threshold: 1024 });
  return app;
}

function framesOf({ stack }: Error): string[] {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return lines.slice(0, 8).map((line) => line.trim());
}
