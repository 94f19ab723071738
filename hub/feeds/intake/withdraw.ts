import { hiddenBits } from '../../access/labels.ts';
import { withdrawnOrigin } from '../../people/origin.ts';
import type { Sql } from '../../store/database.ts';
import { directory, type NewRow } from '../../store/rows.ts';

/** `meta.source` of what is left of a row. */
export const withdrawnMark = 'urn:care-timeline:withdrawn';

/** A row that now belongs to another person, and what is left where it stood. */
export interface Withdrawal {
  row: NewRow;
  tombstone: NewRow;
}

/**
 * Rows among these that the same source told of another person before. An event has one person: when the source corrects
 * whose it was, what it said before must not stay with the wrong one. There its content goes and nobody is shown what is
 * left; the history keeps what was said.
 */
export async function withdrawals(sql: Sql, rows: readonly NewRow[]): Promise<Withdrawal[]> {
  const ofPeople = new Map(rows.filter(({ patient }) => patient !== directory).map((row) => [row.id, row]));
  if (ofPeople.size === 0) return [];
  const stored = await sql.query<{ patient: string; type: string; id: string }>(
    'select patient, type, id from resource where id = any($1::text[]) and source = any($2::text[])',
    [[...ofPeople.keys()], [...new Set(rows.map(({ source }) => source))]],
  );
  return stored.flatMap(({ patient, type, id }) => {
    const row = ofPeople.get(id);
    if (row === undefined || row.type !== type || row.patient === patient) return [];
    return [{ row, tombstone: tombstoneOf(row, patient) }];
  });
}

function tombstoneOf({ type, id, source }: NewRow, patient: string): NewRow {
  return {
    patient,
    type,
    id,
    source,
    origin: withdrawnOrigin,
    mask: hiddenBits,
    search: { date: undefined, authored: undefined, tokens: [] },
    content: JSON.stringify({ resourceType: type, id, meta: { source: withdrawnMark } }),
  };
}
