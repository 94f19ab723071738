import { createHash } from 'node:crypto';
import { type InboxMessage, type Piece, type Sorted, UnusableMessage, wholeRecord } from '../../format.ts';
import { readFileName } from './file-name.ts';
import { type FileRows, readRows } from './read-rows.ts';
import { guid, isTrue, lookUp, type Row } from './row.ts';
import { columnsOf, otherSpellings, runColumn, type Table, type TableName, tables } from './tables.ts';

/** Kept beside a person's row that may be shown: what was shown once has to be taken back when it may be no more. */
export const shownName = 'shown';

/** Who has a slot now: a slot that is given up, or to somebody else, names its former holder no more. */
export const holderScope = 'slot-holder';

/** Rows that were taken back without a word on whose they were, by table and name, each with when. */
export const goneScope = 'gone';

/** A session's staff are kept under this many names: what is about nobody is read by name only, and a session's staff are few. */
export const staffPlaces = 16;

/**
 * Takes one file of the extract apart: a row is a piece, a `Deleted` one an empty piece, so that an older file that comes
 * late brings nothing back. A row that cannot be read is a doubt with its line, and costs no other row. @throws
 * UnusableMessage when the name or the header is no table's
 */
export function sortFile(message: InboxMessage): Sorted {
  const { table, at } = readFileName(message.label);
  if (table === undefined) return { pieces: [], links: [], doubts: [] };
  const file = readRows(message.bytes);
  const columns = placesOf(table, file);
  const doubts = [...file.doubts, ...columns.doubts];
  const pieces = new Map<string, Piece>();
  const nameless: number[] = [];
  let spoilt = 0;
  for (const { line, cells } of file.rows) {
    const row: Record<string, string> = {};
    for (const [column, place] of columns.places) {
      const stated = cells[place]?.trim() ?? '';
      const cell = stated.replaceAll(noText, '\ufffd');
      if (cell !== stated) spoilt += 1;
      if (cell !== '' && cell !== 'NULL') row[column] = cell;
    }
    const told = piecesOf(table, row, at, message.receivedAt);
    if (told === undefined) nameless.push(line);
    // Of a row that stands twice in one file the later one counts.
    else for (const piece of told) pieces.set(JSON.stringify([piece.subject, piece.scope, piece.name]), piece);
  }
  if (spoilt > 0) doubts.push(`Cells with characters that are no text, shown as replaced: ${spoilt}`);
  doubts.push(...lines('cannot be read as a row', file.broken), ...lines('does not say whose or what it is', nameless));
  const again = [...pieces.values()].flatMap(formerHolders);
  return { pieces: [...pieces.values()], links: [], doubts, again };
}

/** The row that whoever held it is to be told without: one that was taken back, or a slot that may be somebody else's now. */
function formerHolders({ scope, name }: Piece): string[] {
  if (scope === goneScope) return [name];
  return scope === holderScope ? [`Appointment_Slot ${name}`] : [];
}

// Control characters: FHIR takes none in a text, and the store no NUL.
// oxlint-disable-next-line no-control-regex -- controls are what this looks for
const noText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Where each known column stands. */
function placesOf(table: TableName, { header }: FileRows): { places: Map<string, number>; doubts: string[] } {
  const known = new Set(columnsOf(table));
  const places = new Map<string, number>();
  let unknown = 0;
  for (const [place, stated] of header.entries()) {
    const column = lookUp(otherSpellings, stated) ?? stated;
    if (known.has(column)) places.set(column, place);
    else if (column !== runColumn) unknown += 1;
  }
  const missing = tables[table].columns.filter((column) => !places.has(column));
  if (missing.length > 0) {
    throw new UnusableMessage(
      `The file’s header is not that of ${table}: it has no ${missing.slice(0, 3).join(', ')}.`,
    );
  }
  const doubts = unknown === 0 ? [] : [`${unknown} of the file’s columns are not known here, and are told nowhere`];
  return { places, doubts };
}

/** What one row says; undefined where it names nothing that could be kept. */
function piecesOf(table: TableName, row: Row, at: string | undefined, receivedAt: string): Piece[] | undefined {
  const { key, ofPerson }: Table = tables[table];
  const names = key.map((column) => guid(row[column]));
  if (names.includes(undefined)) return undefined;
  const gone = isTrue(row['Deleted']);
  const content = gone ? '' : JSON.stringify(row);
  const name = names.join(' ');
  const subject = guid(row['PatientGuid']);
  if (!ofPerson) return [{ subject: '', ...placeOf(table, name, names), at, content }];
  const own = subject === undefined ? [] : [{ subject, scope: wholeRecord, name: `${table} ${name}`, at, content }];
  if (gone && subject === undefined) {
    // A clock that is a day ahead is believed here no more than in the inbox: it would take back for ever.
    const ahead = at !== undefined && Date.parse(at) > Date.parse(receivedAt) + 86_400_000;
    const when = JSON.stringify({ at: at === undefined || ahead ? receivedAt : at });
    return [{ subject: '', scope: goneScope, name: `${table} ${name}`, at, content: when }];
  }
  if (table === 'Appointment_Slot') {
    // A free slot is nobody's, and takes the place of whoever had it.
    const holder = gone ? '' : JSON.stringify(subject === undefined ? {} : { PatientGuid: subject });
    return [...own, { subject: '', scope: holderScope, name, at, content: holder }];
  }
  if (subject === undefined) return undefined;
  if (table === 'Admin_Patient' && !isExcluded(row)) {
    return [...own, { subject, scope: wholeRecord, name: shownName, at, content: '{}' }];
  }
  return own;
}

/** Places and their owners are told together; a session and its staff are read together. */
function placeOf(
  table: TableName,
  name: string,
  names: readonly (string | undefined)[],
): { scope: string; name: string } {
  if (table === 'Admin_OrganisationLocation') return { scope: 'Admin_Location', name: `owner ${name}` };
  if (table !== 'Appointment_SessionUser') return { scope: table, name };
  return { scope: table, name: sessionStaffName(names[0] ?? '', staffPlaceOf(names[1] ?? '')) };
}

/** The name that a session's member of staff is kept under. */
export function sessionStaffName(session: string, place: number): string {
  return `${session} ${place}`;
}

function staffPlaceOf(user: string): number {
  return (createHash('sha256').update(user).digest()[0] ?? 0) % staffPlaces;
}

/** Whether nothing of a person’s record may be told: sensitive on the Spine (uk-care E), invented for a test, or taken back. */
export function isExcluded(patient: Row): boolean {
  return isTrue(patient['SpineSensitive']) || isTrue(patient['DummyType']) || isTrue(patient['Deleted']);
}

const mostLines = 20;

function lines(what: string, numbers: readonly number[]): string[] {
  const named = numbers.slice(0, mostLines).map((line) => `Line ${line} ${what}`);
  const more = numbers.length - named.length;
  return more > 0 ? [...named, `${more} further lines: each ${what}`] : named;
}
