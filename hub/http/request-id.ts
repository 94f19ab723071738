import type { FastifyInstance } from 'fastify';
import { withinRequest } from '../audit/request-id.ts';

/**
 * An id for every request, told in its answer (`X-Request-Id`, R4 RESTful API, custom headers) and kept with the lines of
 * the audit that it wrote. Always the hub's own: a caller that could choose it could make two readers' lines look like one's.
 */
export function nameRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    // The authorization server answers past Fastify.
    reply.raw.setHeader('X-Request-Id', request.id);
    withinRequest(request.id, done);
  });
  // Reading a body leaves what the hook above entered.
  app.addHook('preValidation', (request, _reply, done) => withinRequest(request.id, done));
}
