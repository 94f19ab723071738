import type { Entry } from './entry.ts';

/** The bands of the feed, from top to bottom. */
export type Band = 'upcoming' | 'now' | 'past' | 'undated';

/** Heads the future: how many lie ahead, and whether all of them or only the next booking is unfolded. */
export interface UpcomingRow {
  type: 'upcoming';
  key: 'upcoming';
  /** `Next booked`, `Upcoming`, `Bookings are loading`. */
  label: string;
  /** Entries in the future that filters let through. */
  count: number;
  /** How many of them stand folded away. */
  folded: number;
  expanded: boolean;
  /** False while bookings nearer to today may still be loading, so that no booking may be called the next one. */
  complete: boolean;
  /** `filters hide 2`, of what lies ahead: then none that is shown may be called the next one either. */
  hides?: string;
}

/** The line between future and past, with today's date. */
interface NowRow {
  type: 'now';
  key: 'now';
  /** `Now, Sun 22-Nov-2026`. */
  label: string;
  /** Long form for screen readers: `Now, Sunday 22 November 2026`. */
  spoken: string;
}

/** Heads the Now band (open stays, active packages) or the band "Date not known". */
interface BandRow {
  type: 'band';
  key: 'band:now' | 'band:undated';
  band: 'now' | 'undated';
  label: string;
  count: number;
  /** `filters hide 2`, of what is open: a band that a filter has emptied still says so (misreading 5). */
  hides?: string;
}

/** Heads a month (`November 2026`), or what states a year and no month (`2019, month not known`). */
interface MonthRow {
  type: 'month';
  key: string;
  label: string;
  year: number;
  /** True on the first heading of a year. */
  newYear: boolean;
  /** Entries standing under this heading. */
  count: number;
}

/** Heads the items of a day, or month, whose order within it nobody stated (misreading 21). */
interface UntimedRow {
  type: 'untimed';
  key: string;
  /** `Time not known` or `Day not known`. */
  label: string;
  /** The day or month: `14-Nov-2026`, `Nov-2026`. */
  date: string;
  count: number;
}

export interface EntryRow {
  type: 'entry';
  /** `entry:` and the entry's key. */
  key: string;
  band: Band;
  entry: Entry;
  /** From 1, among all entry rows of this layout: for `aria-posinset`. */
  position: number;
}

/** The thin line a closed stay leaves at its end; it refers to the stay and is no entry of its own. */
interface DischargeRow {
  type: 'discharge';
  key: string;
  /** The stay it belongs to. */
  entry: Entry;
  /** `Discharged: hospital stay: hip fracture, which began 14-Nov-2026`. */
  label: string;
  /** `19-Nov-2026 15:30`. */
  date: string;
}

/** Where an entry stood that its source withdrew while the page was open (misreading 13); it is no entry. */
interface WithdrawnRow {
  type: 'withdrawn';
  key: string;
  /** `Withdrawn by Whittington Hospital: hospital stay, shown here before. …` */
  label: string;
  /** When it had been said to have happened: `19-Nov-2026 15:30`. */
  date: string;
}

/** Where a stream that could not be read leaves a hole (T3): entries may be missing from here down. */
export interface GapRow {
  type: 'gap';
  key: string;
  /** The stream to read again. */
  stream: string;
  label: string;
}

/** Ends the list: how far back it is complete. */
interface EndRow {
  type: 'end';
  key: 'end';
  label: string;
  complete: boolean;
}

/** One row of the virtualised feed. Every row has a key that no other row has and that stays while the record loads. */
export type Row =
  | UpcomingRow
  | NowRow
  | BandRow
  | MonthRow
  | UntimedRow
  | EntryRow
  | DischargeRow
  | WithdrawnRow
  | GapRow
  | EndRow;

/** A stream that failed, and where its hole begins. */
export interface Gap {
  /** Stream id, unique among gaps: `Encounter`; several with spaces between, where they share a hole. */
  stream: string;
  /** In words: `Visits, stays and calls`. */
  streamName: string;
  /** Names of the sources behind it: `GP records (EMIS)`. */
  sources: readonly string[];
  /** What is older than this instant (epoch milliseconds) was not read; undefined when nothing of it was. */
  from: number | undefined;
}

/** The feed as laid out, with the figures the trust line states. */
export interface Layout {
  rows: Row[];
  /** Entry rows in the feed as it stands: what a reader can reach. */
  shown: number;
  /** Bookings folded away under Upcoming, whose head counts them. */
  folded: number;
  /** Source resources the entries shown and folded stand for, nested and joined ones counted. */
  statements: number;
  /** Read, but older than what every live stream has been read back to: they follow as loading goes on (T2). */
  held: number;
  /** Entries a filter hides. */
  hidden: number;
  /** Entries without a date among them. */
  undated: number;
  /** Every entry that is not held, filtered or not, newest first: what the overview and the filters' counts stand on. */
  standing: readonly Entry[];
}
