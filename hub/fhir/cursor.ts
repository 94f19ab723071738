import { createHash } from 'node:crypto';
import type { Position } from '../access/row-query.ts';
import { badRequest } from './fhir-error.ts';
import { isId } from './values.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/;

/**
 * The place a page ended, for a `next` link: base64url of the position and a checksum that ties it to its search, so that
 * a changed one, or one of another search, is refused rather than answered with the wrong rows. It is no secret: the
 * reader's own compartment bounds every answer whatever the position says.
 */
export function writeCursor(position: Position, search: string): string {
  const body = `${position.date ?? ''}~${position.id}`;
  return Buffer.from(`${body}~${checksum(body, search)}`).toString('base64url');
}

/** Reads `_after`. Throws 400 when it was not made here for this very search. */
export function readCursor(text: string, search: string): Position {
  const decoded = Buffer.from(text, 'base64url');
  const [date = '', id = '', sum, ...rest] = decoded.toString('utf8').split('~');
  const sound =
    decoded.toString('base64url') === text &&
    rest.length === 0 &&
    isId(id) &&
    (date === '' || (instant.test(date) && !Number.isNaN(Date.parse(date)))) &&
    sum === checksum(`${date}~${id}`, search);
  if (!sound) throw badRequest('The parameter _after does not come from a next link of this search.');
  return { date: date === '' ? undefined : date, id };
}

function checksum(body: string, search: string): string {
  return createHash('sha256').update(`${body}\n${search}`).digest('base64url').slice(0, 16);
}
