import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Addresses that are the single page: the entry, the launch, the way back from sign-on, and the timeline. */
const pageAddresses = ['/', '/launch', '/callback', '/timeline'];

/** What `/config.json` tells the app: the hubs it may be launched from (an `iss` not among them is refused). */
export interface AppConfiguration {
  hubs: { name: string; iss: string; clientId: string }[];
  /** Demonstration data: the page says so. */
  demonstration: boolean;
  /** Minutes without use after which the app covers a record. */
  idleMinutes: number;
}

/** Serves the built app from `folder` under its content security policy, and its configuration. */
export async function addAppFiles(
  app: FastifyInstance,
  folder: string,
  configuration: AppConfiguration,
  policy: string,
): Promise<void> {
  const indexFile = join(folder, 'index.html');
  if (!existsSync(indexFile)) throw new Error(`The app is not built: ${indexFile} is missing. Run: npm run build`);
  const page = readFileSync(indexFile);
  // no-cache, not no-store: the page itself holds no patient data and may be revalidated.
  const sendPage = (reply: FastifyReply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-cache', 'content-security-policy': policy })
      .send(page);
  for (const address of pageAddresses) app.get(address, (_request, reply) => sendPage(reply));
  // A minute's age saves the callback a round trip; a hub taken off the list is refused within that minute.
  app.get('/config.json', (_request, reply) => reply.header('Cache-Control', 'public, max-age=60').send(configuration));
  app.setNotFoundHandler((request, reply) => {
    const forPerson = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (forPerson) return sendPage(reply.code(404));
    return reply.code(404).send({ error: 'There is nothing at this address.' });
  });
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Files under assets/ carry a digest in their name; everything else is asked for again.
      // A worker obeys the policy that its own file came with.
      reply.header('Content-Security-Policy', policy);
      reply.header('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
