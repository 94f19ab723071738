import { lowerStart } from '../words.ts';
import type { KeyItem } from './topics.ts';

/** One thing, told by one source or by several: one line that names them all, with each one's own statement. */
export interface KeyLine<T extends KeyItem = KeyItem> {
  key: string;
  /** What gives the line its words. */
  head: T;
  /** The head first, as it was stated. */
  items: readonly [T, ...T[]];
  /** Where they do not say the same, in words. */
  differs: string[];
}

/** Said of a diagnosis that is no entry of a problem list. */
export const ofOneVisit = 'Diagnosis of a visit';

/**
 * Statements of one coded thing by different sources as one line (T4 for key information). Only an equal code makes them
 * one, and only where each source states it once: two hip fractures in one record stay two. The diagnoses of visits are
 * no list of problems: those of one code are one line, which says how many visits, and what was only suspected is another. Nothing is settled: what problem lists
 * say differently is said, with who says it.
 */
export function linesOf<T extends KeyItem>(items: readonly T[]): KeyLine<T>[] {
  const listed = items.filter(({ visit }) => visit === undefined);
  const lines: [T, ...T[]][] = [];
  const repeated = repeatedCodes(listed);
  for (const item of listed) {
    const single = item.codes.every((code) => !repeated.has(code));
    const line = single
      ? lines.find(
          (others) =>
            others.every((other) => teller(other) !== teller(item)) &&
            others.some((other) => share(other, item, repeated)),
        )
      : undefined;
    if (line === undefined) lines.push([item]);
    else line.push(item);
  }
  const diagnoses = certainFirst(items.filter(({ visit }) => visit !== undefined));
  for (const item of diagnoses) {
    const suspected = isOnlySuspected(item, diagnoses);
    const line = lines.find(
      ([first, ...more]) =>
        [first, ...more].some((other) => share(other, item, repeated)) &&
        (first.visit === undefined || suspected === (first.label !== undefined)),
    );
    if (line === undefined) lines.push([item]);
    else line.push(item);
  }
  const place = new Map(items.map((item, at) => [item, at]));
  const first = (line: readonly T[]) => Math.min(...line.map((item) => place.get(item) ?? 0));
  return lines
    .toSorted((a, b) => first(a) - first(b))
    .map((line) => lineOf(line, line.find((item) => place.get(item) === first(line))?.recorded));
}

/** Statements of one thing as its line; `last`: the newest date among them, where one is stated. */
export function lineOf<T extends KeyItem>(items: readonly [T, ...T[]], last?: string): KeyLine<T> {
  const [head] = items;
  const listed = items.filter(({ visit }) => visit === undefined);
  const visits = new Set(items.map(({ visit }) => visit)).size;
  const ofAll = `Diagnosis of ${visits} visits${last === undefined ? '' : `, the last ${last}`}`;
  const words = (word: string) => (word === ofOneVisit && visits > 1 ? ofAll : word);
  return {
    key: head.key,
    head: head.visit === undefined ? head : { ...head, detail: head.detail.map(words) },
    items,
    differs: differencesOf(items, listed),
  };
}

/** What is said for certain gives a line its words. */
function certainFirst<T extends KeyItem>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => Number(a.label !== undefined) - Number(b.label !== undefined));
}

/** Suspected at a visit that nobody says it of for certain: never counted among the visits that it was found at (misreading 7). */
function isOnlySuspected(item: KeyItem, diagnoses: readonly KeyItem[]): boolean {
  if (item.label === undefined) return false;
  const certain = (other: KeyItem) => other.label === undefined && other.visit === item.visit;
  return !diagnoses.some((other) => certain(other) && other.codes.some((code) => item.codes.includes(code)));
}

function share(a: KeyItem, b: KeyItem, repeated: ReadonlySet<string>): boolean {
  return a.codes.some((code) => b.codes.includes(code)) && a.codes.every((code) => !repeated.has(code));
}

/** Codes that one source states more than once. */
function repeatedCodes(items: readonly KeyItem[]): Set<string> {
  const [met, repeated] = [new Set<string>(), new Set<string>()];
  for (const item of items) {
    for (const code of new Set(item.codes)) {
      const own = `${teller(item)} ${code}`;
      if (met.has(own)) repeated.add(code);
      met.add(own);
    }
  }
  return repeated;
}

/** Two practices on one system are two tellers. */
function teller({ source, organisation }: KeyItem): string {
  return `${source} ${organisation ?? ''}`;
}

function differencesOf(items: readonly KeyItem[], listed: readonly KeyItem[]): string[] {
  const said = listed.map((item) => {
    const words = [item.label, ...item.detail].filter((word) => word !== undefined).map(lowerStart);
    return { source: item.source, words: words.join(', ') || 'nothing more' };
  });
  const same = said.every(({ words }) => words.toLowerCase() === said[0]?.words.toLowerCase());
  const differ = same ? [] : [said.map(({ source, words }) => `${source}: ${words}`).join('; ')];
  return [...differ, ...new Set(items.flatMap(({ against }) => [...against]))];
}

/** The sources of a line, each once, in order. */
export function sourcesOf({ items }: KeyLine): string[] {
  return [...new Set(items.map(({ source }) => source))];
}
