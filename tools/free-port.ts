import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that Linux and macOS give to whoever asks for any (from 32768, from 49152): one of those, found free, may be
// a neighbour's outgoing connection by the time a started program listens there.
const lowest = 20_000;
const above = 32_768;

/** A port of localhost where nobody listens at this moment. Rejects when a hundred tried are all taken. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < 100; tried += 1) {
    const port = randomInt(lowest, above);
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, 'localhost'))) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
