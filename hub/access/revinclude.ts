import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Sql } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { allowed, audited, somethingKept } from './filter.ts';
import type { Reference } from './gate.ts';
import type { Reader } from './reader.ts';
import { scoped } from './scoped.ts';
import { values } from './statement.ts';
import { typeCounts } from './summary.ts';
import { givenOf, type FoundRow } from './withheld-references.ts';

/** A reference parameter of a type, by which its rows point at others: `Observation:encounter`. */
export interface Pointer {
  type: ResourceType;
  param: string;
}

/**
 * The rows of this reader's person that point at any of the targets (`_revinclude`, R4 search 3.1.1.5.4), in the order
 * of type and id, `limit` and one more at most.
 */
export async function pointingRows(
  sql: Sql,
  reader: Reader,
  pointers: readonly Pointer[],
  targets: readonly Reference[],
  limit: number,
): Promise<ReadRow[]> {
  if (pointers.length === 0 || targets.length === 0) return [];
  const bound = values();
  const ways = pointers.map(({ type, param }) => {
    const tokens = targets.map((target) => `${param}=${target.type}/${target.id}`);
    return `(type = ${bound.bind(type, 'text')} and tokens && ${bound.bind(tokens, 'text[]')})`;
  });
  const types = pointers.map(({ type }) => type);
  const mine = [allowed(reader, bound), ...scoped(reader, 'r', types, bound)].join(' and ');
  const act = {
    action: 'revinclude',
    ids: targets.map(({ type, id }) => `${type}/${id}`),
    query: typeCounts(pointers),
  };
  const rows = await sql.query<FoundRow>(
    `with found as materialized (
       select type, id, version, updated, content from resource
       where patient = ${bound.bind(reader.patient, 'text')} and ${mine} and (${ways.join(' or ')})
       order by type, id limit ${bound.bind(limit + 1, 'integer')}
     ), audited as (
       ${audited(reader, act, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found order by type, id`,
    bound.list,
  );
  return givenOf(sql, reader, rows);
}
