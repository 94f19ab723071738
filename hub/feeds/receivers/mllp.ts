import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { addressList } from '../feed-settings.ts';
import { MllpConnection, type MllpPort } from './mllp-connection.ts';
import { mllpLimits, noCounts, type MllpCounts, type MllpLimits } from './mllp-limits.ts';
import type { FeedName, Keep, KeepTogether } from './received.ts';

export interface MllpOptions {
  feed: FeedName;
  /** 0 is any free one. */
  port: number;
  host: string;
  keep: Keep;
  /** For messages that come in one breath; without it each has a commit of its own. */
  keepTogether?: KeepTogether | undefined;
  /** Addresses or networks (`10.1.0.0/16`) that may connect; everybody who reaches the port unless told. */
  from?: readonly string[] | undefined;
  /** PEM. With `ca` a sender must show a certificate that one of these signed. */
  tls?: { key: string | Buffer; cert: string | Buffer; ca?: string | Buffer | undefined } | undefined;
  limits?: Partial<MllpLimits>;
}

/** A port that takes in HL7 v2. */
export interface MllpReceiver {
  port: number;
  /** Counted up as things happen. */
  counts: Readonly<MllpCounts>;
  /** Stops listening, finishes the messages in flight and ends the connections. */
  close(): Promise<void>;
}

/** Opens a port for MLLP, over TLS where there are keys. Rejects when the port is taken or the keys cannot be used. */
export async function openMllp(options: MllpOptions): Promise<MllpReceiver> {
  const limits = { ...mllpLimits, ...options.limits };
  const counts = noCounts();
  const { feed, keep, keepTogether } = options;
  const port: MllpPort = { feed, waysIn: { keep, keepTogether }, limits, counts };
  const letIn = options.from && addressList(options.from);
  const sockets = new Set<Socket>();
  const serving = new Map<MllpConnection, Promise<void>>();

  const serve = (socket: Socket) => {
    socket.on('error', () => undefined);
    const connection = new MllpConnection(socket, port);
    counts.connections += 1;
    const end = connection.serve().catch((error: unknown) => {
      socket.destroy();
      process.emitWarning(`An MLLP connection failed: ${error instanceof Error ? error.name : typeof error}`);
    });
    serving.set(connection, end);
    void end.then(() => serving.delete(connection));
  };
  const server = options.tls ? createTlsServer(tlsOptions(options.tls), serve) : createServer();
  server.maxConnections = limits.connections;
  server.on('drop', () => (counts.refused += 1));
  server.on('tlsClientError', () => (counts.refused += 1));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setKeepAlive(true, 60_000);
    const { remoteAddress = '', remoteFamily } = socket;
    if (letIn !== undefined && !letIn.check(remoteAddress, remoteFamily === 'IPv6' ? 'ipv6' : 'ipv4')) {
      counts.refused += 1;
      socket.destroy();
    } else if (options.tls === undefined) serve(socket);
  });
  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of serving.keys()) connection.stop();
      await Promise.all(serving.values());
      // What is left never got as far as a first message, such as a sender in the middle of its TLS greeting.
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}

function tlsOptions({ key, cert, ca }: NonNullable<MllpOptions['tls']>): TlsOptions {
  return {
    key,
    cert,
    minVersion: 'TLSv1.2',
    handshakeTimeout: 10_000,
    ...(ca !== undefined && { ca, requestCert: true, rejectUnauthorized: true }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
