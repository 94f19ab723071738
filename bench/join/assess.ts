import type { Resource } from 'fhir/r4';
import type { TruthRecord } from '../../mocks/truth-set/truth.ts';
import type { MapContext } from '../../src/timeline/context.ts';
import type { Entry } from '../../src/timeline/entry.ts';
import { joinEntries } from '../../src/timeline/join.ts';
import { mapRecord } from '../../src/timeline/to-entries.ts';

/** What became of pairs of rows that tell of one event, or were taken to. */
export interface Tally {
  /** Pairs that tell of one event. */
  pairs: number;
  /** Pairs the join brought together, and how many of those are one event. */
  joined: number;
  right: number;
  /** Pairs of one event that stayed apart, and how many of those say so. */
  missed: number;
  unsure: number;
}

/** A join that is none: both statements in their own words. */
export interface FalseJoin {
  person: string;
  kinds: string;
  because: string;
  statements: string[];
}

/** All people's pairs by kinds and by noise, and every false join. */
export interface Assessment {
  people: number;
  all: Tally;
  byKinds: Map<string, Tally>;
  byNoise: Map<string, Tally>;
  falseJoins: FalseJoin[];
  /** Pairs of two events that were marked as possibly one. */
  needlessDoubts: number;
}

export function emptyAssessment(): Assessment {
  return {
    people: 0,
    all: emptyTally(),
    byKinds: new Map(),
    byNoise: new Map(),
    falseJoins: [],
    needlessDoubts: 0,
  };
}

function emptyTally(): Tally {
  return { pairs: 0, joined: 0, right: 0, missed: 0, unsure: 0 };
}

/** Joins one record and adds what came of it. A row tells of every event that its statements are labelled with. */
export function assess(
  record: TruthRecord,
  now: number,
  into: Assessment,
  onMissed?: (a: string, b: string, apart: string) => void,
): void {
  into.people += 1;
  const resources: Resource[] = record.resources;
  const context: MapContext = { now, patientId: record.person, included: new Map() };
  const alone = mapRecord(resources, context).entries;
  const joined = joinEntries(alone);
  const rowOf = new Map<string, Entry>();
  const because = new Map<string, string>();
  for (const row of joined) {
    rowOf.set(row.key, row);
    for (const witness of row.joined?.witnesses ?? []) {
      rowOf.set(witness.entry.key, row);
      because.set(witness.entry.key, witness.because ?? '');
    }
  }
  const events = new Map(alone.map((entry) => [entry.key, eventsOf(entry, record)]));
  for (const [a, b] of truePairs(alone, events)) {
    const together = rowOf.get(a.key) === rowOf.get(b.key);
    const doubt = rowOf.get(a.key)?.unsure?.find(({ key }) => key === rowOf.get(b.key)?.key);
    if (!together) onMissed?.(wordsOf(a, record), wordsOf(b, record), doubt?.apart ?? 'not said');
    for (const tally of talliesOf(a, b, record, into)) {
      tally.pairs += 1;
      if (together) {
        tally.joined += 1;
        tally.right += 1;
      } else tally.missed += 1;
      if (!together && doubt !== undefined) tally.unsure += 1;
    }
  }
  for (const row of joined) {
    const witnesses = row.joined?.witnesses.map(({ entry }) => entry) ?? [];
    for (const [place, a] of witnesses.entries()) {
      for (const b of witnesses.slice(place + 1)) {
        if (shareEvent(events.get(a.key), events.get(b.key))) continue;
        for (const tally of talliesOf(a, b, record, into)) tally.joined += 1;
        into.falseJoins.push({
          person: record.person,
          kinds: kindsOf(a, b),
          because: because.get(b.key) ?? '',
          statements: [a, b].map((entry) => wordsOf(entry, record)),
        });
      }
    }
    for (const { key } of row.unsure ?? []) {
      const other = rowOf.get(key);
      if (other === undefined || key < row.key) continue;
      if (!shareEvent(rowEvents(row, record), rowEvents(other, record))) into.needlessDoubts += 1;
    }
  }
}

function eventsOf(entry: Entry, { labels }: TruthRecord): ReadonlySet<string> {
  return new Set(entry.statements.map(({ reference }) => labels.get(reference)).filter((label) => label !== undefined));
}

function rowEvents(row: Entry, record: TruthRecord): ReadonlySet<string> {
  return eventsOf(row, record);
}

function shareEvent(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a !== undefined && b !== undefined && [...a].some((event) => b.has(event));
}

/** Two sources' rows of one event: what one source tells twice is its own to settle. */
function* truePairs(
  entries: readonly Entry[],
  events: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<[Entry, Entry]> {
  const tellers = new Map<string, Entry[]>();
  for (const entry of entries)
    for (const event of events.get(entry.key) ?? []) tellers.set(event, [...(tellers.get(event) ?? []), entry]);
  const seen = new Set<string>();
  for (const rows of tellers.values()) {
    for (const [place, a] of rows.entries()) {
      for (const b of rows.slice(place + 1)) {
        const pair = `${a.key} ${b.key}`;
        if (seen.has(pair) || a.statements[0]?.source === b.statements[0]?.source) continue;
        seen.add(pair);
        yield [a, b];
      }
    }
  }
}

function talliesOf(a: Entry, b: Entry, { noise }: TruthRecord, into: Assessment): Tally[] {
  const noises = new Set([a, b].flatMap(({ key }) => noise.get(key) ?? []));
  const tallies = [into.all, tallyOf(into.byKinds, kindsOf(a, b))];
  for (const name of noises.size === 0 ? ['as it was'] : noises) tallies.push(tallyOf(into.byNoise, name));
  return tallies;
}

function tallyOf(map: Map<string, Tally>, name: string): Tally {
  const tally = map.get(name) ?? emptyTally();
  map.set(name, tally);
  return tally;
}

function kindsOf(a: Entry, b: Entry): string {
  return [a.kind, b.kind].sort().join(' + ');
}

function wordsOf(entry: Entry, { labels, noise }: TruthRecord): string {
  const when = `${entry.start?.text ?? 'no date'} to ${entry.end?.text ?? '-'}`;
  const written = noise.get(entry.key)?.join(', ') ?? 'as it was';
  const source = entry.statements[0]?.source ?? 'nobody';
  return `${source}: ${entry.title} | ${entry.detail.join(' · ')} | ${when} | ${entry.key} tells of ${labels.get(entry.key) ?? 'nothing'} (${written})`;
}

/** Wilson's score interval of a share, 95 % (E. B. Wilson, 1927). */
export function wilson(hits: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return { low: (middle - spread) / whole, high: Math.min(1, (middle + spread) / whole) };
}
