import type { FailureKind } from '../launch/session.ts';
import type { Clock } from './clock.ts';
import { streamIds, type ReadAgain, type Reading, type RecordReader, type RecordState } from './record-state.ts';
import { changesBetween, isTakenBack, withdrawnBetween } from './what-changed.ts';

/**
 * A reader that can read everything anew. The new reading goes on out of sight and takes the old one's place in one step,
 * once it has brought all that the old one had (T2: what a reader looks at does not move, and never is half old). Where
 * it cannot, what was read before stays, and that is said. Rights that were taken away are the exception: then the new
 * answer counts, because the old one may no longer be seen.
 */
export function readsAgain(start: () => Reading, clock: Clock): RecordReader {
  const listeners = new Set<() => void>();
  let shown = start();
  let beside: Reading | undefined;
  let again: ReadAgain | undefined;
  let closed = false;
  let state = shown.state();

  const tell = (): void => {
    state = again === undefined ? shown.state() : { ...shown.state(), again };
    for (const listener of listeners) listener();
  };
  let leave = shown.subscribe(tell);

  const become = (part: Partial<ReadAgain>): void => {
    const none = { at: undefined, readings: 0, changes: new Map(), takenBackAt: undefined, withdrawn: [] };
    again = { status: 'reading', ...none, ...again, ...part };
    tell();
  };

  const giveUp = (): void => {
    beside?.close();
    beside = undefined;
  };

  const consider = (): void => {
    if (beside === undefined || !isOver(beside.state())) return;
    const [before, after] = [shown.state(), beside.state()];
    if (lacks(after, before)) {
      giveUp();
      become({ status: 'failed', at: clock.now() });
      return;
    }
    leave();
    shown.close();
    shown = beside;
    beside = undefined;
    leave = shown.subscribe(tell);
    become({
      status: 'done',
      at: clock.now(),
      readings: (again?.readings ?? 0) + 1,
      changes: new Map([...(again?.changes ?? []), ...changesBetween(before, after)]),
      takenBackAt: isTakenBack(before.patient.resource, after.patient.resource) ? clock.now() : again?.takenBackAt,
      withdrawn: withdrawnBetween(before, after, again?.withdrawn ?? []),
    });
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    readAgain() {
      if (closed || beside !== undefined || !isOver(shown.state())) return;
      beside = start();
      become({ status: 'reading' });
      beside.subscribe(consider);
      consider();
    },
    stop: () => shown.stop(),
    resume: () => shown.resume(),
    retry: (what) => shown.retry(what),
    close() {
      closed = true;
      giveUp();
      shown.close();
      listeners.clear();
    },
  };
}

/** Whether nothing of it is on its way any more. */
function isOver({ patient, sourcesRead, streams }: RecordState): boolean {
  const waits = streamIds.some((id) => streams[id].status === 'loading');
  return !waits && patient.status !== 'loading' && sourcesRead !== 'loading';
}

/** What the hub decided: a new answer of this kind stands, however much less it is. */
const decided: ReadonlySet<FailureKind> = new Set(['refused', 'signed-out', 'not-found', 'wrong-patient']);

/** Whether the new reading misses, by a mishap, something that the old one had. */
function lacks(after: RecordState, before: RecordState): boolean {
  const isMishap = (kind: FailureKind | undefined): boolean => kind === undefined || !decided.has(kind);
  if (after.patient.status === 'failed') return before.patient.status === 'read' && isMishap(after.patient.failure);
  if (after.sourcesRead === 'failed' && before.sourcesRead === 'read') return true;
  return streamIds.some((id) => {
    const [was, is] = [before.streams[id], after.streams[id]];
    if (is.status !== 'failed' || !isMishap(is.failure?.kind)) return false;
    // Broken off twice: the one that came further back stays.
    return was.status !== 'failed' || (is.readBackTo ?? Infinity) > (was.readBackTo ?? Infinity);
  });
}
