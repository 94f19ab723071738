import type { PartialDate } from '../../fhir/partial-date.ts';
import { formatDate, hasDay, monthName, wallClock } from './dates.ts';
import { compareDates } from './order.ts';
import type { Row } from './rows.ts';

/** Something that stands in the past: an entry, a line of a discharge or a withdrawal, or a gap marker. */
export interface PastItem {
  /** What it is dated by; undefined for a gap, which stands at an instant. */
  date: PartialDate | undefined;
  /** Epoch milliseconds. */
  at: number;
  row: Row;
}

interface Run {
  key: string;
  label: string;
  year: number;
  items: PastItem[];
}

/**
 * The past, newest first, under headings of month and year. What names only a year stands under a heading of its own at
 * the end of that year. Items of one day without a time stand together under "Time not known" where something else is
 * dated by the same day, so that no order is implied (misreading 21).
 */
export function pastRows(items: readonly PastItem[]): Row[] {
  const rows: Row[] = [];
  const used = new Map<string, number>();
  let year: number | undefined;
  for (const run of runsOf([...items].sort(compareItems))) {
    const repeats = used.get(run.key) ?? 0;
    used.set(run.key, repeats + 1);
    if (run.label !== '') {
      rows.push({
        type: 'month',
        key: repeats === 0 ? run.key : `${run.key}:${repeats + 1}`,
        label: run.label,
        year: run.year,
        newYear: run.year !== year,
        count: run.items.filter((item) => item.row.type === 'entry').length,
      });
      year = run.year;
    }
    rows.push(...withUntimed(run.items, used));
  }
  return rows;
}

/** A gap stands above what it may be missing from; a discharge line above the entries of its instant. */
const order: Partial<Record<Row['type'], number>> = { gap: 0, withdrawn: 1, discharge: 1, entry: 2 };

function compareItems(a: PastItem, b: PastItem): number {
  if (a.at !== b.at) return b.at - a.at;
  const dated = a.date !== undefined && b.date !== undefined ? compareDates(a.date, b.date) : 0;
  if (dated !== 0) return dated;
  const byType = (order[a.row.type] ?? 0) - (order[b.row.type] ?? 0);
  if (byType !== 0) return byType;
  return a.row.key < b.row.key ? -1 : 1;
}

const day = 86_400_000;
/** More than London's clock was ever ahead. */
const hours = 10_800_000;

function runsOf(items: readonly PastItem[]): Run[] {
  const runs: Run[] = [];
  // Neighbours mostly share a month: only at its edges does a day's own clock have to be read.
  let within: { from: number; to: number; heading: Place['heading'] } | undefined;
  const headingOf = (date: PartialDate): Place['heading'] => {
    if (within !== undefined && date.precision !== 'year' && date.start >= within.from && date.start < within.to) {
      return within.heading;
    }
    const { heading } = placeOf(date);
    if (date.precision !== 'year') {
      const { year, month } = wallClock(date);
      within = { from: Date.UTC(year, month - 1, 2), to: Date.UTC(year, month, 1) - day, heading };
    }
    return heading;
  };
  for (const item of items) {
    const last = runs.at(-1);
    // A gap marker opens no month: it stays with what stands above it, or stands before the first heading.
    const heading = item.date === undefined ? undefined : headingOf(item.date);
    if (last !== undefined && (heading === undefined || last.key === heading.key)) last.items.push(item);
    else runs.push({ ...(heading ?? { key: 'before', label: '', year: 0 }), items: [item] });
  }
  return runs;
}

/** Where a date stands: under which heading, in which month and day. Dates are read once and laid out many times. */
interface Place {
  heading: Omit<Run, 'items'>;
  month: string;
  /** Undefined for what states no day. */
  day: string | undefined;
}

const places = new WeakMap<PartialDate, Place>();

function placeOf(date: PartialDate): Place {
  const known = places.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = wallClock(date);
  const monthKey = `${year}-${String(month).padStart(2, '0')}`;
  const heading =
    date.precision === 'year'
      ? { key: `year:${year}`, label: `${year}, month not known`, year }
      : { key: `month:${monthKey}`, label: monthName(year, month), year };
  const place = { heading, month: monthKey, day: hasDay(date) ? `${monthKey}-${day}` : undefined };
  places.set(date, place);
  return place;
}

function withUntimed(items: readonly PastItem[], used: Map<string, number>): Row[] {
  // Where everything states its time nothing has to be counted.
  if (!items.some(({ date }) => date?.precision === 'day' || date?.precision === 'month')) {
    return items.map(({ row }) => row);
  }
  const all = new Map<string, number>();
  const untimed = new Map<string, number>();
  const bump = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const dated = items.flatMap(({ row, date }) => (row.type === 'entry' && date !== undefined ? [date] : []));
  const days: PartialDate[] = [];
  for (const date of dated) {
    const key = untimedKey(date);
    if (key === undefined) continue;
    const isFirst = !untimed.has(key);
    bump(untimed, key);
    // All of a run stand in its month.
    if (date.precision === 'month') all.set(key, dated.length);
    else if (isFirst) days.push(date);
  }
  for (const date of dated) {
    // The clock is read only of what may stand on such a day.
    const near = days.some(({ start, end }) => date.start > start - hours && date.start < end + hours);
    const day = near ? placeOf(date).day : undefined;
    if (day !== undefined) bump(all, day);
  }
  const rows: Row[] = [];
  for (const item of items) {
    const key = item.row.type === 'entry' && item.date !== undefined ? untimedKey(item.date) : undefined;
    if (key !== undefined && item.date !== undefined && (all.get(key) ?? 0) > 1) {
      const rowKey = `untimed:${key}`;
      if (!used.has(rowKey)) {
        used.set(rowKey, 1);
        const label = item.date.precision === 'day' ? 'Time not known' : 'Day not known';
        rows.push({ type: 'untimed', key: rowKey, label, date: formatDate(item.date), count: untimed.get(key) ?? 0 });
      }
    }
    rows.push(item.row);
  }
  return rows;
}

function untimedKey(date: PartialDate): string | undefined {
  if (date.precision === 'day') return placeOf(date).day;
  return date.precision === 'month' ? placeOf(date).month : undefined;
}
