import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ThreadFailure, ThreadOrder, ThreadStart } from './worker-thread.ts';

/** Whoever works through the inbox while the hub runs. */
export interface InboxWork {
  start(): void;
  /** There is something new: look now. */
  wake(): void;
  /** Ends when what is in hand is settled. */
  stop(): Promise<void>;
}

/** Milliseconds until a thread that ended by itself is begun anew. */
const restBeforeAnew = 1000;

/**
 * Works through the inbox on a thread of its own, with connections of its own: taking messages apart takes a processor whole,
 * and a reader's page must not wait for it. For a server's database; the embedded store has one connection, and its worker
 * stays where that is. A thread that ends by itself is told of and begun anew: what it had in hand waits, as after a kill.
 */
export class WorkerApart implements InboxWork {
  readonly #databaseUrl: string;
  readonly #onFailure: (failure: ThreadFailure) => void;
  #thread: Worker | undefined;
  #anew: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(databaseUrl: string, onFailure: (failure: ThreadFailure) => void) {
    this.#databaseUrl = databaseUrl;
    this.#onFailure = onFailure;
  }

  start(): void {
    if (this.#stopping || this.#thread !== undefined) return;
    const workerData: ThreadStart = { databaseUrl: this.#databaseUrl };
    const thread = new Worker(new URL('worker-thread.ts', import.meta.url), { workerData });
    thread.on('message', this.#onFailure);
    thread.on('error', (error) => {
      const name = error instanceof Error ? error.name : typeof error;
      this.#onFailure({ source: 'inbox', seq: undefined, attempts: 0, error: name });
    });
    thread.on('exit', () => {
      this.#thread = undefined;
      if (!this.#stopping) this.#anew = setTimeout(() => this.start(), restBeforeAnew);
    });
    this.#thread = thread;
  }

  wake(): void {
    this.#order('wake');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#anew);
    if (this.#thread === undefined) return;
    const ended = once(this.#thread, 'exit');
    this.#order('stop');
    await ended;
  }

  #order(order: ThreadOrder): void {
    this.#thread?.postMessage(order);
  }
}
