import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { MllpFrames } from './mllp-frames.ts';
import type { Keep, Receipt, Received } from './received.ts';

/** A message as a hospital sends it, with this control id. */
export function admission(controlId: string, note = ''): string {
  return `MSH|^~\\&|PAS|RKE|HUB|ISL|20261102093000||ADT^A01|${controlId}|P|2.4\rPID|1||R1^^^RKE^MR||Test^Ada\r${note}`;
}

export function framed(message: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x0b]), Buffer.from(message), Buffer.from([0x1c, 0x0d])]);
}

/** An inbox in memory: the same bytes under the same label are one message, as in the store. */
export function inboxInMemory(): { kept: Received[]; keep: Keep } {
  const kept: Received[] = [];
  const places = new Map<string, number>();
  const keep = (message: Received): Promise<Receipt> => {
    const key = `${message.source} ${message.label} ${Buffer.from(message.bytes).toString('base64')}`;
    const before = places.get(key);
    if (before !== undefined) return Promise.resolve({ seq: before, repeated: true });
    kept.push({ ...message, bytes: Buffer.from(message.bytes) });
    places.set(key, kept.length);
    return Promise.resolve({ seq: kept.length, repeated: false });
  };
  return { kept, keep };
}

/** A hospital's side of a connection. */
export interface TestSender {
  socket: Socket;
  write(bytes: Buffer | string): void;
  /** The next answer as code and control id, `AA 17`; `closed` when the line ended without one. */
  answer(): Promise<string>;
  /** Sends a message and waits for its answer. */
  send(message: string): Promise<string>;
  /** Resolves when the other side has closed. */
  closed: Promise<void>;
  end(): void;
}

/** Connects. Rejects when the other side does not let it in. */
export async function connectSender(port: number, tls?: ConnectionOptions): Promise<TestSender> {
  const socket = tls === undefined ? connect({ port }) : connectTls({ port, ...tls });
  await new Promise<void>((resolve, reject) => {
    socket.once(tls === undefined ? 'connect' : 'secureConnect', resolve);
    socket.once('error', reject);
  });
  const frames = new MllpFrames(1024 * 1024);
  const answers: string[] = [];
  const waiting: ((answer: string) => void)[] = [];
  let over = false;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      over = true;
      for (const tell of waiting.splice(0)) tell('closed');
      resolve();
    });
  });
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk);
    for (let event = frames.next(); event !== undefined; event = frames.next()) {
      if (event.kind !== 'frame') throw new Error('an answer without end');
      const msa = event.bytes.toString('latin1').split('\r')[1]?.split('|') ?? [];
      const answer = `${msa[1]} ${msa[2]}`;
      const tell = waiting.shift();
      if (tell === undefined) answers.push(answer);
      else tell(answer);
    }
  });
  const answer = () => {
    const next = answers.shift();
    if (next !== undefined) return Promise.resolve(next);
    return over ? Promise.resolve('closed') : new Promise<string>((resolve) => waiting.push(resolve));
  };
  return {
    socket,
    closed,
    write: (bytes) => void socket.write(bytes),
    answer,
    send(message) {
      socket.write(framed(message));
      return answer();
    },
    end: () => void socket.end(),
  };
}
