import type { EntryRow, Row, UpcomingRow } from '../../timeline/rows.ts';

/** Rows that are no entry: they stand at the head of the entry they precede. */
export type LeadRow = Exclude<Row, EntryRow | UpcomingRow>;

/** One article of the feed: an entry, and the headings, lines and gaps directly above it. */
export interface FeedItem {
  key: string;
  lead: readonly LeadRow[];
  row: EntryRow;
}

export interface GroupedRows {
  /** Heads the future; it stands above the feed. */
  upcoming: UpcomingRow | undefined;
  items: readonly FeedItem[];
  /** What follows the last entry: it stands below the feed. */
  tail: readonly LeadRow[];
}

/**
 * A feed may own nothing but articles (WAI-ARIA 1.2, feed), so headings, the Now line and gaps go into the article they
 * precede, where a screen reader meets them in order. Every row stands in exactly one place.
 */
export function groupRows(rows: readonly Row[]): GroupedRows {
  let upcoming: UpcomingRow | undefined;
  let lead: LeadRow[] = [];
  const items: FeedItem[] = [];
  for (const row of rows) {
    if (row.type === 'upcoming') upcoming = row;
    else if (row.type === 'entry') {
      items.push({ key: row.key, lead, row });
      lead = [];
    } else lead.push(row);
  }
  return { upcoming, items, tail: lead };
}
