import { parsePartialDate } from '../../fhir/partial-date.ts';
import { hiderOf, hideWords } from './completeness/find-notices.ts';
import { daysBetween, formatDate, formatDateTime, formatWeekday, isoDay, spokenDay } from './dates.ts';
import type { Entry } from './entry.ts';
import { type Filter, isFiltering, passes } from './filter.ts';
import { compareEntries } from './order.ts';
import { type PastItem, pastRows } from './past-rows.ts';
import type { Band, EntryRow, Gap, GapRow, Layout, Row } from './rows.ts';
import { count, lowerStart } from './words.ts';

/** What the feed is laid out from. */
export interface LayoutInput {
  entries: readonly Entry[];
  /** Epoch milliseconds. */
  now: number;
  /** Nothing older than this instant is shown (T2): Infinity before the first pages, -Infinity when all is read. */
  watermark: number;
  /** Whether older entries are on their way, were stopped by the reader, or are all here. */
  status: 'loading' | 'stopped' | 'all';
  filter: Filter;
  upcomingExpanded: boolean;
  /** Streams that failed (T3). */
  gaps: readonly Gap[];
  /** Lines of what was withdrawn while the page was open (misreading 13); no filter hides them. */
  withdrawn?: readonly PastItem[];
}

/**
 * Lays entries out as the flat rows of the feed, from the future down to what has no date. Every entry given stands in
 * exactly one row, or is counted in `held` or `hidden`, or is folded under Upcoming. While pages load, rows are only
 * ever added; what stands keeps its key and its order (T2). What is open stands under Now even before its
 * page is due: a stay must never be missing from Now because it began long ago (misreading 5).
 */
export function layOut(given: LayoutInput): Layout {
  const input = { ...given, watermark: wholeDays(given.watermark) };
  const { now, watermark, filter } = input;
  const sorted = [...input.entries].sort(compareEntries);
  const standing = sorted.filter((entry) => stands(entry, input));
  const visible = isFiltering(filter) ? standing.filter((entry) => passes(entry, filter)) : standing;
  const bands: Record<Band, Entry[]> = { upcoming: [], now: [], past: [], undated: [] };
  for (const entry of visible) bands[bandOf(entry, now)].push(entry);
  const hidesIn = hidersOf(standing, visible, input);

  const gapsAbove = input.gaps.filter((gap) => gap.from === undefined || gap.from > now);
  const gapsBelow = input.gaps.filter((gap) => gap.from !== undefined && gap.from <= now);
  const rows: Row[] = gapsAbove.map(gapRow);
  const folded = upcomingRows(rows, bands.upcoming, input, hidesIn('upcoming'));
  rows.push({ type: 'now', key: 'now', label: `Now, ${formatWeekday(now)}`, spoken: `Now, ${spokenDay(now)}` });
  const hidesOpen = hidesIn('now');
  if (bands.now.length > 0 || hidesOpen !== undefined) {
    rows.push({
      type: 'band',
      key: 'band:now',
      band: 'now',
      label: 'Open now',
      count: bands.now.length,
      ...(hidesOpen !== undefined && { hides: hidesOpen }),
    });
    for (const entry of bands.now) rows.push(entryRow(entry, 'now'));
  }
  rows.push(...pastRows([...pastItems(bands.past, gapsBelow, now, watermark), ...(input.withdrawn ?? [])]));
  if (bands.undated.length > 0) {
    const { length } = bands.undated;
    rows.push({ type: 'band', key: 'band:undated', band: 'undated', label: 'Date not known', count: length });
    for (const entry of bands.undated) rows.push(entryRow(entry, 'undated'));
  }
  rows.push(endRow(input, visible.length, standing.length, bands.upcoming.length));
  number(rows);
  return {
    rows,
    shown: visible.length - folded,
    folded,
    statements: visible.reduce((sum, entry) => sum + entry.statements.length, 0),
    held: sorted.length - standing.length,
    hidden: standing.length - visible.length,
    undated: bands.undated.length,
    standing,
  };
}

/**
 * The first start of a London day at or after the watermark: what has only a date stands among the whole day, so a day is
 * shown whole or not at all.
 */
function wholeDays(watermark: number): number {
  const day = Number.isFinite(watermark) ? parsePartialDate(isoDay(watermark)) : undefined;
  if (day === undefined) return watermark;
  return day.start === watermark ? watermark : day.end;
}

/** Where an entry stands. What is planned for today without a time still lies ahead. */
export function bandOf(entry: Entry, now: number): Band {
  if (entry.lasting && entry.state === 'open') return 'now';
  if (entry.start === undefined) return 'undated';
  return entry.start.start > now || (entry.state === 'planned' && entry.start.end > now) ? 'upcoming' : 'past';
}

function stands(entry: Entry, { now, watermark, status }: LayoutInput): boolean {
  const band = bandOf(entry, now);
  if (band === 'now') return true;
  // The undated come last in every stream: shown before the end they would be pushed down by every page.
  if (entry.start === undefined) return watermark === -Infinity || status !== 'loading';
  return entry.start.start >= watermark;
}

