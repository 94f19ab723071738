import type { SourceId } from '../../../fhir/sources.ts';
import type { Database } from '../../store/database.ts';
import type { Formats } from '../formats.ts';
import { KnownDirectory } from '../intake/known-directory.ts';
import { Lanes } from './lanes.ts';
import { postponeMessage, postponeScopes, waitingMessages, waitingSubjects, type WaitingMessage } from './waiting.ts';
import { tellWaiting, workOn } from './work.ts';

export interface WorkerOptions {
  database: Database;
  formats: Formats;
  /** Messages worked on at once, of different people; one on the embedded store, which has one connection. */
  lanes?: number;
  /** Told of every failure of the store or of a mapper; the message waits and is tried again. Never patient data. */
  onFailure(failure: { source: string; seq: number | undefined; attempts: number; error: Error }): void;
}

/**
 * Messages worked on in one transaction: a statement a message becomes a statement for all. Many in two lanes, so that one works
 * while the other waits for the database, and readers find the database's processors free. Of many people one each, so that
 * nobody waits for another's long history; of few people several each, told once.
 */
const together = 100;

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
    this.lanes = new Lanes(options.database.engine === 'pglite' ? 1 : (options.lanes ?? 2));
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
    const { database } = this.options;
    const messages = await waitingMessages(database);
    const people = new Set(messages.map(({ source, subject }) => `${source}|${subject}`)).size;
    let settled = 0;
    await this.lanes.each(
      messages,
      // Files of one source one after another: two that tell of the same people would wait for each other in a ring.
      ({ source, subject }) => (subject === null ? source : `${source}|${subject}`),
      async (some) => {
        settled += await this.work(some);
      },
      { together, ofEach: Math.max(1, Math.floor(together / people)) },
    );
    // A day's files come as a set: what they touched is told when the last of them has been taken apart.
    const filesWait = new Set(messages.filter(({ subject }) => subject === null).map(({ source }) => source));
    const subjects = (await waitingSubjects(database)).filter(({ source }) => !filesWait.has(source));
    // Services and staff first: whoever refers to them is told when they are there.
    const ofNobody = subjects.filter(({ subject }) => subject === '');
    settled += await this.tell(ofNobody.length > 0 ? ofNobody : subjects);
    return settled;
  }

  /**
   * Works on messages of several people, those of one source together, and answers how many were settled. Where something
   * fails, each is worked on alone: one that cannot be worked on holds up nobody else. A file is always alone.
   */
  private async work(messages: readonly WaitingMessage[]): Promise<number> {
    const { database, formats } = this.options;
    let settled = 0;
    for (const some of groups(messages)) {
      if (this.stopping) return settled;
      const [first] = some;
      if (first === undefined) continue;
      const seqs = some.map(({ seq }) => seq);
      try {
        const outcomes = await workOn(database, formats, first.source, seqs, this.directoryKnown);
        settled += outcomes.filter((outcome) => outcome !== 'gone').length;
      } catch (error) {
        if (some.length === 1) await this.failed(first, error);
        else for (const message of some) settled += await this.work([message]);
      }
    }
    return settled;
  }

  private async tell(subjects: Awaited<ReturnType<typeof waitingSubjects>>): Promise<number> {
    const { database, formats } = this.options;
    let settled = 0;
    await this.lanes.each(
      subjects,
      ({ source, subject }) => `${source}|${subject}`,
      async ([waiting]) => {
        if (this.stopping || waiting === undefined) return;
        const { source, subject, attempts } = waiting;
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

/** Messages of one source together, files each alone. */
function groups(messages: readonly WaitingMessage[]): WaitingMessage[][] {
  const ofPeople = messages.filter(({ subject }) => subject !== null);
  const sources = [...new Set(ofPeople.map(({ source }) => source))];
  return [
    ...messages.filter(({ subject }) => subject === null).map((file) => [file]),
    ...sources.map((source) => ofPeople.filter((message) => message.source === source)),
  ];
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Something that is no error was thrown.');
}
