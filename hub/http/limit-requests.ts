import { hash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Lets one caller ask `most` times a minute within this scope, before anything else is done for a request; more is 429 with
 * Retry-After. A caller is a token, kept as a digest only, or an address where there is none.
 */
export async function limitRequests(scope: FastifyInstance, most: number): Promise<void> {
  await scope.register(rateLimit, { global: false });
  scope.addHook('onRequest', scope.rateLimit({ max: most, timeWindow: '1 minute', keyGenerator: callerOf }));
}

function callerOf({ headers, ip }: FastifyRequest): string {
  return headers.authorization === undefined ? ip : hash('sha256', headers.authorization, 'base64');
}
