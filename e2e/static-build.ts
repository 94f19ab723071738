import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
};

/** The built app alone, on an address of its own, where a test can release a next version of it. */
export interface Release {
  address: string;
  /** From now on another version is served, one byte away from the last. */
  next(): void;
  close(): void;
}

/** Serves the built app without a hub, with the list of hubs given. */
export async function serveBuild(config?: object): Promise<Release> {
  let version = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = extname(path) === '' ? 'index.html' : path;
    const isConfig = path === '/config.json' && config !== undefined;
    (isConfig ? Promise.resolve(Buffer.from(JSON.stringify(config))) : readFile(join(dist, file))).then(
      (bytes) => {
        response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
        response.setHeader('cache-control', 'no-cache');
        // The build's own version, the one place where sixteen hexadecimal digits stand.
        const isWorker = path === '/sw.js';
        return response.end(isWorker ? bytes.toString().replace(/(?=[\da-f]{16}`)/, `${version}-`) : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => void server.listen(0, 'localhost', done));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    next: () => void (version += 1),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
