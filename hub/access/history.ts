import type { ResourceType } from '../../fhir/resource-types.ts';
import { searchableInstant } from '../store/storable.ts';
import type { Sql } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { allowed, allowedWhenDeleted, audited, compartment, somethingKept } from './filter.ts';
import { deletedBit } from './labels.ts';
import type { Reader } from './reader.ts';
import { scoped } from './scoped.ts';
import { values, type Values } from './statement.ts';
import { givenOf, type FoundRow } from './withheld-references.ts';

/** One version of a resource; of a deletion only that it happened. */
export interface VersionRow extends ReadRow {
  deleted: boolean;
}

/** Where a page of a history ended: the instant (ISO 8601 UTC), the id and the version of its last row. */
export interface HistoryPosition {
  updated: string;
  id: string;
  version: number;
}

/** Whose history: one resource's, or a whole type's within the compartment. */
export interface HistoryQuery {
  type: ResourceType;
  id: string | undefined;
  /** Only versions written at or after this instant, ISO 8601. */
  since: string | undefined;
  limit: number;
  after: HistoryPosition | undefined;
}

/**
 * One page of versions, newest first, `limit` and one more at most. A resource that is labelled now is withheld in all
 * its versions, and a version that was labelled then stays withheld; so is what the scopes leave out. What was deleted is
 * told as that.
 */
export async function historyRows(sql: Sql, reader: Reader, query: HistoryQuery): Promise<VersionRow[]> {
  const { type, id, since, after, limit } = query;
  const bound = values();
  const key = [
    `patient = ${bound.bind(compartment(reader, type), 'text')}`,
    `type = ${bound.bind(type, 'text')}`,
    ...(id === undefined ? [] : [`id = ${bound.bind(id, 'text')}`]),
  ].join(' and ');
  const wanted = [
    ...(since === undefined ? [] : [`updated >= ${bound.bind(searchableInstant(since), 'timestamptz')}`]),
    ...(after === undefined
      ? []
      : [
          `(updated, id, version) < (${bound.bind(after.updated, 'timestamptz')}, ${bound.bind(after.id, 'text')} collate "C", ${bound.bind(after.version, 'integer')})`,
        ]),
  ];
  const act = {
    action: 'history',
    type,
    ids: id === undefined ? [] : [id],
    query: [`limit=${limit}`, ...(since === undefined ? [] : [`since=${since}`])].join(' '),
  };
  const deleted = bound.bind(deletedBit, 'integer');
  const letter = id === undefined ? 's' : 'r';
  const rows = await sql.query<VersionRow & FoundRow>(
    `with current as materialized (
       select type, id, version, updated, content, (mask & ${deleted}) <> 0 as deleted
       from resource where ${[key, allowedWhenDeleted(reader, bound), ...scopedOrGone(reader, letter, type, bound)].join(' and ')}
     ), found as materialized (
       select * from (
         select * from current
         union all
         select type, id, version, updated, content, (mask & ${deleted}) <> 0 as deleted
         from resource_history h
         where ${[key, allowedWhenDeleted(reader, bound), ...scoped(reader, letter, [type], bound)].join(' and ')}
           and exists (select from current c where c.id = h.id)
       ) as versions
       ${wanted.length === 0 ? '' : `where ${wanted.join(' and ')}`}
       order by updated desc, id desc, version desc limit ${bound.bind(limit + 1, 'integer')}
     ), audited as (
       ${audited(reader, act, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found order by updated desc, id desc, version desc`,
    bound.list,
  );
  return givenOf(sql, reader, rows);
}

/** Whether a resource is gone that this reader might have seen: 410 instead of 404 (R4 RESTful API, delete). */
export async function wasDeleted(sql: Sql, reader: Reader, type: ResourceType, id: string): Promise<boolean> {
  const bound = values();
  const rows = await sql.query<{ gone: boolean }>(
    `select true as gone from resource
     where patient = ${bound.bind(compartment(reader, type), 'text')} and type = ${bound.bind(type, 'text')}
       and id = ${bound.bind(id, 'text')} and not ${allowed(reader, bound)}
       and ${[allowedWhenDeleted(reader, bound), ...scopedOrGone(reader, 'r', type, bound)].join(' and ')}`,
    bound.list,
  );
  return rows.length > 0;
}

/** Rows within the scopes, and deletions of such: a deleted row has no tokens of its own any more. */
function scopedOrGone(reader: Reader, letter: 'r' | 's', type: ResourceType, bound: Values): string[] {
  return scoped(reader, letter, [type], bound).map((condition) => {
    const [before = 'false'] = scoped(reader, letter, [type], bound, 'before.');
    return `(${condition} or ((mask & ${bound.bind(deletedBit, 'integer')}) <> 0 and exists (
      select from resource_history before where before.patient = resource.patient and before.type = resource.type
        and before.id = resource.id and before.version = resource.version - 1 and ${before})))`;
  });
}
