import { hash } from '../../../../borough/random.ts';
import type { Term } from '../../../../borough/facts.ts';
import type { TableName } from './columns.ts';

export type CsvRow = Readonly<Record<string, string | undefined>>;

/** All that a practice's system holds at one moment: rows by table and by what they go by. */
export class Ledger {
  readonly tables = new Map<TableName, Map<string, CsvRow>>();

  /** `key` is the row's own id, or ids. */
  put(table: TableName, key: string, row: CsvRow): void {
    const rows = this.tables.get(table) ?? new Map<string, CsvRow>();
    this.tables.set(table, rows);
    rows.set(key, row);
  }

  /** The code of a word, which the extract lists once however often it is used. */
  code(term: Term, more: CsvRow = {}): string {
    const id = String(1_000_000 + (hash(`clinical ${term.code ?? ''} ${term.text}`) % 900_000_000));
    this.put('Coding_ClinicalCode', id, {
      CodeId: id,
      Term: term.text,
      SnomedCTConceptId: term.code,
      // What EMIS has no national code for is a code of its own.
      ReadTermId: term.code === undefined ? `EMISNQ${id}` : undefined,
      EmisCodeCategoryDescription: 'Clinical code',
      ...more,
    });
    return id;
  }

  drug(term: Term): string {
    const id = String(1_000_000 + (hash(`drug ${term.text}`) % 900_000_000));
    this.put('Coding_DrugCode', id, { CodeId: id, Term: term.text, DmdProductCodeId: term.code });
    return id;
  }
}
