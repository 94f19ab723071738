import { hash } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationOutcomeIssue } from 'fhir/r4';
import { FhirError, outcomeOf } from '../../fhir/fhir-error.ts';
import type { FeedSetting } from '../feed-settings.ts';
import type { FeedName, Keep } from './received.ts';
import { notForTraining, trainingNotice } from './training.ts';

export interface HttpFeedOptions {
  feeds: readonly FeedSetting[];
  keep: Keep;
  /**
   * The registered service that this access token was given to, if the token lets it send messages; undefined for any
   * other token. Given, because feeds know nothing of authorization.
   */
  identify(token: string): Promise<{ clientId: string } | undefined>;
  /** Bytes of the largest message; 32 MiB unless told. */
  bodyLimit?: number;
}

interface Params {
  source: string;
  format: string;
}

const usualLimit = 32 * 1024 * 1024;

/**
 * `POST /<source>/<format>`: a message, as it is, in the body; what the sender calls it in `Message-Id`. 202 once it is
 * committed, with its place in the inbox as the receipt; sent again it gets the same receipt. Everything else is an
 * OperationOutcome that repeats nothing of what was sent. 503 is to be sent again, 4xx is not.
 */
export const httpFeeds: FastifyPluginAsync<HttpFeedOptions> = async (app, options) => {
  const bodyLimit = options.bodyLimit ?? usualLimit;
  const asked = new WeakMap<object, FeedName>();
  // A message is bytes, whatever it is said to be: parsing it is its format's business.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler(async (error, request, reply) => refuse(asRefusal(error, request, bodyLimit), reply));
  app.setNotFoundHandler(async (_request, reply) => refuse(notRegistered(), reply));

  app.post<{ Params: Params }>('/:source/:format', {
    bodyLimit,
    // Before the body is read: nobody else is to make the hub hold megabytes.
    onRequest: async (request) => {
      asked.set(request.raw, await feedOf(options, request));
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding !== 'identity') throw new FhirError(415, 'not-supported', 'Send the message without an encoding.');
    },
    handler: async (request, reply) => {
      const feed = asked.get(request.raw);
      if (feed === undefined) throw notRegistered();
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (bytes.length === 0) throw new FhirError(400, 'required', 'The body is empty.');
      const { source, organisation, format } = feed;
      const training = trainingNotice(bytes, feed);
      const message = { source, organisation, format, label: labelOf(request, bytes), bytes: training ?? bytes };
      const receipt = await options.keep({ ...message, receivedAt: new Date().toISOString() }).catch(() => {
        const words = 'The message was not kept. Send it again in a moment.';
        throw new FhirError(503, 'transient', words, { 'retry-after': '5' });
      });
      if (training !== undefined) throw new FhirError(422, 'business-rule', `${notForTraining}.`);
      return reply.code(202).send({ receipt: receipt.seq, repeated: receipt.repeated });
    },
  });
};

/** The feed that this request is for. Not registered, unknown and mistyped are answered alike. */
async function feedOf(options: HttpFeedOptions, request: FastifyRequest<{ Params: Params }>): Promise<FeedName> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const service = token === undefined ? undefined : await options.identify(token);
  if (service === undefined) {
    throw new FhirError(401, 'login', 'An access token of a registered service is needed.', {
      'www-authenticate': 'Bearer',
    });
  }
  const { source, format } = request.params;
  const found = options.feeds.find(
    (feed) =>
      feed.source === source &&
      feed.format === format &&
      feed.receiver.kind === 'https' &&
      feed.receiver.clientId === service.clientId,
  );
  if (found === undefined) throw notRegistered();
  const { organisation, takesTraining } = found;
  return { source: found.source, organisation, format: found.format, takesTraining };
}

/** What the sender calls the message, else a name from its bytes: sent again without one, it is the same message. */
function labelOf(request: FastifyRequest, bytes: Buffer): string {
  const given = request.headers['message-id'];
  if (given === undefined) return `no name ${hash('sha256', bytes, 'hex').slice(0, 16)}`;
  if (typeof given !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(given)) {
    throw new FhirError(400, 'invalid', 'Message-Id is at most 200 printable characters without spaces.');
  }
  return given;
}

function notRegistered(): FhirError {
  return new FhirError(403, 'forbidden', 'This service is not registered to send this here.');
}

async function refuse(error: FhirError, reply: FastifyReply): Promise<void> {
  await reply.code(error.status).headers(error.headers).type('application/fhir+json').send(outcomeOf(error));
}

function asRefusal(error: unknown, request: FastifyRequest, bodyLimit: number): FhirError {
  if (error instanceof FhirError) return error;
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined;
  const as = (code: OperationOutcomeIssue['code'], words: string) => new FhirError(Number(status), code, words);
  switch (status) {
    case 400:
      return as('invalid', 'The request cannot be read.');
    case 413:
      return as('too-long', `A message holds at most ${bodyLimit / 1024 / 1024} MiB.`);
    case 415:
      return as('not-supported', 'The body needs a media type.');
    case 429:
      return as('throttled', 'Too many messages at once. Send it again in a moment.');
    default:
      request.log.error({ requestId: request.id, name: error instanceof Error ? error.name : typeof error });
      return new FhirError(500, 'exception', `Something went wrong here. Request ${request.id}.`);
  }
}
