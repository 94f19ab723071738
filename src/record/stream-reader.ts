import type { OperationOutcomeIssue, Resource } from 'fhir/r4';
import { withinBase } from '../launch/base.ts';
import { ReadFailure, type Session } from '../launch/session.ts';
import type { Clock } from './clock.ts';
import { Gathered } from './gathered.ts';
import { readPage } from './page.ts';
import type { StreamId, StreamState } from './record-state.ts';
import { streamSearch } from './searches.ts';

/** How long a page may take, and after how long the wait is said. */
const pageTimeoutMs = 20_000;
const slowAfterMs = 10_000;
/** A hub that sends this many pages in a row without a single match is going round in circles. */
const mostEmptyPages = 50;

/** What a page brought besides the stream's own resources. */
export interface Aside {
  included: readonly Resource[];
  issues: readonly OperationOutcomeIssue[];
  strangers: readonly string[];
}

export interface StreamParts {
  session: Session;
  clock: Clock;
  /** Takes a turn for a later page; first pages need none. */
  turn: <T>(work: () => Promise<T>) => Promise<T>;
  changed(state: StreamState, aside: Aside | undefined): void;
  /** What to ask for where the hub refused a first page as something it cannot be asked; how often it has before. */
  instead(id: StreamId, refusals: number): Promise<Instead | undefined>;
}

/** Another search for the same records, or that the hub has none of the kind. */
export type Instead = { address: string } | 'absent';

/** One stream being read, page after page until there is no `next` (T3). */
export interface StreamReader {
  start(): void;
  stop(): void;
  resume(): void;
  retry(): void;
  close(): void;
}

/** Pages that lead nowhere: asking for the same one again cannot help. */
class Astray extends ReadFailure {
  constructor(message: string) {
    super('malformed', message);
  }
}

/** Prepares the reading of one stream. A failure keeps what came before it (T3). */
export function streamReader(id: StreamId, parts: StreamParts): StreamReader {
  const { session, clock } = parts;
  let first = streamSearch(id, session.patientId);
  const gathered = new Gathered();
  let asked = new Set<string>();
  let address: string | undefined = first;
  let status: StreamState['status'] = 'loading';
  let failure: StreamState['failure'];
  let pages = 0;
  let empty = 0;
  let slow = false;
  let stopping = false;
  let startOver = false;
  let refusals = 0;
  let absent = false;
  let brokeAt: string | undefined;
  let run: AbortController | undefined;

  const tell = (aside?: Aside): void => {
    const readBackTo = status === 'complete' ? -Infinity : gathered.readBackTo;
    const { resources, isUnordered: unordered } = gathered;
    parts.changed({ id, status, slow, resources, pages, readBackTo, failure, unordered, absent }, aside);
  };

  const readNext = async (from: string, signal: AbortSignal): Promise<Aside> => {
    if (asked.has(from)) throw new Astray('The pages of this list go round in a circle.');
    if (leadsOutside(session.base, from)) throw new Astray('A link of this list leads to another server.');
    const calm = clock.after(slowAfterMs, () => {
      slow = true;
      tell();
    });
    try {
      const { body } = await session.read(from, { signal, timeoutMs: pageTimeoutMs });
      // Stopped or closed while the answer came in: it is asked for again when wanted.
      if (signal.aborted) throw new ReadFailure('aborted', 'The read was given up.');
      const page = readPage(body, id, session.patientId);
      if (page.matches.length === 0 && page.strangers.some((one) => one.startsWith(`${id}/`))) {
        // Another person's list in the place of this one: what should have stood there is not known (T3).
        tell({ included: [], issues: [], strangers: page.strangers });
        throw new ReadFailure('wrong-patient', 'The answer held another person.');
      }
      empty = page.matches.length === 0 ? empty + 1 : 0;
      if (!gathered.add(page.matches)) throw new Astray('A page of this list was sent twice.');
      if (empty > mostEmptyPages) throw new Astray('The list goes on without bringing anything.');
      // Only a page that was read counts as asked: after a break it may be asked again.
      asked.add(from);
      pages += 1;
      address = page.next;
      return page;
    } finally {
      calm();
      slow = false;
    }
  };

  const go = async (signal: AbortSignal): Promise<void> => {
    let from = address;
    while (from !== undefined) {
      const here = from;
      const aside = pages === 0 ? await readNext(here, signal) : await parts.turn(() => readNext(here, signal));
      if (address === undefined) status = 'complete';
      // Half of what comes in no order is neither the newest nor the oldest: it is read to its end.
      else if (stopping && !gathered.isUnordered) status = 'stopped';
      tell(aside);
      from = status === 'loading' ? address : undefined;
    }
  };

  const begin = (): void => {
    const controller = new AbortController();
    run = controller;
    status = 'loading';
    failure = undefined;
    go(controller.signal).catch(async (error: unknown) => {
      const other = pages === 0 && cannotBeAsked(error) ? await parts.instead(id, refusals++) : undefined;
      // Stopped or closed meanwhile: nobody waits for this answer.
      if (controller.signal.aborted) return;
      if (other === 'absent') {
        status = 'complete';
        absent = true;
        return tell();
      }
      if (other !== undefined) {
        address = first = other.address;
        return begin();
      }
      status = 'failed';
      // A link that breaks twice may itself be what is wrong.
      startOver = leadsNowhere(error) || brokeAt === address;
      brokeAt = address;
      failure = { ...failureOf(error), at: clock.now() };
      tell();
    });
  };

  return {
    start: begin,
    stop() {
      stopping = true;
      // The first page is the newest: it is waited for.
      if (status !== 'loading' || pages === 0 || gathered.isUnordered) return;
      run?.abort();
      status = 'stopped';
      tell();
    },
    resume() {
      stopping = false;
      if (status !== 'stopped') return;
      begin();
      tell();
    },
    retry() {
      if (status !== 'failed') return;
      if (startOver) {
        startOver = false;
        gathered.startAgain();
        asked = new Set();
        empty = 0;
        address = first;
      }
      begin();
      tell();
    },
    close: () => run?.abort(),
  };
}

/** Whether a link leads out of the hub: it is not followed, and would not be the next time (`withinBase`). */
function leadsOutside(base: string, link: string): boolean {
  try {
    withinBase(base, link);
    return false;
  } catch {
    return true;
  }
}

/** Whether the link that failed can help no more: the search starts again from its first page. */
function leadsNowhere(error: unknown): boolean {
  return error instanceof Astray || cannotBeAsked(error);
}

/** Whether the hub said that it cannot be asked for this at all. */
export function cannotBeAsked(error: unknown): boolean {
  return error instanceof ReadFailure && ['unsupported', 'not-found'].includes(error.kind);
}

/** The kind and the words of whatever went wrong. */
export function failureOf(error: unknown): { kind: ReadFailure['kind']; message: string } {
  if (error instanceof ReadFailure) return { kind: error.kind, message: error.message };
  // A mistake of ours while taking the answer apart: the answer is not what it should be.
  return { kind: 'malformed', message: 'The answer could not be understood.' };
}
