import { hash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** One address may ask as much as so many busy apps: a hospital is behind one. */
const appsOfAnAddress = 5;

/**
 * Lets one caller ask `most` times a minute within this scope, before anything else is done for a request; more is 429 with
 * Retry-After. By token a caller is the token, kept as a digest only, or the address where there is none; whoever makes up
 * another token for every request meets the limit of the address behind it. By address no header makes another caller.
 */
export async function limitRequests(
  scope: FastifyInstance,
  most: number,
  { by }: { by: 'token' | 'address' } = { by: 'address' },
): Promise<void> {
  await scope.register(rateLimit, { global: false });
  const timeWindow = '1 minute';
  // The library's own caller is the address: of IPv6 the subnet, since one machine has all of it.
  const caller = by === 'token' ? { keyGenerator: callerOf } : {};
  scope.addHook('onRequest', scope.rateLimit({ max: most, timeWindow, ...caller }));
  if (by === 'address') return;
  const askAddress = scope.createRateLimit({ max: most * appsOfAnAddress, timeWindow });
  // The library's own hook runs once a request.
  scope.addHook('onRequest', async (request, reply) => {
    const asked = await askAddress(request);
    if (asked.isAllowed || !asked.isExceeded) return;
    reply.header('Retry-After', asked.ttlInSeconds);
    throw Object.assign(new Error('Too many requests at once. Try again in a moment.'), { statusCode: 429 });
  });
}

function callerOf({ headers, ip }: FastifyRequest): string {
  return headers.authorization === undefined ? ip : hash('sha256', headers.authorization, 'base64');
}
