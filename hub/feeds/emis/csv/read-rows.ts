import { parse } from 'csv-parse/sync';

/** One row, as its cells; and the line of the file it begins on, from 1. */
export interface FileRow {
  line: number;
  cells: readonly string[];
}

/** A file as rows. */
export interface FileRows {
  header: readonly string[];
  rows: FileRow[];
  /** Lines that are no row of this file: not as many cells as the header has, or quotes that do not close. */
  broken: number[];
  /** Sentences for the operator. */
  doubts: string[];
}

/** A quoted text that goes on for longer than this is one whose closing quote is missing. */
const longestText = 2000;

/**
 * Reads a comma-separated file (RFC 4180) strictly: quotes that do not pair, or a row with too few or too many cells, break
 * that row and no other. What a cell holds is text, whatever it looks like. Never throws.
 */
export function readRows(bytes: Uint8Array): FileRows {
  const { text, doubts } = decode(bytes);
  const whole = parseWhole(text);
  const found = whole ?? parseByLine(text);
  const [head, ...rest] = found.rows;
  const header = (head?.cells ?? []).map((cell) => cell.trim());
  const rows: FileRow[] = [];
  const broken = [...found.broken];
  for (const row of rest) {
    if (row.cells.length === header.length) rows.push(row);
    else broken.push(row.line);
  }
  return { header, rows, broken: broken.toSorted((a, b) => a - b), doubts };
}

function decode(bytes: Uint8Array): { text: string; doubts: string[] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), doubts: [] };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return { text, doubts: ['The file is not in UTF-8: read as Western European'] };
  }
}

interface Found {
  rows: FileRow[];
  broken: number[];
}

/** The whole file at once, or undefined when its quotes do not pair somewhere. */
function parseWhole(text: string): Found | undefined {
  const rows: FileRow[] = [];
  let line = 1;
  for (const cells of parsed(text) ?? []) {
    if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells });
    line += 1 + breaksIn(cells);
  }
  return rows.length === 0 ? undefined : { rows, broken: [] };
}

/** Lines that a row goes on for: csv-parse counts a CRLF within quotes as two. */
function breaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) if (/[\r\n]/.test(cell)) breaks += cell.split(/\r\n|\n|\r/).length - 1;
  return breaks;
}

function parsed(text: string): string[][] | undefined {
  try {
    return parse(text, { relax_column_count: true });
  } catch {
    // A row that cannot be read is found by its line (`parseByLine`) and told as a doubt.
    return undefined;
  }
}

/**
 * Row by row, when the file as a whole cannot be read: a line whose quotes do not pair goes on to the line that pairs them,
 * and counts only if that makes one sound row as wide as the header. So a missing quote costs its own row, and a text that
 * holds what looks like a row stays a text.
 */
function parseByLine(text: string): Found {
  const lines = text.split(/\r\n|\n|\r/);
  const isOpen = lines.map((line) => (line.split('"').length - 1) % 2 === 1);
  const rows: FileRow[] = [];
  const broken: number[] = [];
  let width: number | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] === '') continue;
    const last = isOpen[at] === true ? closing(isOpen, at) : at;
    const cells = last === undefined ? undefined : oneRow(lines.slice(at, last + 1).join('\n'));
    if (cells === undefined || last === undefined || (last > at && cells.length !== width)) {
      broken.push(at + 1);
      continue;
    }
    width ??= cells.length;
    rows.push({ line: at + 1, cells });
    at = last;
  }
  return { rows, broken };
}

function closing(isOpen: readonly boolean[], from: number): number | undefined {
  const end = Math.min(isOpen.length, from + longestText);
  for (let at = from + 1; at < end; at += 1) if (isOpen[at] === true) return at;
  return undefined;
}

function oneRow(text: string): string[] | undefined {
  const records = parsed(text);
  return records?.length === 1 ? records[0] : undefined;
}
