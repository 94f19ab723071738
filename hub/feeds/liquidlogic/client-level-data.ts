import { UnusableMessage, type Format, type InboxMessage, type Piece, type Sorted } from '../format.ts';
import { columnOf, headerOf, type Column, type Row } from './cld-columns.ts';
import { readCsv, type CsvFile } from './csv-records.ts';
import { textOf } from './csv-text.ts';
import { isNoDay, readDay } from './day.ts';
import { returnPieces } from './returns.ts';
import { saidAt } from './said-at.ts';
import { nameAmong, nameOf } from './statement.ts';
import { subjectOf } from './subject.ts';
import { careScope, rowPrefix } from './scope.ts';
import { tellCare } from './tell.ts';

/**
 * The national Client Level Data return as a council exports it: one line a request, assessment, service or review, or a
 * person without any. Each line is a statement of its own, for a file may be all or only what is new; a file that says by
 * its name that it is whole also takes back what it no longer has (`returns.ts`).
 */
export const clientLevelData: Format = {
  name: 'client-level-data',
  subjectOf: () => undefined,
  sort: sortReturn,
  tell: tellCare,
};

/** Without these columns nobody could say whose a line is, or what it tells. */
const required: readonly Column[] = ['council', 'personId', 'eventType', 'start'];

function sortReturn(message: InboxMessage): Sorted {
  const { text, doubt } = textOf(message.bytes);
  const file = readCsv(text);
  const columns = file.header.map(columnOf);
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new UnusableMessage(
      `It is no Client Level Data return: ${missing.map(headerOf).join(', ')} not among its columns.`,
    );
  }
  const twice = columns.find(
    (column, place) => column !== 'untold' && column !== undefined && columns.indexOf(column) < place,
  );
  if (twice !== undefined && twice !== 'untold') {
    throw new UnusableMessage(`The column ${headerOf(twice)} stands in it twice: nobody can say which one counts.`);
  }
  const doubts = [...(doubt === undefined ? [] : [doubt]), ...fileDoubts(file, columns)];
  const lines = file.records.map(({ line, fields }) => ({ line, row: rowOf(columns, fields) }));
  const pieces = new Map<string, Piece>();
  for (const [subject, rows] of bySubject(lines, doubts)) {
    for (const piece of piecesOf(subject, rows, message)) pieces.set(`${piece.subject} ${piece.name}`, piece);
  }
  const whole = returnPieces(
    message,
    lines.map(({ row }) => row),
    file.records.length + file.broken.length,
    file.broken.length > 0,
  );
  return { pieces: [...pieces.values(), ...whole.pieces], links: [], doubts: [...doubts, ...whole.doubts] };
}

function fileDoubts(file: CsvFile, columns: readonly (Column | 'untold' | undefined)[]): string[] {
  const unknown = columns.flatMap((column, place) => (column === undefined ? [place + 1] : []));
  return [
    ...file.broken.map(
      (line) => `Line ${line} is no line of this file (its quotes or the number of its fields): not taken.`,
    ),
    ...unknown.map((place) => `Column ${place} has a heading that is not in the return's specification: not told.`),
  ];
}

/** `NULL` is how the councils' databases export what is not there, and an end in 9999 that there is none. */
function rowOf(columns: readonly (Column | 'untold' | undefined)[], fields: readonly string[]): Row {
  const row: Row = {};
  for (const [place, column] of columns.entries()) {
    const value = fields[place]?.trim() ?? '';
    if (column === undefined || column === 'untold' || value === '' || value.toUpperCase() === 'NULL') continue;
    if (column === 'end' && isNoDay(value)) continue;
    row[column] = value;
  }
  return row;
}

interface Line {
  line: number;
  row: Row;
}

function bySubject(lines: readonly Line[], doubts: string[]): Map<string, Line[]> {
  const people = new Map<string, Line[]>();
  for (const each of lines) {
    const { council, personId, nhsNumber } = each.row;
    const subject = council === undefined ? undefined : subjectOf(council, personId, nhsNumber);
    if (subject === undefined) {
      doubts.push(`Line ${each.line} does not say whose it is (council, and number of the person): not taken.`);
      continue;
    }
    const own = people.get(subject) ?? [];
    own.push(each);
    people.set(subject, own);
  }
  return people;
}

/** One piece a line; where several have one name the reference tells none of them apart, and of those alike still one stands. */
function piecesOf(subject: string, lines: readonly Line[], message: InboxMessage): Piece[] {
  const named = Map.groupBy(lines, ({ row }) => JSON.stringify(nameOf(row)));
  const chosen = new Map<string, Row>();
  for (const [name, alike] of named) {
    const among = new Set(alike.length === 1 ? [] : alike.map(({ row }) => JSON.stringify(nameAmong(row))));
    for (const { row } of alike) {
      const full = among.size > 1 ? JSON.stringify(nameAmong(row)) : name;
      const other = chosen.get(full);
      if (other === undefined || isBefore(other, row)) chosen.set(full, row);
    }
  }
  return [...chosen].map(([name, row]) => ({
    subject,
    scope: careScope,
    name: rowPrefix + name,
    at: saidAt(row, message),
    content: contentOf(row),
  }));
}

/** Of two lines of one name the one stands that knows an end, or a later one; else whichever, but always the same. */
function isBefore(one: Row, other: Row): boolean {
  const [a, b] = [readDay(one.end) ?? '', readDay(other.end) ?? ''];
  return a === b ? contentOf(one) < contentOf(other) : a < b;
}

function contentOf(row: Row): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
}
