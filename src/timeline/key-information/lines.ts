import { lowerStart } from '../words.ts';
import type { KeyItem } from './topics.ts';

/** One thing, told by one source or by several: one line that names them all, with each one's own statement. */
export interface KeyLine<T extends KeyItem = KeyItem> {
  key: string;
  /** The first gives the line its words. */
  items: readonly [T, ...T[]];
  /** Where they do not say the same, in words. */
  differs: string[];
}

/**
 * Statements of one coded thing by different sources as one line (T4 for key information). Only an equal code makes them
 * one, and only where each source states it once: two hip fractures in one record stay two. Nothing is settled: what they
 * say differently is said, with who says it.
 */
export function linesOf<T extends KeyItem>(items: readonly T[]): KeyLine<T>[] {
  const lines: [T, ...T[]][] = [];
  const repeated = repeatedCodes(items);
  for (const item of items) {
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
  return lines.map((items) => ({ key: items[0].key, items, differs: differencesOf(items) }));
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

function differencesOf(items: readonly [KeyItem, ...KeyItem[]]): string[] {
  const said = items.map((item) => {
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
