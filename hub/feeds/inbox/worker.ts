import type { SourceId } from '../../../fhir/sources.ts';
import type { Database } from '../../store/database.ts';
import type { Formats } from '../formats.ts';
import { KnownDirectory } from '../intake/known-directory.ts';
import { Lanes } from './lanes.ts';
import { postponeMessage, postponeScopes, waitingMessages, waitingSubjects } from './waiting.ts';
import { tellWaiting, workOn } from './work.ts';

export interface WorkerOptions {
  database: Database;
  formats: Formats;
  /** Messages worked on at once, of different people; one on the embedded store, which has one connection. */
  lanes?: number;
  /** Told of every failure of the store or of a mapper; the message waits and is tried again. Never patient data. */
  onFailure(failure: { source: string; seq: number | undefined; attempts: number; error: Error }): void;
}

/** Milliseconds between two looks at an inbox that nobody in this process wrote into. */
const restBetweenLooks = 1000;

/**
 * Works through the inbox while the hub runs: messages in the order they came, those of one person one after another. The
 * inbox itself is the queue, so that nothing can be in one and not in the other; a transaction is the lease, so that what a
 * killed hub had in hand is free at that moment.
 */
export class InboxWorker {
  private readonly options: WorkerOptions;
  private readonly lanes: Lanes;
  private readonly directoryKnown = new KnownDirectory();
  private running: Promise<void> | undefined;
  private stopping = false;
  private woken: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: WorkerOptions) {
    this.options = options;
    this.lanes = new Lanes(options.database.engine === 'pglite' ? 1 : (options.lanes ?? 4));
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There is something new: look now. */
  wake(): void {
    this.woken?.();
  }

  /** Ends when what is in hand is settled. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let found = 0;
      try {
        found = await this.round();
      } catch (error) {
        this.options.onFailure({ source: 'inbox', seq: undefined, attempts: 0, error: asError(error) });
      }
      if (found === 0 && !this.stopping) await this.rest();
    }
  }

  /** Works on what waits now, and answers how much of it was settled. */
  async round(): Promise<number> {
    const { database, formats } = this.options;
    const messages = await waitingMessages(database);
    let settled = 0;
    await this.lanes.each(
      messages,
      ({ source, seq, subject }) => (subject === null ? `${source}#${seq}` : `${source}|${subject}`),
      async (message) => {
        if (this.stopping) return;
        try {
          if ((await workOn(database, formats, message, this.directoryKnown)) !== 'gone') settled += 1;
        } catch (error) {
          await this.failed(message, error);
        }
      },
    );
    // A day's files come as a set: what they touched is told when the last of them has been taken apart.
    const filesWait = new Set(messages.filter(({ subject }) => subject === null).map(({ source }) => source));
    const subjects = (await waitingSubjects(database)).filter(({ source }) => !filesWait.has(source));
    // Services and staff first: whoever refers to them is told when they are there.
    const ofNobody = subjects.filter(({ subject }) => subject === '');
    settled += await this.tell(ofNobody.length > 0 ? ofNobody : subjects);
    return settled;
  }

  private async tell(subjects: Awaited<ReturnType<typeof waitingSubjects>>): Promise<number> {
    const { database, formats } = this.options;
    let settled = 0;
    await this.lanes.each(
      subjects,
      ({ source, subject }) => `${source}|${subject}`,
      async ({ source, subject, attempts }) => {
        if (this.stopping) return;
        try {
          if (await tellWaiting(database, formats, source as SourceId, subject)) settled += 1;
        } catch (error) {
          this.options.onFailure({ source, seq: undefined, attempts, error: asError(error) });
          await postponeScopes(database, source, subject, attempts + 1, asError(error));
        }
      },
    );
    return settled;
  }

  private async failed(message: { source: string; seq: number; attempts: number }, error: unknown): Promise<void> {
    this.options.onFailure({ ...message, error: asError(error) });
    await postponeMessage(this.options.database, message, asError(error));
  }

  private async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.woken = resolve;
      this.timer = setTimeout(resolve, restBetweenLooks);
    });
    clearTimeout(this.timer);
    this.woken = undefined;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Something that is no error was thrown.');
}
