import type { ReadTime } from '../date-time.ts';
import type { Dialect } from '../dialect.ts';
import { placeOf, type Place } from './place.ts';
import type { VisitMessage } from './visit-message.ts';

/** One ward of a visit, and since when: the beginning of the visit, a time, or nobody said. */
export interface Stop {
  place: Place;
  since: 'beginning' | ReadTime | undefined;
}

interface Statement {
  place: Place;
  kind: 'admit' | 'move' | 'seen';
  occurred: ReadTime;
}

/**
 * The wards of a visit in the order they were lived in. A cancelled move is taken out, with what updates repeated of it
 * meanwhile. An update or a discharge from a ward that no move led to shows a move that never reached us: told from when
 * it was first stated, with a doubt.
 */
export function stopsOf(messages: readonly VisitMessage[], dialect: Dialect, doubts: string[]): Stop[] {
  const statements = statementsOf(messages, dialect, doubts);
  const stops: (Stop & { at: number })[] = [];
  let current: Place | undefined;
  for (const { place, kind, occurred } of statements) {
    if (kind === 'seen' && current?.key === place.key) continue;
    if (kind === 'admit') stops.push({ place, since: 'beginning', at: -Infinity });
    else if (kind === 'seen' && current === undefined) stops.push({ place, since: undefined, at: -Infinity });
    else {
      if (kind === 'seen') doubts.push('A ward that no transfer led to: told from when it was first stated');
      stops.push({ place, since: occurred, at: occurred.instant ?? Infinity });
    }
    current = place;
  }
  // A move that was written down late stands where it happened.
  const lived = stops.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
  return lived.filter(({ place }, index) => lived[index - 1]?.place.key !== place.key);
}

function statementsOf(messages: readonly VisitMessage[], dialect: Dialect, doubts: string[]): Statement[] {
  let statements: Statement[] = [];
  const wasAdmitted = messages.some(({ step }) => step === 'admit');
  for (const { step, message, occurred, stated } of messages) {
    const place = placeOf(message.first('PV1'), dialect);
    if (step === 'undo-move') {
      const undone = undoneBy(statements, stated);
      if (undone === undefined) doubts.push('A cancelled transfer that was never told');
      else statements = statements.filter((each, index) => index < undone || !isOf(each, statements[undone]));
    }
    if (place === undefined || step.startsWith('undo') || step === 'leave') continue;
    if (step === 'plan' && wasAdmitted) continue;
    if (step === 'admit' || step === 'plan') {
      // The last word on where it began.
      statements = [{ place, kind: 'admit', occurred }, ...statements.filter(({ kind }) => kind !== 'admit')];
    } else statements.push({ place, kind: step === 'move' ? 'move' : 'seen', occurred });
  }
  return statements;
}

/** The move that is taken back: the one that happened when the cancellation says, else the last. */
function undoneBy(statements: readonly Statement[], stated: ReadTime): number | undefined {
  const named = statements.findLastIndex(
    ({ kind, occurred }) => kind === 'move' && occurred.instant !== undefined && occurred.instant === stated.instant,
  );
  const last = named === -1 ? statements.findLastIndex(({ kind }) => kind === 'move') : named;
  return last === -1 ? undefined : last;
}

/** Whether a later statement only repeats the move that was taken back. */
function isOf(statement: Statement, undone: Statement | undefined): boolean {
  return statement === undone || (statement.kind === 'seen' && statement.place.key === undone?.place.key);
}
