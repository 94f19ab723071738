import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { CareEvent } from './events.ts';
import { readDay } from './day.ts';
import { hadCome } from './extension.ts';
import { isLater } from './fold.ts';
import type { Teller } from './teller.ts';
import { holdsAccessCode } from './access-code.ts';
import { isCarersLine } from './statement.ts';

/** What both feeds come to about when an event was and how far it has come. */
export interface EventFacts {
  /** FHIR date or dateTime. */
  start: string | undefined;
  end: string | undefined;
  stage: 'planned' | 'open' | 'onhold' | 'closed' | 'cancelled';
  labels: string[];
}

export function factsOf(teller: Teller, each: CareEvent): EventFacts {
  const { line, detail } = each;
  const start = timeOf(teller, each, 'start');
  const end = timeOf(teller, each, 'end');
  const labels = [
    ...(detail?.value.labels ?? []),
    ...each.labels,
    ...(holdsAccessCode(line?.row.description, detail?.value.name, detail?.value.summary) ? ['R'] : []),
  ];
  return { start, end, stage: stageOf(each, end), labels };
}

/** The return has days, the extension may have times: the more exact one, unless they are of different days. */
function timeOf(teller: Teller, { event, line, detail }: CareEvent, which: 'start' | 'end'): string | undefined {
  const written = line?.row[which];
  const day = readDay(written);
  const time = detail?.value[which];
  if (written !== undefined && day === undefined) {
    teller.doubts.add(`${event} with a date of its ${which} that cannot be read: told without it.`);
  }
  if (day === undefined || time === undefined) return time ?? day;
  if (isWithin(time, day)) return time;
  teller.doubts.add(
    `${event} whose ${which} is another day in the return than in the extension: the later statement is told.`,
  );
  return line !== undefined && detail !== undefined && isLater(line.piece, detail.piece) ? day : time;
}

function isWithin(time: string, day: string): boolean {
  const [a, b] = [parsePartialDate(time), parsePartialDate(day)];
  return a !== undefined && b !== undefined && a.start < b.end && b.start < a.end;
}

/** An open end is an event under way. Only the extension knows of plans, pauses and cancellations. */
function stageOf({ line, detail }: CareEvent, end: string | undefined): EventFacts['stage'] {
  if (line === undefined) return detail?.value.status ?? 'open';
  const { row, piece } = line;
  const ended = row.end !== undefined && (readDay(row.end) === undefined || hadCome(end ?? readDay(row.end), piece.at));
  if (detail !== undefined && !(ended && isLater(piece, detail.piece))) return detail.value.status;
  if (ended) return 'closed';
  const start = readDay(row.start);
  return start !== undefined && !hadCome(start, piece.at) ? 'planned' : 'open';
}

/** Whether it is told of somebody as a carer, whose own record this is. */
export function isCarer({ line, detail }: CareEvent): boolean {
  return detail?.value.asCarer === true || (line !== undefined && isCarersLine(line.row));
}
