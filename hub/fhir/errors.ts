import type { FastifyRequest } from 'fastify';
import { FhirError } from './fhir-error.ts';

/** Bytes of a body: a resource with a letter in it, or a Bundle of many. */
export const bodyLimit = 8 * 1024 * 1024;
/** Bytes of a `_search` form. */
export const formLimit = 256 * 1024;

/** What the client is told of an error. Of an unexpected one it is told nothing, and the log nothing about the person. */
export function asFhirError(error: unknown, request: FastifyRequest): FhirError {
  if (error instanceof FhirError) return error;
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  switch (status) {
    case 400:
      return new FhirError(400, 'invalid', 'The request cannot be read.');
    case 413:
      return new FhirError(413, 'too-long', `A request body holds at most ${bodyLimit / 1024 / 1024} MiB.`);
    case 415:
      return new FhirError(415, 'not-supported', 'The body is of a media type this server does not take.');
    case 429:
      return new FhirError(429, 'throttled', 'Too many requests at once. Try again in a moment.');
    default:
      request.log.error({ requestId: request.id, error: describe(error) }, 'a FHIR request failed unexpectedly');
      return new FhirError(500, 'exception', `Something went wrong here. Request ${request.id}.`);
  }
}

/** Kind, engine code and place of an error; never its message, which may quote a row. */
function describe(error: unknown): { name: string; code: string | undefined; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, at: [] };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, code: typeof code === 'string' ? code : undefined, at: frames.map((line) => line.trim()) };
}
