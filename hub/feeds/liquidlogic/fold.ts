import { normaliseName } from '../../people/names.ts';
import type { KeptPiece } from '../format.ts';
import type { Row } from './cld-columns.ts';
import { readDay } from './day.ts';
import { isTakenBack, type WholeReturn } from './returns.ts';
import { rowPrefix } from './scope.ts';
import { eventTypeOf, nameAmong, type EventType, type StatementName } from './statement.ts';

/** A line of the return that stands. */
export interface Standing {
  row: Row;
  name: StatementName;
  event: EventType | undefined;
  piece: KeptPiece;
}

/** The lines among a person's pieces, as they were written. */
export function rowsOf(pieces: readonly KeptPiece[]): Standing[] {
  return pieces
    .filter(({ name, content }) => name.startsWith(rowPrefix) && content !== '')
    .map((piece) => {
      const row = JSON.parse(piece.content) as Row;
      const name = JSON.parse(piece.name.slice(rowPrefix.length)) as StatementName;
      return { row, name, event: eventTypeOf(row.eventType), piece };
    });
}

/** Whether one was said after the other. */
export function isLater(one: KeptPiece, other: KeptPiece): boolean {
  const [a, b] = [Date.parse(one.at), Date.parse(other.at)];
  return a === b ? one.seq > other.seq : a > b;
}

/** The lines that stand: not taken back, and not said again later in other words. Pure, in whatever order they came. */
export function standing(rows: readonly Standing[], returns: readonly WholeReturn[]): Standing[] {
  const kept = rows.filter(({ row, piece }) => !isTakenBack(row, piece, returns));
  const replaced = new Set<Standing>();
  for (const alike of Map.groupBy(kept, likenessOf).values()) {
    for (const one of alike) {
      if (alike.some((other) => isLater(other.piece, one.piece) && replaces(other.name, one.name))) replaced.add(one);
    }
  }
  return kept.filter((line) => !replaced.has(line));
}

/** Lines that may be one event under two names. */
function likenessOf({ row, name }: Standing): string {
  return JSON.stringify(name.by === 'key' ? { ...name, end: '' } : nameAmong(row));
}

/** Whether of two lines alike the later one is the earlier said again. */
function replaces(later: StatementName, earlier: StatementName): boolean {
  // One file named it by its reference alone, another among several of that reference.
  if (later.by === 'reference' && earlier.by === 'reference') {
    return later.among === undefined || earlier.among === undefined;
  }
  // What was under way when it was first told has come to its end: no second event.
  return later.by === 'key' && earlier.by === 'key' && earlier.end === '' && later.end !== '';
}

/** How many of NHS number, birth date and first name two statements have otherwise. What one of them lacks is no difference. */
function differences(one: Row, other: Row): number {
  const [a, b] = [namesOf(one), namesOf(other)];
  return [
    differ(one.nhsNumber?.replace(/\D/g, ''), other.nhsNumber?.replace(/\D/g, '')),
    differ(readDay(one.birth), readDay(other.birth)),
    a.length > 0 && b.length > 0 && !a.some((name) => b.includes(name)),
  ].filter(Boolean).length;
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/** The return has one first name where the extension may have several. */
function namesOf({ firstName = '' }: Row): string[] {
  return firstName
    .split(/\s+/)
    .map(normaliseName)
    .filter((name) => name !== '');
}

/**
 * Lines filed under this person's number that are about somebody else by two of NHS number, birth date and first name
 * (wrong patient). One alone may be a number corrected, a date mistyped, a name by which somebody is called.
 */
export function isAboutAnother(row: Row, person: Row): boolean {
  return differences(row, person) >= 2;
}

/** The line that last said who the person is: the latest, and of one file the one about the latest event. */
export function latest(rows: readonly Standing[]): Standing | undefined {
  const key = ({ row, piece }: Standing): [number, number, string, string] => [
    Date.parse(piece.at),
    piece.seq,
    readDay(row.end) ?? readDay(row.start) ?? '',
    piece.name,
  ];
  return rows.reduce<Standing | undefined>((found, each) => {
    if (found === undefined) return each;
    const [a, b] = [key(each), key(found)];
    const place = a.findIndex((part, index) => part !== b[index]);
    return place >= 0 && (a[place] ?? 0) > (b[place] ?? 0) ? each : found;
  }, undefined);
}
