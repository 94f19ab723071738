import { date } from '../../../../borough/clock.ts';
import type { NativeMessage } from '../../../native.ts';
import { clock } from './cells.ts';
import { columns, type TableName } from './columns.ts';
import { guid } from './guid.ts';
import type { CsvRow, Ledger } from './ledger.ts';

/** One practice's extract of one night: what is new or changed since the night before, and what has gone. */
export function* writeExtract(
  practice: string,
  run: number,
  at: number,
  now: Ledger,
  before: Ledger,
): Iterable<NativeMessage> {
  for (const table of Object.keys(columns) as TableName[]) {
    const rows = changes(table, now, before);
    // A night without changes still has its file: that it is there says that the extract is whole.
    const text = [columns[table], ...rows.map((row) => columns[table].map((column) => cellOf(row, column, run)))]
      .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
      .join('');
    const when = `${date(at)}${clock(at)}`.replaceAll(/\D/g, '');
    yield {
      source: 'emis',
      format: 'emis-csv',
      label: `${run}_${table}_${when}_${agreementOf(practice)}.csv`,
      at,
      subject: undefined,
      bytes: Buffer.from(text, 'utf8'),
    };
  }
}

/** The sharing agreement that a practice's files are named for. */
export function agreementOf(practice: string): string {
  return guid(`agreement ${practice}`).slice(1, -1);
}

function changes(table: TableName, now: Ledger, before: Ledger): CsvRow[] {
  const [rows, old] = [now.tables.get(table) ?? new Map<string, CsvRow>(), before.tables.get(table)];
  const changed = [...rows].filter(([key, row]) => JSON.stringify(row) !== JSON.stringify(old?.get(key)));
  // Codes and staff are never taken back: those tables have no column for it.
  const deletable = columns[table].includes('Deleted');
  const gone = deletable ? [...(old ?? [])].filter(([key]) => !rows.has(key)) : [];
  return [...changed.map(([, row]) => row), ...gone.map(([, row]) => ({ ...row, Deleted: 'true' }))];
}

function cellOf(row: CsvRow, column: string, run: number): string {
  return column === 'ProcessingId' ? String(run) : (row[column] ?? '');
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
