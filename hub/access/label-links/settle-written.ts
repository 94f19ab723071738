import type { Sql } from '../../store/database.ts';
import { directory, type NewRow } from '../../store/rows.ts';
import type { JsonObject } from '../../resource/json.ts';
import { labelBits } from '../labels.ts';
import { labelParts } from './link-parts.ts';
import { linksOf, markedRows } from './settle-labels.ts';

/**
 * Whether rows that an app is about to write have to do with something labelled or sealed: they point at it, or are it. What
 * is written then takes its labels, so that it does not tell what it is about (leaked record). Asked before the write, which
 * would overwrite the labels; of most people nothing is labelled, and nothing is parsed.
 */
export async function touchesLabelled(sql: Sql, patient: string, rows: readonly NewRow[]): Promise<boolean> {
  const marked = (await markedRows(sql, [directory, patient])).filter(
    ({ mask, sealed }) => sealed || (mask & ~labelBits.own) !== 0,
  );
  if (marked.length === 0) return false;
  const labelled = new Set(marked.map(({ type, id }) => `${type}/${id}`));
  return rows.some(
    ({ type, id, source, content }) =>
      labelled.has(`${type}/${id}`) ||
      linksOf(labelParts(type, JSON.parse(content) as JsonObject), source).some((link) => labelled.has(link)),
  );
}
