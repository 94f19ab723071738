import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { type CompletenessFacts, type Notice, noticesOf } from '../completeness.ts';
import { formatDay, formatInstant } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { passes } from '../filter.ts';
import type { Layout } from '../rows.ts';
import { count } from '../words.ts';
import type { Period } from './period.ts';

/** More than this, some two hundred sheets, is no document anybody reads: a shorter period is asked for. */
export const mostEntries = 2000;

/**
 * The entries of a period, nothing cut: what began in it, what reached into it from before, and everything without a date,
 * which cannot be ruled out.
 */
export function entriesOfPeriod(entries: readonly Entry[], { from, to }: Period): Entry[] {
  return entries.filter((entry) =>
    passes(entry, { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }),
  );
}

/** The words of a document's first part about what it may lack. */
export interface PaperWords {
  /** What is in it. */
  scope: string[];
  /** What is or may be missing now, gravest first. */
  gaps: string[];
  /** What always has to be said: how much is loaded, what is undated, left out or withheld. */
  notes: string[];
}

export interface PaperInput {
  period: Period;
  /** The document's own rows. */
  layout: Layout;
  /** What holds for the whole record, without a filter. */
  facts: CompletenessFacts;
  /** Streams whose answer is overdue, in words. */
  slow: readonly string[];
  /** Entries of the period that filters leave out, and what the filters are, in words; undefined where none is followed. */
  filtered: { hidden: number; words: string } | undefined;
}

/** What the document says about itself (T13, T3): period, filters, gaps, how far back it is complete, what is withheld. */
export function paperWords({ period, layout, facts, slow, filtered }: PaperInput): PaperWords {
  const notices = noticesOf(facts).filter(({ kind }) => kind !== 'filters');
  const scope = [
    `${count(layout.shown, 'entry', 'entries')} of ${period.words}.`,
    ...(period.from === undefined
      ? []
      : ['Stays and services that reach into the period are in it. So is what has no date.']),
    filtered === undefined
      ? 'No filter: every entry of the period that is loaded is here.'
      : `Filters are followed: ${filtered.words}. They leave out ${count(filtered.hidden, 'entry', 'entries')} of the period.`,
    ...(facts.readAt === undefined ? [] : [`Read from the record service at ${formatInstant(facts.readAt)}.`]),
  ];
  const gaps = [
    ...shortOf(period, layout, facts),
    ...notices.filter(isGap).map(({ text }) => text),
    ...slow.map((name) => `${name} have not been read yet: no answer so far. Entries may be missing.`),
  ];
  return { scope, gaps, notes: notices.filter((notice) => !isGap(notice)).map(({ text }) => text) };
}

const quiet: ReadonlySet<Notice['kind']> = new Set(['loaded', 'empty', 'undated', 'withdrawn', 'withheld', 'standing']);

function isGap({ kind }: Notice): boolean {
  return !quiet.has(kind);
}

/** Where loading has not come as far back as the period reaches. */
function shortOf(period: Period, layout: Layout, { completeTo }: CompletenessFacts): string[] {
  if (layout.rows.some((row) => row.type === 'upcoming' && !row.complete)) {
    return ['Bookings were still loading: what is booked is not printed.', ...unread(period, completeTo)];
  }
  return unread(period, completeTo);
}

function unread({ from }: Period, completeTo: string): string[] {
  if (completeTo === 'all') return [];
  if (completeTo === 'none') return ['No part of this period was read whole. Entries are missing.'];
  const reached = parsePartialDate(completeTo)?.start;
  if (reached === undefined) return ['How far back this period is complete is not known.'];
  if (from !== undefined && reached <= from) return [];
  return [`This period is complete only back to ${formatDay(reached)}. Earlier entries are missing or may be.`];
}

/** The document's last line: nobody may take its end for the end of a record. */
export function endWords({ layout, facts, period, filtered }: PaperInput): string {
  if (layout.shown === 0) {
    const where = filtered === undefined ? '' : ' that the filters let through';
    return `No entry of this period${where} among what is loaded. This does not mean no care was given.`;
  }
  const whole = facts.completeTo === 'all' && facts.failedStreams.length === 0 && period.from === undefined;
  return whole
    ? 'End of what the connected sources sent. Services that are not connected may hold more.'
    : 'End of this document. There may be more outside its period, and from services that are not connected.';
}
