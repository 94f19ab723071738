import { parsePartialDate, type PartialDate } from '../../fhir/partial-date.ts';
import { formatDate, isoDay } from './dates.ts';

/** Whole London days, both counted in, as ISO dates; an absent end is open. */
export interface Period {
  from?: string;
  to?: string;
}

/** The instants (epoch milliseconds) a filter compares with: from the first day's start to before the last day's end. */
export function instantsOf({ from, to }: Period): { from?: number; to?: number } {
  const first = dayOf(from);
  const last = dayOf(to);
  return {
    ...(first === undefined ? {} : { from: first.start }),
    ...(last === undefined ? {} : { to: last.end }),
  };
}

/** The whole days that two instants reach into; `to` is the first instant no longer meant. */
export function periodOf({ from, to }: { from: number; to: number }): Period {
  return { from: isoDay(from), to: isoDay(Math.max(from, to - 1)) };
}

/** `01-Nov-2024 to 22-Nov-2026`, `from 01-Nov-2024`, `to 22-Nov-2026`; undefined where neither end is set. */
export function periodWords({ from, to }: Period): string | undefined {
  const [first, last] = [words(from), words(to)];
  if (first !== undefined && last !== undefined) return `${first} to ${last}`;
  if (first !== undefined) return `from ${first}`;
  return last === undefined ? undefined : `to ${last}`;
}

/** The text where it is a day that may be filtered by, else undefined: a date field half typed reads as the year 2. */
export function readDay(text: string | null | undefined): string | undefined {
  const day = dayOf(text ?? undefined);
  return day !== undefined && day.text >= '1880' ? day.text : undefined;
}

function words(text: string | undefined): string | undefined {
  const day = dayOf(text);
  return day === undefined ? undefined : formatDate(day);
}

function dayOf(text: string | undefined): PartialDate | undefined {
  const date = parsePartialDate(text);
  return date?.precision === 'day' ? date : undefined;
}
