import { Worker } from 'node:worker_threads';

/** Resources to check, as JSON text. */
export interface CheckOrder {
  id: number;
  texts: readonly string[];
}

/** What is wrong with each, in sentences without values; nothing for a sound one. */
export interface CheckAnswer {
  id: number;
  problems: string[][];
}

interface Waiting {
  resolve: (problems: string[][]) => void;
  reject: (error: Error) => void;
}

/**
 * Checks resources against FHIR R4 on another core, any number of writes at a time. The worker is made with the first of
 * them; when it fails, what waits for it is rejected and the next check makes a new one.
 */
export class StructureChecks {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;

  check(texts: readonly string[]): Promise<string[][]> {
    this.#worker ??= this.#start();
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<string[][]>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#worker.postMessage({ id, texts } satisfies CheckOrder);
    return answer;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('check-worker.ts', import.meta.url));
    worker.on('message', ({ id, problems }: CheckAnswer) => {
      this.#waiting.get(id)?.resolve(problems);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.#fail(error));
    worker.on('exit', () => this.#fail(new Error('the check of structure ended')));
    // A hub that is stopped does not wait for it.
    worker.unref();
    return worker;
  }

  #fail(error: Error): void {
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
