import type { Family, Telling } from './signs.ts';
import { type Verdict, weigh } from './score.ts';

const day = 86_400_000;
/** A stay longer than this is looked for only by its beginning. */
const longest = 400 * day;

/** Pairs of families that may tell of one event; letters are looked up by what they are about. */
const kin: readonly (readonly [Family, Family])[] = [
  ['stay', 'stay'],
  ['emergency', 'emergency'],
  ['outpatient', 'outpatient'],
  ['visit', 'visit'],
  ['urgent', 'urgent'],
  ['community', 'community'],
  ['mental-health', 'mental-health'],
  ['gp', 'gp'],
  ['booking', 'booking'],
  ['visit', 'stay'],
  ['visit', 'emergency'],
  ['visit', 'outpatient'],
  ['booking', 'outpatient'],
  ['booking', 'visit'],
  ['booking', 'community'],
  ['booking', 'mental-health'],
  ['booking', 'gp'],
  ['letter', 'stay'],
  ['letter', 'emergency'],
  ['letter', 'outpatient'],
  ['letter', 'visit'],
  ['letter', 'urgent'],
  ['letter', 'mental-health'],
  ['letter', 'letter'],
];

/**
 * Weighs the pairs of two sources that are near enough in time to be compared: neighbours in a window over entries sorted by
 * time, so that a long record costs little more than the sorting.
 */
export function verdictsOf(tellings: readonly Telling[]): Verdict[] {
  const sources = new Set<string>();
  const byFamily = new Map<Family, Telling[]>();
  for (const telling of tellings) {
    const { family, source, at } = telling;
    if (family === undefined || source === undefined || Number.isNaN(at)) continue;
    sources.add(source);
    const list = byFamily.get(family);
    if (list === undefined) byFamily.set(family, [telling]);
    else list.push(telling);
  }
  if (sources.size < 2) return [];
  for (const list of byFamily.values()) list.sort((a, b) => a.at - b.at);
  const verdicts: Verdict[] = [];
  for (const [x, y] of kin) {
    const [xs, ys] = [byFamily.get(x), byFamily.get(y)];
    if (xs === undefined || ys === undefined || !ofTwoSources(xs, ys)) continue;
    // What a letter is not about is not near it.
    const some = x === 'letter' && y !== 'letter' ? xs.filter(({ about }) => about.includes(y)) : xs;
    scan(some, ys, windowOf(x, y, xs, ys), verdicts);
  }
  return verdicts;
}

function ofTwoSources(xs: readonly Telling[], ys: readonly Telling[]): boolean {
  const first = xs[0]?.source;
  const isOther = ({ source }: Telling): boolean => source !== first;
  return xs.some(isOther) || ys.some(isOther);
}

/** How far before and after the beginning of one the other may begin; nearer, where both name the minute. */
interface Window {
  before: number;
  after: number;
  timed: number;
}

function windowOf(x: Family, y: Family, xs: readonly Telling[], ys: readonly Telling[]): Window {
  if (x === 'letter' && y !== 'letter') {
    return { before: 60 * day + lengthOf(ys), after: 2 * day, timed: Infinity };
  }
  if (y === 'stay') return { before: lengthOf(ys) + 4 * day, after: lengthOf(xs) + 4 * day, timed: Infinity };
  // What is told by its day begins for us at midnight; a letter is told by what it is about, and its copy by when it was written.
  if (y === 'letter') return { before: 60 * day, after: 60 * day, timed: Infinity };
  return { before: 2.1 * day, after: 2.1 * day, timed: 1.1 * day };
}

function lengthOf(tellings: readonly Telling[]): number {
  let most = 0;
  for (const telling of tellings) {
    const length = (telling.entry.end?.end ?? 0) - telling.at;
    if (length > most && length < longest) most = length;
  }
  return most;
}

function scan(
  xs: readonly Telling[],
  ys: readonly Telling[],
  { before, after, timed }: Window,
  verdicts: Verdict[],
): void {
  let first = 0;
  for (const [place, a] of xs.entries()) {
    const { at } = a;
    while ((ys[first]?.at ?? Infinity) < at - before) first += 1;
    for (let next = xs === ys ? place + 1 : first; next < ys.length; next += 1) {
      const b = ys[next];
      if (b === undefined || b.at > at + after) break;
      if (a.source === b.source || (a.timed && b.timed && Math.abs(b.at - at) > timed)) continue;
      const verdict = weigh(a, b);
      if (verdict !== undefined) verdicts.push(verdict);
    }
  }
}
