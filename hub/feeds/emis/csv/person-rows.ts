import type { KeptPiece } from '../../format.ts';
import { guid, readRow, type Row } from './row.ts';
import { shownName } from './sort.ts';
import { isTableName, type TableName } from './tables.ts';

/** All rows kept of one person, by table and by what they go by; what was taken back is not among them. */
export interface PersonRows {
  /** Every row of a table with its own name, in one order whatever order they came in. */
  all(table: TableName): readonly (readonly [string, Row])[];
  one(table: TableName, name: string | undefined): Row | undefined;
  /** The rows of a table that refer to this one in that column. */
  by(table: TableName, column: string, name: string): readonly (readonly [string, Row])[];
  /** Whether a row of this name was there and its source took it back. */
  isGone(table: TableName, name: string | undefined): boolean;
  /** Whether the person's own row could be shown at some time. */
  wasShown: boolean;
}

export function personRows(pieces: readonly KeptPiece[]): PersonRows {
  const tables = new Map<TableName, Map<string, Row>>();
  const gone = new Set<string>();
  let wasShown = false;
  for (const { name, content } of pieces) {
    if (name === shownName) wasShown = true;
    const [table = '', ...key] = name.split(' ');
    if (!isTableName(table)) continue;
    if (content === '') gone.add(name);
    else rowsOf(tables, table).set(key.join(' '), readRow(content));
  }
  const sorted = new Map(
    [...tables].map(([table, rows]) => [table, [...rows].sort(([a], [b]) => (a < b ? -1 : 1))] as const),
  );
  const indexes = new Map<string, Map<string, (readonly [string, Row])[]>>();
  const indexOf = (table: TableName, column: string): Map<string, (readonly [string, Row])[]> => {
    const known = indexes.get(`${table} ${column}`);
    if (known !== undefined) return known;
    const index = new Map<string, (readonly [string, Row])[]>();
    for (const entry of sorted.get(table) ?? []) {
      const name = guid(entry[1][column]);
      if (name === undefined) continue;
      const others = index.get(name);
      if (others === undefined) index.set(name, [entry]);
      else others.push(entry);
    }
    indexes.set(`${table} ${column}`, index);
    return index;
  };
  return {
    by: (table, column, name) => indexOf(table, column).get(name) ?? [],
    all: (table) => sorted.get(table) ?? [],
    one: (table, name) => (name === undefined ? undefined : tables.get(table)?.get(name)),
    isGone: (table, name) => name !== undefined && gone.has(`${table} ${name}`),
    wasShown,
  };
}

function rowsOf(tables: Map<TableName, Map<string, Row>>, table: TableName): Map<string, Row> {
  const rows = tables.get(table) ?? new Map<string, Row>();
  tables.set(table, rows);
  return rows;
}
