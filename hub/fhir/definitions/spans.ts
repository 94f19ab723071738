import type { Period, Timing } from 'fhir/r4';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import type { Span } from '../../store/rows.ts';
import { many } from './elements.ts';

// Instants a database holds and sorts as ISO 8601 with four-digit years. Feeds write 9999-12-31 for "no end".
const lastInstant = Date.UTC(9999, 11, 30);
// Years before this are a system's null (0001-01-01), and JavaScript would read 0001 as 1901.
const firstYear = '1000';

const overStatuses = new Set([
  'finished',
  'completed',
  'cancelled',
  'rejected',
  'failed',
  'revoked',
  'inactive',
  'entered-in-error',
]);

/** Whether a status says that what a resource tells of is over. */
export function isOver({ status }: { status?: string | undefined }): boolean {
  return status !== undefined && overStatuses.has(status);
}

/** The span a `date`, `dateTime` or `instant` stands for, or undefined when it is no date (it is then not known). */
export function dateSpan(text: string | undefined): Span | undefined {
  const date = read(text);
  return date === undefined ? undefined : { start: instant(date.start), end: instant(date.end) };
}

/**
 * The span of a Period. Without an end it is open, unless what it describes is over: then it lasts as long as its start
 * was stated (a day, a second). An end before the start is a mistake of the source: the start holds.
 */
export function periodSpan(period: Period | undefined, over = false): Span | undefined {
  const start = read(period?.start);
  const end = read(period?.end);
  if (start === undefined) return end === undefined ? undefined : { start: undefined, end: instant(end.end) };
  if (end === undefined) return { start: instant(start.start), end: over ? instant(start.end) : undefined };
  return { start: instant(start.start), end: instant(end.end > start.start ? end.end : start.end) };
}

/** From the first to the last event of a Timing, or the bounds of its repetition. */
export function timingSpan(timing: Timing | undefined): Span | undefined {
  const events = many(timing?.event).flatMap((event) => read(event) ?? []);
  if (events.length === 0) return periodSpan(timing?.repeat?.boundsPeriod);
  return {
    start: instant(Math.min(...events.map((event) => event.start))),
    end: instant(Math.max(...events.map((event) => event.end))),
  };
}

function read(text: string | undefined): PartialDate | undefined {
  return typeof text === 'string' && text.slice(0, 4) >= firstYear ? parsePartialDate(text) : undefined;
}

/** ISO 8601 UTC, or undefined (unbounded) past the last day a four-digit year can hold. */
function instant(millis: number): string | undefined {
  return millis > lastInstant ? undefined : new Date(millis).toISOString();
}