/** Adds the future, farthest first, folded to the next booking; returns how many entries are folded away. */
function upcomingRows(rows: Row[], upcoming: readonly Entry[], input: LayoutInput, hides: string | undefined): number {
  const complete = input.watermark <= input.now;
  const next = upcoming.findLast((entry) => entry.state === 'planned') ?? upcoming.at(-1);
  const hiding = hides === undefined ? {} : { hides };
  if (next === undefined) {
    const row = { type: 'upcoming', key: 'upcoming', count: 0, folded: 0, expanded: false, complete } as const;
    if (hides !== undefined) rows.push({ ...row, label: complete ? 'Upcoming' : loadingLabel, ...hiding });
    return 0;
  }
  const open = input.upcomingExpanded || upcoming.length === 1;
  const unfolded = open && complete ? upcoming : complete ? [next] : [];
  const folded = upcoming.length - unfolded.length;
  rows.push({
    type: 'upcoming',
    key: 'upcoming',
    label: upcomingLabel(next, complete, folded > 0 && hides === undefined),
    count: upcoming.length,
    folded,
    expanded: open && complete,
    complete,
    ...hiding,
  });
  for (const entry of unfolded) rows.push(entryRow(entry, 'upcoming'));
  return folded;
}

const loadingLabel = 'Bookings are loading';

/** What is shown is called the next one only where it is: an earlier one may be hidden. */
function upcomingLabel(next: Entry, complete: boolean, isNext: boolean): string {
  if (!complete) return loadingLabel;
  return isNext && next.state === 'planned' ? 'Next booked' : 'Upcoming';
}

/** How many entries of a band are hidden, in words; undefined where none is. */
function hidersOf(
  standing: readonly Entry[],
  visible: readonly Entry[],
  { now, filter }: LayoutInput,
): (band: Band) => string | undefined {
  const hidden = new Map<Band, number>();
  if (visible.length < standing.length) {
    for (const [list, one] of [
      [standing, 1],
      [visible, -1],
    ] as const) {
      for (const entry of list) {
        const band = bandOf(entry, now);
        hidden.set(band, (hidden.get(band) ?? 0) + one);
      }
    }
  }
  return (band) => {
    const count = hidden.get(band) ?? 0;
    return count === 0 ? undefined : `${lowerStart(hideWords(hiderOf(filter)))} ${count}`;
  };
}

function pastItems(entries: readonly Entry[], gaps: readonly Gap[], now: number, watermark: number): PastItem[] {
  const past: PastItem[] = [];
  // After the entries, which stand in their order already, so that little is left to sort.
  const ends: PastItem[] = [];
  for (const entry of entries) {
    if (entry.start === undefined) continue;
    past.push({ date: entry.start, at: entry.start.start, row: entryRow(entry, 'past') });
    const { end } = entry;
    if (entry.kind !== 'stay' || entry.state !== 'closed' || end === undefined) continue;
    const onAnotherDay = end.start > entry.start.start && daysBetween(entry.start.start, end.start) !== 0;
    if (!onAnotherDay || end.start > now || end.start < watermark) continue;
    ends.push({ date: end, at: end.start, row: dischargeRow(entry, entry.start, end) });
  }
  for (const end of ends) past.push(end);
  for (const gap of gaps) past.push({ date: undefined, at: gap.from ?? now, row: gapRow(gap) });
  return past;
}

type Dated = NonNullable<Entry['start']>;

function dischargeRow(entry: Entry, start: Dated, end: Dated): Row {
  return {
    type: 'discharge',
    key: `discharge:${entry.key}`,
    entry,
    label: `End of ${lowerStart(entry.title)}, which began ${formatDate(start)}`,
    date: formatDateTime(end),
  };
}

function entryRow(entry: Entry, band: Band): EntryRow {
  return { type: 'entry', key: `entry:${entry.key}`, band, entry, position: 0 };
}

function gapRow(gap: Gap): GapRow {
  const who = gap.sources.length === 0 ? '' : ` from ${gap.sources.join(' and ')}`;
  const where =
    gap.from === undefined ? 'Entries may be missing anywhere below.' : 'Entries may be missing from here down.';
  return {
    type: 'gap',
    key: `gap:${gap.stream}`,
    stream: gap.stream,
    label: `${gap.streamName}${who} could not be read. ${where}`,
  };
}

function endRow(
  { status, watermark, gaps, filter }: LayoutInput,
  visible: number,
  standing: number,
  ahead: number,
): Row {
  const row = (label: string, complete: boolean): Row => ({ type: 'end', key: 'end', label, complete });
  const before = Number.isFinite(watermark) ? `Entries before ${formatWeekday(watermark).slice(4)}` : 'Entries';
  if (status === 'loading') return row(`${before} are loading.`, false);
  if (status === 'stopped') return row(`Loading stopped. ${before} are not shown.`, false);
  if (gaps.length > 0) return row('End of what could be read. Entries may be missing.', false);
  if (standing === 0) return row('Connected sources sent no entries. This does not mean no care was given.', true);
  if (visible < standing)
    return row(
      `End of the list. ${hideWords(hiderOf(filter))} ${count(standing - visible, 'entry', 'entries')}.`,
      true,
    );
  // Only bookings: an empty past is said, or it would read as "nothing to show yet" (T3).
  if (ahead === standing)
    return row('Connected sources sent no entry from before now. This does not mean no care was given.', true);
  return row('End of what the connected sources sent. Services that are not connected may hold more.', true);
}

function number(rows: readonly Row[]): void {
  let position = 0;
  for (const row of rows) {
    if (row.type !== 'entry') continue;
    position += 1;
    row.position = position;
  }
}
