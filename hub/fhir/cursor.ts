import { createHash } from 'node:crypto';
import { isResourceType } from '../../fhir/resource-types.ts';
import type { Reference } from '../access/gate.ts';
import type { HistoryPosition } from '../access/history.ts';
import type { Position } from '../access/row-query.ts';
import { badRequest } from './fhir-error.ts';
import { isId } from './values.ts';

// The place a page ended, for a `next` link: base64url of the place and a checksum that ties it to its search, so that a
// changed one, or one of another search, is refused rather than answered with the wrong rows. It is no secret: the reader's
// own compartment bounds every answer whatever the place says.

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/;

/** `_after` for a page of a search. */
export function writeCursor({ date, id }: Position, search: string): string {
  return write([date ?? '', id], search);
}

/** Reads `_after` of a search. Throws 400 when it was not made here for this very search. */
export function readCursor(text: string, search: string): Position {
  const [date = '', id = ''] = read(text, search, 2);
  if (!isId(id) || (date !== '' && !isInstant(date))) throw foreign();
  return { date: date === '' ? undefined : date, id };
}

/** `_after` for a page of a history. */
export function writeHistoryCursor({ updated, id, version }: HistoryPosition, search: string): string {
  return write([updated, id, String(version)], search);
}

/** Reads `_after` of a history. Throws 400 when it was not made here for this very history. */
export function readHistoryCursor(text: string, search: string): HistoryPosition {
  const [updated = '', id = '', version = ''] = read(text, search, 3);
  if (!isInstant(updated) || !isId(id) || !/^[1-9]\d{0,8}$/.test(version)) throw foreign();
  return { updated, id, version: Number(version) };
}

/** `_after` for a part of a whole record. */
export function writePlaceCursor({ type, id }: Reference, search: string): string {
  return write([type, id], search);
}

/** Reads `_after` of a whole record. Throws 400 when it was not made here for this very request. */
export function readPlaceCursor(text: string, search: string): Reference {
  const [type = '', id = ''] = read(text, search, 2);
  if (!isResourceType(type) || !isId(id)) throw foreign();
  return { type, id };
}

function write(parts: readonly string[], search: string): string {
  const body = parts.join('~');
  return Buffer.from(`${body}~${checksum(body, search)}`).toString('base64url');
}

function read(text: string, search: string, count: number): string[] {
  const decoded = Buffer.from(text, 'base64url');
  const parts = decoded.toString('utf8').split('~');
  const sum = parts.pop();
  const sound = decoded.toString('base64url') === text && parts.length === count;
  if (!sound || sum !== checksum(parts.join('~'), search)) throw foreign();
  return parts;
}

function isInstant(text: string): boolean {
  return instant.test(text) && !Number.isNaN(Date.parse(text));
}

function foreign(): Error {
  return badRequest('The parameter _after does not come from a next link of this search.');
}

function checksum(body: string, search: string): string {
  return createHash('sha256').update(`${body}\n${search}`).digest('base64url').slice(0, 16);
}
