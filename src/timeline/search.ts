import type { Entry, Statement } from './entry.ts';
import { fold } from './fold.ts';

/** One thing that an entry's details state, by name: `Seen by`, `GP, Dr A Okafor`. */
export interface StatedWords {
  name: string;
  words: string;
}

/** What the details of an opened entry would show of one statement; only what is loaded. */
export type WordsOf = (statement: Statement) => readonly StatedWords[];

/** A search over entries, for as long as it asks for the same. */
export interface Search {
  /** Folded; all of them are met by what matches. */
  words: readonly string[];
  matches: (entry: Entry) => boolean;
  /** Where the words that the row itself does not show were met: `['Seen by']`; empty where the row shows them all. */
  foundInDetails: (entry: Entry) => string[];
}

/** What was folded once is kept as long as the entry, or the statement, is. */
export interface SearchIndex {
  rows: WeakMap<Entry, string>;
  details: WeakMap<Statement, readonly { name: string; folded: string }[]>;
}

export function newIndex(): SearchIndex {
  return { rows: new WeakMap(), details: new WeakMap() };
}

/**
 * Searches titles, second lines, facts and cautions, and with `wordsOf` what the details of what is loaded would show;
 * never codes, ids or dates. Every word has to be met somewhere in the entry, as part of a word too, for a search that
 * finds too much is safer than one that finds too little (T6, misreading 16). `linked` gives the letters and reports that
 * stand in an entry's details.
 */
export function searchFor(
  words: readonly string[],
  index: SearchIndex,
  wordsOf?: WordsOf,
  linked: ReadonlyMap<string, readonly Statement[]> = new Map(),
): Search {
  const missingIn = (entry: Entry) => {
    const row = rowOf(entry, index);
    return words.filter((word) => !row.includes(word));
  };
  const detailsOf = (entry: Entry) =>
    wordsOf === undefined
      ? []
      : [...entry.statements, ...(linked.get(entry.key) ?? [])].flatMap((each) => foldedOf(each, wordsOf, index));
  return {
    words,
    matches(entry) {
      const missing = missingIn(entry);
      if (missing.length === 0) return true;
      if (wordsOf === undefined) return false;
      const details = detailsOf(entry);
      return missing.every((word) => details.some(({ folded }) => folded.includes(word)));
    },
    foundInDetails(entry) {
      const missing = missingIn(entry);
      if (missing.length === 0) return [];
      const met = detailsOf(entry).filter(({ folded }) => missing.some((word) => folded.includes(word)));
      return [...new Set(met.map(({ name }) => name))];
    },
  };
}

/** Apart by lines, so that no word is met across two of them. */
function rowOf(entry: Entry, { rows }: SearchIndex): string {
  let folded = rows.get(entry);
  if (folded === undefined) {
    folded = [entry.title, ...entry.detail, ...entry.facts, ...entry.cautions].map(fold).join('\n');
    rows.set(entry, folded);
  }
  return folded;
}

/** A day, with its time and its sender's own clock: dates are looked for by period. */
const dates = /\b(?:\d{2}-)?[A-Z][a-z]{2}-\d{4}(?: \d{2}:\d{2})?(?: (?:BST|GMT))?/g;
const codes = /^Not named: .*$/;

function foldedOf(statement: Statement, wordsOf: WordsOf, { details }: SearchIndex) {
  let folded = details.get(statement);
  if (folded === undefined) {
    folded = wordsOf(statement).map(({ name, words }) => ({
      name,
      folded: fold(
        words
          .split('; ')
          .filter((part) => !codes.test(part))
          .join('\n')
          .replace(dates, ''),
      ),
    }));
    details.set(statement, folded);
  }
  return folded;
}
