import type { FastifyInstance } from 'fastify';
import type { Database } from '../store/database.ts';

/** `/healthz`: the process answers. `/readyz`: 200 only when the store answers and everything is loaded, else 503. */
export function addHealth(app: FastifyInstance, database: Database, isLoaded: () => boolean): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    if (!isLoaded()) return reply.code(503).send({ status: 'loading' });
    try {
      await database.query('select 1');
    } catch (error) {
      // Not its words, which may name the server and who signs on to it.
      app.log.error({ error: error instanceof Error ? error.name : typeof error }, 'the store does not answer');
      return reply.code(503).send({ status: 'store does not answer' });
    }
    return { status: 'ready' };
  });
}
