/** A row of any table: its cells by column; an empty one is not there. */
export type Row = Readonly<Record<string, string>>;

const bare = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

const fhirId = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * A row's own id or one it refers to: GUIDs stand in braces or not, in either case; code ids are numbers. Undefined for what
 * could be no id (FHIR R4, id).
 */
export function guid(cell: string | undefined): string | undefined {
  if (cell === undefined) return undefined;
  const own = bare.exec(cell)?.[1]?.toLowerCase() ?? cell;
  return fhirId.test(own) ? own : undefined;
}

export function isTrue(cell: string | undefined): boolean {
  return cell !== undefined && /^(?:true|1|y|yes)$/i.test(cell);
}

/** Whether it is stated and false: an empty flag says nothing. */
export function isFalse(cell: string | undefined): boolean {
  return cell !== undefined && /^(?:false|0|n|no)$/i.test(cell);
}

/** A count of things, from 1; undefined for what is none. */
export function count(cell: string | undefined): number | undefined {
  const number = cell !== undefined && /^\d{1,6}$/.test(cell) ? Number(cell) : 0;
  return number > 0 ? number : undefined;
}

/** A number as it is written, to 15 digits: more than that a computer would change. */
export function decimal(cell: string | undefined): number | undefined {
  if (cell === undefined || !/^[+-]?\d+(?:\.\d+)?$/.test(cell)) return undefined;
  return cell.replaceAll(/\D/g, '').length <= 15 ? Number(cell) : undefined;
}

/** What stands in a table of words for a cell; a cell may hold any word, `constructor` too. */
export function lookUp<T>(table: Readonly<Record<string, T>>, cell: string | undefined): T | undefined {
  return cell !== undefined && Object.hasOwn(table, cell) ? table[cell] : undefined;
}

/** A kept row again. */
export function readRow(content: string): Row {
  return JSON.parse(content) as Row;
}
