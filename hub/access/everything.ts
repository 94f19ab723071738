import type { ResourceType } from '../../fhir/resource-types.ts';
import type { Sql } from '../store/database.ts';
import type { ReadRow } from '../store/rows.ts';
import { searchableInstant } from '../store/storable.ts';
import { allowed, audited, somethingKept } from './filter.ts';
import { referencesFrom, type Reference } from './gate.ts';
import type { Reader } from './reader.ts';
import { scoped } from './scoped.ts';
import { values } from './statement.ts';
import { givenOf, type FoundRow } from './withheld-references.ts';

/** What of a person's record is wanted. */
export interface EverythingQuery {
  types: readonly ResourceType[];
  /** Only what was written at or after this instant, ISO 8601. */
  since: string | undefined;
  limit: number;
  /** Go on after this row, in the order of type and id. */
  after: Reference | undefined;
}

/** Some of a person's record, and the services, staff and places that it names. */
export interface EverythingPart {
  rows: ReadRow[];
  named: Reference[];
}

/**
 * The next part of a person's whole record (`Patient/$everything`), in the order of type and id, so that what is written
 * meanwhile neither repeats nor hides another. Each part writes its own audit row.
 */
export async function everythingRows(sql: Sql, reader: Reader, query: EverythingQuery): Promise<EverythingPart> {
  const bound = values();
  const { types, since, limit, after } = query;
  const conditions = [
    `patient = ${bound.bind(reader.patient, 'text')}`,
    `type = any(${bound.bind(types, 'text[]')})`,
    allowed(reader, bound),
    ...scoped(reader, 'r', types, bound),
    ...(since === undefined ? [] : [`updated >= ${bound.bind(searchableInstant(since), 'timestamptz')}`]),
    ...(after === undefined
      ? []
      : [`(type, id) > (${bound.bind(after.type, 'text')} collate "C", ${bound.bind(after.id, 'text')} collate "C")`]),
  ];
  const act = {
    action: isNews(query) ? 'news' : 'everything',
    query: [`limit=${limit}`, ...(since === undefined ? [] : [`since=${since}`])].join(' '),
  };
  const found = await sql.query<FoundRow & { named: string[] }>(
    `with found as materialized (
       select type, id, version, updated, content, array(
         select distinct substr(token, strpos(token, '=') + 1) from unnest(tokens) as token where token ~ '^[A-Za-z_-]+='
       ) as named
       from resource where ${conditions.join(' and ')} order by type, id limit ${bound.bind(limit, 'integer')}
     ), audited as (
       ${audited(reader, act, '(select count(*)::integer from found)', bound)}
     )
     select found.*, ${somethingKept(reader, bound)} as kept from found order by type, id`,
    bound.list,
  );
  const rows = await givenOf(sql, reader, found);
  return {
    rows: rows.map(({ type, id, version, updated, content }) => ({ type, id, version, updated, content })),
    named: referencesFrom(found.flatMap(({ named }) => named)),
  };
}

/** As many as a page that is open asks for when it looks whether anything is new. */
const mostNews = 51;

/**
 * Whether somebody only looks what is new: a few of what came since an instant, and no more of it. The person is told of it as that,
 * and of all else as what it may be, a copy of their record.
 */
function isNews({ since, after, limit }: EverythingQuery): boolean {
  return since !== undefined && after === undefined && limit <= mostNews;
}
