import type { FhirResource } from 'fhir/r4';
import type { InboxMessage, KeptPiece, Piece, Told } from '../../format.ts';
import { emisCsv } from './emis-csv.ts';
import { columnsOf, type TableName } from './tables.ts';

/** A row for a test: only what matters to it. */
export type TestRow = Record<string, string>;

/** A file of the extract as EMIS writes one: a header, then rows, every cell in quotes. */
export function fileOf(table: TableName, rows: readonly TestRow[], at = '20261122013000', seq = 1): InboxMessage {
  const columns = [...columnsOf(table), 'ProcessingId'];
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const text = lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
  return message(`291_${table}_${at}_8b2c1e60.csv`, text, seq);
}

/** Any text under any name. */
export function message(label: string, text: string, seq = 1): InboxMessage {
  return {
    seq,
    source: 'emis',
    organisation: 'F83063',
    format: 'emis-csv',
    label,
    receivedAt: '2026-11-22T02:00:00.000Z',
    bytes: new TextEncoder().encode(text),
  };
}

/** What an inbox that got these files in this order keeps: of each piece the last one said, then the last one that came. */
export class Kept {
  readonly doubts: string[] = [];
  readonly #pieces = new Map<string, Piece & KeptPiece>();

  constructor(...files: readonly InboxMessage[]) {
    for (const file of files) this.take(file);
  }

  take(file: InboxMessage): void {
    const { pieces, doubts } = emisCsv.sort(file);
    this.doubts.push(...doubts);
    for (const piece of pieces) {
      const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
      const said = { ...piece, at: piece.at ?? file.receivedAt, seq: file.seq };
      const known = this.#pieces.get(key);
      if (known === undefined || known.at < said.at || (known.at === said.at && known.seq <= said.seq)) {
        this.#pieces.set(key, said);
      }
    }
  }

  /** A scope, told from what is kept. */
  async tell(subject: string, scope = 'record'): Promise<Told> {
    const pieces = [...this.#pieces.values()]
      .filter((piece) => piece.subject === subject && piece.scope === scope)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
    const where = { source: 'emis', organisation: 'F83063', subject, scope } as const;
    return emisCsv.tell(where, pieces, (named, names) => Promise.resolve(this.#shared(named, names)));
  }

  #shared(scope: string, names: readonly string[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const name of names) {
      const piece = this.#pieces.get(JSON.stringify(['', scope, name]));
      if (piece !== undefined && piece.content !== '') found.set(name, piece.content);
    }
    return found;
  }
}

/** The one resource of a type, or of a type and id. */
export function only<T extends FhirResource['resourceType']>(
  { resources }: Told,
  type: T,
  id?: string,
): Extract<FhirResource, { resourceType: T }> {
  const found = resources.filter((one) => one.resourceType === type && (id === undefined || one.id === id));
  if (found.length !== 1) throw new Error(`${found.length} of ${type} ${id ?? ''}`);
  return found[0] as Extract<FhirResource, { resourceType: T }>;
}

/** A GUID for a test: `guidOf(7)`. */
export function guidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
