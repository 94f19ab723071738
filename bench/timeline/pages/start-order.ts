import type { Resource } from 'fhir/r4';
import type { Entry } from '../../../src/timeline/entry.ts';
import { noFilter } from '../../../src/timeline/filter.ts';
import { joinEntries } from '../../../src/timeline/join.ts';
import { layOut } from '../../../src/timeline/layout.ts';
import { mapRecord } from '../../../src/timeline/to-entries.ts';
import type { Order } from '../measured.ts';
import { inMemory } from './record-in-memory.ts';

declare global {
  interface Window {
    order: Order;
    /** Of an engine started with `--expose-gc`: what one round leaves behind is not swept up in the next one's time. */
    gc?: () => void;
  }
}

const rounds = 6;

const { made: record } = await inMemory((record) => record);
const included = new Map<string, Resource>(record.included.map((one) => [`${one.resourceType}/${one.id ?? ''}`, one]));
const { now, patient } = record;
const context = { now, included, patientId: patient.id ?? '' };
const resources = JSON.stringify(Object.values(record.streams).flat());

/** The entries as the product has them once its pages have been mapped, of resources that nobody has met before. */
function mapped(): Entry[] {
  return mapRecord(JSON.parse(resources) as Resource[], context).entries;
}

/** Copies of which nothing is known but what they say: the join reads each anew, which the product does as it maps. */
function unread(given: readonly Entry[]): Entry[] {
  return given.map((entry) => ({
    ...entry,
    start: entry.start === undefined ? undefined : { ...entry.start },
    end: entry.end === undefined ? undefined : { ...entry.end },
  }));
}

/** The product's way: join, order, bands, months, lanes. */
function ours(given: readonly Entry[]): number {
  const joined = joinEntries(given);
  const watermark = -Infinity;
  return layOut({ entries: joined, now, watermark, status: 'all', filter: noFilter, upcomingExpanded: false, gaps: [] })
    .rows.length;
}

const month = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: 'long' });

/** The floor: sorted by date, grouped by month, as the page heads it in London, and by lane. */
function floor(given: readonly Entry[]): number {
  const sorted = given.toSorted((a, b) => (b.start?.start ?? -Infinity) - (a.start?.start ?? -Infinity));
  const months = Map.groupBy(sorted, ({ start }) => month.format(start?.start ?? 0));
  const lanes = Map.groupBy(sorted, ({ lane }) => lane);
  return sorted.length + months.size + lanes.size;
}

function timed(work: (given: readonly Entry[]) => number, given: readonly Entry[]): number {
  window.gc?.();
  const from = performance.now();
  const rows = work(given);
  const taken = performance.now() - from;
  if (rows < given.length / 2) throw new Error(`only ${rows} rows of ${given.length} entries`);
  return taken;
}

/** Entries per page of the hub. */
const page = 100;
/** Entries as the product has them when the last page arrives: all others have been drawn before. */
function lastPageNew(): Entry[] {
  const known = mapped();
  ours(known.slice(0, -page));
  return known;
}

const order: Order = { floor: [], ours: [], again: [], unread: [] };
for (let round = 0; round < rounds; round += 1) {
  const entries = mapped();
  order.floor.push(timed(floor, entries));
  order.ours.push(timed(ours, entries));
  order.again.push(timed(ours, lastPageNew()));
  order.unread.push(timed(ours, unread(entries)));
}
window.order = order;
