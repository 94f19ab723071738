import type { InboxMessage, KeptPiece, Piece, ReadShared } from '../format.ts';
import type { Row } from './cld-columns.ts';
import { readDay } from './day.ts';
import { saidAt } from './said-at.ts';
import { eventTypeOf } from './statement.ts';

/** Where whole returns are noted, about nobody in particular. */
export const returnsScope = 'returns';

/** A return that has all of a council's reporting period. */
export interface WholeReturn {
  council: string;
  /** FHIR dates, both days included. */
  start: string;
  end: string;
  /** ISO 8601 UTC. */
  at: string;
  seq: number;
}

/**
 * Whether a file is whole is said by its name: `…whole-1234…` has 1,234 lines below its header. The number is checked, for
 * a file that was cut short on its way would else take back all that it lost (silent gap).
 */
export function statedLines(label: string): number | undefined {
  const [, lines] = /(?:^|[^a-z])whole[-_ ](\d+)(?!\d)/i.exec(label) ?? [];
  return lines === undefined ? undefined : Number(lines);
}

/** The note of a whole return, or why a file that is said to be one takes nothing back. */
export function returnPieces(
  message: InboxMessage,
  rows: readonly Row[],
  lines: number,
  broken: boolean,
): { pieces: Piece[]; doubts: string[] } {
  const stated = statedLines(message.label);
  const [first] = rows;
  if (stated === undefined) return { pieces: [], doubts: [] };
  const refuse = (why: string) => ({
    pieces: [],
    doubts: [`The file is said to be whole, but ${why}: what it has is taken, and nothing is taken back.`],
  });
  if (stated !== lines) return refuse(`has ${lines} lines of ${stated}`);
  if (broken || first === undefined) return refuse('not every line could be read');
  const [start, end] = [readDay(first.periodStart), readDay(first.periodEnd)];
  const same = rows.every(
    (row) =>
      row.council === first.council && row.periodStart === first.periodStart && row.periodEnd === first.periodEnd,
  );
  if (!same || first.council === undefined || start === undefined || end === undefined) {
    return refuse('its lines are not all of one council and reporting period');
  }
  const at = saidAt(first, message);
  const whole: WholeReturn = { council: first.council, start, end, at, seq: message.seq };
  const names = [`latest ${first.council}`, nameOfPeriod(whole)];
  return {
    pieces: names.map((name) => ({ subject: '', scope: returnsScope, name, at, content: JSON.stringify(whole) })),
    doubts: [],
  };
}

function nameOfPeriod({ council, start, end }: Pick<WholeReturn, 'council' | 'start' | 'end'>): string {
  return `${council} ${start} ${end}`;
}

/** The whole returns that may take any of these lines back: the council's latest, and the last one of each line's period. */
export async function readReturns(rows: readonly Row[], shared: ReadShared): Promise<WholeReturn[]> {
  const names = rows.flatMap(({ council = '', periodStart, periodEnd }) => [
    `latest ${council}`,
    nameOfPeriod({ council, start: readDay(periodStart) ?? '', end: readDay(periodEnd) ?? '' }),
  ]);
  const found = await shared(returnsScope, [...new Set(names)].sort());
  return [...found.values()].map((content) => JSON.parse(content) as WholeReturn);
}

/** Whether a later whole return of the line's council and time has it no longer. */
export function isTakenBack(row: Row, { at, seq }: KeptPiece, returns: readonly WholeReturn[]): boolean {
  return returns.some((whole) => {
    const [said, back] = [Date.parse(at), Date.parse(whole.at)];
    const later = back > said || (back === said && whole.seq > seq);
    return later && whole.council === row.council && isOf(row, whole);
  });
}

/** Whether a return of this period would have the line: it was of that period, or what it tells of falls into it. */
function isOf(row: Row, { start, end }: WholeReturn): boolean {
  if (readDay(row.periodStart) === start && readDay(row.periodEnd) === end) return true;
  const [from, to] = [readDay(row.start), readDay(row.end)];
  if (from === undefined) return false;
  if (eventTypeOf(row.eventType) === 'Service') return from <= end && (to === undefined || to >= start);
  return (to ?? from) >= start && (to ?? from) <= end;
}
