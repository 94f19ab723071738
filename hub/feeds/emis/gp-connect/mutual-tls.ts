import { request } from 'node:https';
import { Readable } from 'node:stream';
import type { PullOptions } from './pull.ts';

/** PEM texts: what this hub shows, and whom it believes (the machine's authorities unless told). */
export interface OwnCertificate {
  key: string;
  cert: string;
  ca?: string | undefined;
}

/** What `pullRecord` asks of a `fetch`. */
type Send = NonNullable<PullOptions['send']>;

/**
 * A `fetch` for the one request that `pullRecord` makes, with this hub's certificate (mutual TLS): the `fetch` of Node takes
 * none. It follows no redirect.
 */
export function sendWith(own: OwnCertificate): Send {
  return (address, init) =>
    new Promise((resolve, reject) => {
      const { method, body, signal, headers } = init;
      const options = { method, headers: Object.fromEntries(new Headers(headers)), ...own, ...(signal && { signal }) };
      const asked = request(new URL(address), options, (answer) => {
        const status = answer.statusCode ?? 502;
        // These have no body, and a Response takes none for them.
        const isEmpty = status === 204 || status === 304;
        if (isEmpty) answer.resume();
        const stream = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
        resolve(new Response(isEmpty ? null : stream, { status }));
      });
      asked.once('error', reject);
      asked.end(typeof body === 'string' ? body : undefined);
    });
}
