import type { Sql } from '../store/database.ts';

/** One line of the audit as it is read. */
export interface AuditLine {
  id: string;
  /** ISO 8601 UTC. */
  at: string;
  /** The hub's Patient id, or the directory's. */
  patient: string;
  user: { id: string; name: string; role: string; organisation: string } | undefined;
  client: string | undefined;
  openedFrom: string | undefined;
  reason: string | undefined;
  purpose: string | undefined;
  action: string;
  /** What was asked for or written; several with commas between them. */
  type: string | undefined;
  query: string | undefined;
  outcome: 'served' | 'refused';
  detail: string | undefined;
  requestId: string | undefined;
}

/** Who is meant: ids of two organisations' own making may be alike, so that both are named. */
export interface AuditedUser {
  id: string;
  organisation: string;
}

/** Which lines: those of some people, of one user, or of one user about some people. At least one is given. */
export interface LineQuery {
  /** Hub's Patient ids. */
  people?: readonly string[] | undefined;
  user?: AuditedUser | undefined;
  id?: string | undefined;
  /** ISO 8601 instants: at or after, and before. */
  from?: string | undefined;
  before?: string | undefined;
  descending: boolean;
  /** Go on after this line. */
  after?: { at: string; id: string } | undefined;
  limit: number;
}

interface LineRow {
  id: string;
  at: string;
  patient: string;
  user_id: string | null;
  user_name: string | null;
  user_role: string | null;
  user_organisation: string | null;
  client: string | null;
  opened_from: string | null;
  reason: string | null;
  purpose: string | null;
  action: string;
  type: string | null;
  query: string | null;
  outcome: 'served' | 'refused';
  detail: string | null;
  request_id: string | null;
}

/** Lines in the order of time. What was given out (`ids`, `found`) is left out: it may name what the asker is not shown. */
export async function readLines(sql: Sql, query: LineQuery): Promise<AuditLine[]> {
  const { people, user, id, from, before, descending, after, limit } = query;
  if (people === undefined && user === undefined) throw new Error('lines are asked for by person or by user');
  const list: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${list.push(value)}::${type}`;
  const conditions = [
    ...(people === undefined ? [] : [`patient = any(${bind(people, 'text[]')})`]),
    ...(user === undefined
      ? []
      : [`user_id = ${bind(user.id, 'text')} and user_organisation = ${bind(user.organisation, 'text')}`]),
    ...(id === undefined ? [] : [`id::text = ${bind(id, 'text')}`]),
    ...(from === undefined ? [] : [`at >= ${bind(from, 'timestamptz')}`]),
    ...(before === undefined ? [] : [`at < ${bind(before, 'timestamptz')}`]),
    ...(after === undefined
      ? []
      : [`(at, id::text) ${descending ? '<' : '>'} (${bind(after.at, 'timestamptz')}, ${bind(after.id, 'text')})`]),
  ];
  const order = descending ? 'desc' : 'asc';
  const rows = await sql.query<LineRow>(
    `select id, at, patient, user_id, user_name, user_role, user_organisation, client, opened_from, reason, purpose, action,
       coalesce(type, (select string_agg(distinct split_part(each, '/', 1), ', ') from unnest(ids) as each
         where action in ('create', 'update', 'delete'))) as type, query, outcome, detail, request_id
     from audit where ${conditions.join(' and ')} order by at ${order}, id::text ${order} limit ${bind(limit, 'integer')}`,
    list,
  );
  return rows.map(lineOf);
}

function lineOf(row: LineRow): AuditLine {
  return {
    id: row.id,
    at: row.at,
    patient: row.patient,
    user:
      row.user_id === null
        ? undefined
        : {
            id: row.user_id,
            name: row.user_name ?? '',
            role: row.user_role ?? '',
            organisation: row.user_organisation ?? '',
          },
    client: row.client ?? undefined,
    openedFrom: row.opened_from ?? undefined,
    reason: row.reason ?? undefined,
    purpose: row.purpose ?? undefined,
    action: row.action,
    type: row.type ?? undefined,
    query: row.query ?? undefined,
    outcome: row.outcome,
    detail: row.detail ?? undefined,
    requestId: row.request_id ?? undefined,
  };
}

/** A person's id with those that were merged into it: lines stay where they were written. */
export async function everyIdOf(sql: Sql, person: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `with recursive ids(id, steps) as (
       select $1::text collate "C", 0
       union select p.id, ids.steps + 1 from ids join person p on p.merged_into = ids.id where ids.steps < 20)
     select distinct id from ids`,
    [person],
  );
  return rows.map(({ id }) => id);
}
