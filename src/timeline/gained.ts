import { formatDate } from './dates.ts';
import type { Entry } from './entry.ts';
import { sourceLabel } from './source.ts';
import { count, lowerStart } from './words.ts';

/** What of a record a reader has been shown on this page. */
export interface Shown {
  /** Key of an entry → key of the row it stood in (T2). */
  rows: ReadonlyMap<string, string>;
  /** Key of a row → how many sources told of it when it was first shown. */
  tellers: ReadonlyMap<string, number>;
}

/** How many more sources tell of a row than when it was first shown; 0 for a row that is new, or stands as it did. */
export function gainedBy(entry: Entry, shown: Shown): number {
  const before = entry.joined === undefined ? undefined : shown.tellers.get(entry.key);
  return before === undefined ? 0 : Math.max(0, tellersOf(entry).length - before);
}

/** The sources of a row, each once. */
export function tellersOf(entry: Entry): string[] {
  return [...new Set(entry.statements.map(({ source, organisation }) => sourceLabel(source ?? organisation)))];
}

/** Says `+1 source` on rows that an older page brought another witness to; they stay where they are (T4). */
export function sayWhatGained(entries: readonly Entry[], shown: Shown): Entry[] {
  if (shown.tellers.size === 0) return [...entries];
  return entries.map((entry) => {
    const gained = gainedBy(entry, shown);
    return gained === 0 ? entry : { ...entry, facts: [...entry.facts, `+${count(gained, 'source')}`] };
  });
}

/** What is read out of rows that gained a witness: one by name, several by number; empty for none. */
export function gainedWords(entries: readonly Entry[]): string {
  const [first, ...others] = entries;
  if (first === undefined) return '';
  if (others.length > 0) return `${entries.length} entries shown before are now told by more sources.`;
  const when = first.start === undefined ? '' : ` of ${formatDate(first.start)}`;
  return `The ${lowerStart(first.title)}${when} is now told by ${tellersOf(first).join(' and ')}.`;
}
