import type { Entry, Statement } from './entry.ts';
import { fold, type Piece, piecesOf } from './fold.ts';

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
  /** A text of a row in pieces, with what was searched for marked. */
  pieces: (text: string) => Piece[];
  /** Where the words that the row itself does not show were met: `['Seen by']`; empty where the row shows them all. */
  foundInDetails: (entry: Entry) => string[];
}

/** What was folded once is kept as long as the entry is: its row, and the row with its details. */
export interface SearchIndex {
  rows: WeakMap<Entry, string>;
  /** With how many statements stood in the details then: letters and reports may come later. */
  wholes: WeakMap<Entry, { statements: number; text: string }>;
}

export function newIndex(): SearchIndex {
  return { rows: new WeakMap(), wholes: new WeakMap() };
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
  const met = new WeakMap<Entry, boolean>();
  const statementsOf = (entry: Entry) => [...entry.statements, ...(linked.get(entry.key) ?? [])];
  const matches = (entry: Entry) => {
    const row = rowOf(entry, index);
    if (words.every((word) => row.includes(word))) return true;
    if (wordsOf === undefined) return false;
    const whole = wholeOf(entry, row, statementsOf, wordsOf, index);
    return words.every((word) => whole.includes(word));
  };
  return {
    words,
    matches(entry) {
      // Asked for by the list and by the counts.
      let found = met.get(entry);
      if (found === undefined) {
        found = matches(entry);
        met.set(entry, found);
      }
      return found;
    },
    pieces: (text) => piecesOf(text, words),
    foundInDetails(entry) {
      const row = rowOf(entry, index);
      const missing = words.filter((word) => !row.includes(word));
      if (missing.length === 0 || wordsOf === undefined) return [];
      const stated = statementsOf(entry).flatMap((statement) => foldedOf(statement, wordsOf));
      for (const [name, told] of tellingsIn(entry)) stated.push({ name, folded: rowOf(told, index) });
      const holding = stated.filter(({ folded }) => missing.some((word) => folded.includes(word)));
      return [...new Set(holding.map(({ name }) => name))];
    },
  };
}

/** What stands in an entry as an entry of its own: its parts, and what each source of one event tells of it, by where that is shown. */
function tellingsIn({ children, joined }: Entry): [name: string, told: Entry][] {
  return [
    ...children.map((child): [string, Entry] => ['Within this', child]),
    ...(joined?.witnesses ?? []).map(({ entry }): [string, Entry] => ['Told by several sources', entry]),
  ];
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

/** The row and all its details: one text, so that looking through 10,000 entries is done between two keystrokes. */
function wholeOf(
  entry: Entry,
  row: string,
  statementsOf: (entry: Entry) => readonly Statement[],
  wordsOf: WordsOf,
  index: SearchIndex,
): string {
  const { wholes } = index;
  const known = wholes.get(entry);
  const statements = statementsOf(entry);
  if (known !== undefined && known.statements === statements.length) return known.text;
  const details = statements.flatMap((statement) => foldedOf(statement, wordsOf).map(({ folded }) => folded));
  const told = tellingsIn(entry).map(([, part]) => rowOf(part, index));
  const text = [row, ...told, ...details].join('\n');
  wholes.set(entry, { statements: statements.length, text });
  return text;
}

/** A day, with its time and its sender's own clock: dates are looked for by period. */
const dates = /\b(?:\d{2}-)?[A-Z][a-z]{2}-\d{4}(?: \d{2}:\d{2})?(?: (?:BST|GMT))?/g;
const codes = /^Not named: .*$/;

function foldedOf(statement: Statement, wordsOf: WordsOf): { name: string; folded: string }[] {
  return wordsOf(statement).map(({ name, words }) => ({
    name,
    folded: fold(
      words
        .split('; ')
        .filter((part) => !codes.test(part))
        .join('\n')
        .replace(dates, ''),
    ),
  }));
}
