import type { Socket } from 'node:net';
import { MllpFrames, type MllpEvent } from './mllp-frames.ts';
import type { MllpCounts, MllpLimits } from './mllp-limits.ts';
import { takeFrames, type WaysIn } from './mllp-take.ts';
import type { FeedName } from './received.ts';

/** What the connections of one port share. */
export interface MllpPort {
  feed: FeedName;
  waysIn: WaysIn;
  limits: MllpLimits;
  counts: MllpCounts;
}

/** Messages of one sender that are kept in one commit at most, where they came in one breath. */
const mostTogether = 32;

/**
 * One sender's connection. Its messages are kept and answered in their order: while they are being kept nothing is read,
 * so that a sender faster than the store is held back by its own network, and one that never reads its answers stops
 * being read itself.
 */
export class MllpConnection {
  readonly #socket: Socket;
  readonly #port: MllpPort;
  readonly #frames: MllpFrames;
  #timer: NodeJS.Timeout | undefined;
  #timing: 'idle' | 'frame' | undefined;
  #taking = false;
  #stopping = false;
  /** The last answer is given: what still comes is not read. */
  #dismissed = false;

  constructor(socket: Socket, port: MllpPort) {
    this.#socket = socket;
    this.#port = port;
    this.#frames = new MllpFrames(port.limits.messageBytes);
  }

  /** Serves the connection to its end. A network fault is an end like any other; another error rejects. */
  async serve(): Promise<void> {
    try {
      this.#wait();
      for await (const chunk of this.#socket as AsyncIterable<Buffer>) {
        if (this.#dismissed) continue;
        await this.#takeAll(chunk);
        this.#wait();
      }
      this.#socket.end();
    } catch (error) {
      if (!isNetworkError(error)) throw error;
    } finally {
      clearTimeout(this.#timer);
      if (this.#frames.midFrame && !this.#dismissed) this.#port.counts.cutOff += 1;
      this.#socket.destroySoon();
    }
  }

  /** Ends the connection once the message in flight, if any, is kept and answered. */
  stop(): void {
    this.#stopping = true;
    if (!this.#taking) this.#socket.destroySoon();
  }

  async #takeAll(chunk: Buffer): Promise<void> {
    const { counts, feed, waysIn, limits } = this.#port;
    const { strayBytes, abandoned } = this.#frames;
    this.#frames.push(chunk);
    for (let events = this.#nextFrames(); events.length > 0; events = this.#nextFrames()) {
      this.#rest();
      this.#taking = true;
      const taken = await takeFrames(events, feed, waysIn, counts);
      await this.#write(Buffer.concat(taken.map(({ answer }) => answer)));
      this.#taking = false;
      if (this.#stopping || taken.some(({ last }) => last)) {
        this.#dismiss();
        break;
      }
    }
    counts.strayBytes += this.#frames.strayBytes - strayBytes;
    counts.abandoned += this.#frames.abandoned - abandoned;
    if (this.#frames.strayBytes > limits.strayBytes) this.#socket.destroy();
  }

  /** What lies whole in the chunk, as much of it as is kept in one commit; one frame where each is kept alone. */
  #nextFrames(): MllpEvent[] {
    const most = this.#port.waysIn.keepTogether === undefined ? 1 : mostTogether;
    const events: MllpEvent[] = [];
    while (events.length < most) {
      const event = this.#frames.next();
      if (event === undefined) break;
      events.push(event);
      if (event.kind === 'too-long') break;
    }
    return events;
  }

  async #write(answer: Buffer): Promise<void> {
    const socket = this.#socket;
    if (socket.destroyed || socket.write(answer)) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => {
        this.#port.counts.timedOut += 1;
        socket.destroy();
      }, this.#port.limits.answerMs);
      const done = () => {
        clearTimeout(late);
        socket.off('drain', done).off('close', done);
        resolve();
      };
      socket.on('drain', done).on('close', done);
    });
  }

  /** No further message is taken. A socket closed with bytes unread would be reset, and its last answer lost with it. */
  #dismiss(): void {
    this.#dismissed = true;
    this.#rest();
    if (this.#stopping) {
      this.#socket.destroySoon();
      return;
    }
    this.#socket.end();
    this.#timer = setTimeout(() => this.#socket.destroy(), this.#port.limits.lingerMs);
  }

  /** Sets the time until which more has to come. For a frame it runs from its first byte: dribbling does not renew it. */
  #wait(): void {
    if (this.#dismissed || (this.#timing === 'frame' && this.#frames.midFrame)) return;
    this.#rest();
    this.#timing = this.#frames.midFrame ? 'frame' : 'idle';
    const { frameMs, idleMs } = this.#port.limits;
    this.#timer = setTimeout(
      () => {
        this.#port.counts.timedOut += 1;
        this.#socket.destroy();
      },
      this.#timing === 'frame' ? frameMs : idleMs,
    );
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timing = undefined;
  }
}

/** Errors of sockets and streams carry a code; an error of our own does not and must not pass for a dropped line. */
function isNetworkError(error: unknown): boolean {
  return error instanceof Error && typeof Reflect.get(error, 'code') === 'string';
}
