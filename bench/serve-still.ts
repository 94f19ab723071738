import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

/** The same bytes from a bare Node server in another process, to whoever asks: a ceiling for what the hub serves. */
export async function serveStill(body: Buffer): Promise<{ url: string; stop(): void }> {
  const child = fork(new URL('still-server.ts', import.meta.url), { serialization: 'advanced' });
  child.send(body);
  const [port] = z.tuple([z.number()]).parse((await once(child, 'message')).slice(0, 1));
  return { url: `http://127.0.0.1:${port}/`, stop: () => child.kill() };
}
