import type { Sql } from '../store/database.ts';
import { directory } from '../store/rows.ts';
import type { Look } from './patterns.ts';

/** Who a line is about, as an officer may know it. */
export interface NamedPerson {
  name: string;
  nhsNumber: string | undefined;
}

/** Names and numbers of people, by Patient id; of one that was merged, those of the person it now is. */
export async function namesOf(sql: Sql, ids: readonly string[]): Promise<Map<string, NamedPerson>> {
  const wanted = [...new Set(ids)].filter((id) => id !== directory);
  if (wanted.length === 0) return new Map();
  const rows = await sql.query<{ id: string; name: string; nhs_number: string | null }>(
    `select p.id, coalesce(now.name, p.name) as name, coalesce(now.nhs_number, p.nhs_number) as nhs_number
     from person p left join person now on now.id = p.merged_into where p.id = any($1::text[])`,
    [wanted],
  );
  return new Map(rows.map(({ id, name, nhs_number: number }) => [id, { name, nhsNumber: number ?? undefined }]));
}

/** One time the glass was broken. Instants are ISO 8601 UTC. */
export interface BrokenGlass {
  patient: string;
  grant: string;
  user: { id: string; name: string; role: string; organisation: string };
  from: string;
  code: string;
  reason: string;
  at: string;
  reviewed: string | undefined;
  finding: string | undefined;
}

interface GlassRow {
  patient: string;
  grant_id: string;
  user_id: string;
  user_name: string;
  user_role: string;
  organisation: string;
  opened_from: string;
  reason_code: string;
  reason: string;
  at: string;
  reviewed: string | null;
  finding: string | null;
}

/** Broken glass, what is still to be looked at first, then the newest; a hundred at most. */
export async function readBrokenGlass(sql: Sql): Promise<BrokenGlass[]> {
  const rows = await sql.query<GlassRow>(
    `select patient, grant_id, user_id, user_name, user_role, organisation, opened_from, reason_code, reason, at, reviewed, finding
     from break_glass order by reviewed is not null, at desc limit 100`,
  );
  return rows.map((row) => ({
    patient: row.patient,
    grant: row.grant_id,
    user: { id: row.user_id, name: row.user_name, role: row.user_role, organisation: row.organisation },
    from: row.opened_from,
    code: row.reason_code,
    reason: row.reason,
    at: row.at,
    reviewed: row.reviewed ?? undefined,
    finding: row.finding ?? undefined,
  }));
}

/** How many are still to be looked at. */
export async function countToReview(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ open: number }>(
    'select count(*)::integer as open from break_glass where reviewed is null',
  );
  return row?.open ?? 0;
}

/** Keeps what an officer found; answers false where there is none such, or another officer's finding stands. */
export async function keepFinding(
  sql: Sql,
  { patient, grant, by, finding }: { patient: string; grant: string; by: string; finding: string },
): Promise<boolean> {
  const rows = await sql.query(
    `update break_glass set reviewed = clock_timestamp(), reviewed_by = $3::text, finding = $4::text
     where patient = $1::text and grant_id = $2::text and reviewed is null returning patient`,
    [patient, grant, by, finding],
  );
  return rows.length === 1;
}

/** Days that patterns are looked for in, and the most hours of one user with one person. */
export const patternDays = 7;
const mostLooks = 50_000;

interface LookRow {
  at: string;
  user_id: string;
  user_name: string;
  user_role: string;
  user_organisation: string;
  patient: string;
  person_name: string | null;
  opened_from: string | null;
  grounded: boolean;
  broke: boolean;
}

/** Who looked at whom in the last days, an hour of one user with one person as one; the newest first. */
export async function recentLooks(sql: Sql): Promise<Look[]> {
  const rows = await sql.query<LookRow>(
    `with looks as (
       select a.user_id, a.user_organisation, a.patient, min(a.at) as at, max(a.at) as until, max(a.user_name) as user_name,
         max(a.user_role) as user_role, max(a.opened_from) as opened_from, bool_or(a.action = 'break-glass' and a.outcome = 'served') as broke
       from audit a
       where a.at > now() - make_interval(days => ${patternDays}) and a.patient <> $1 and a.user_id is not null
         and a.client is distinct from 'ops' and a.client is distinct from 'privacy'
         and a.action in ('authorize', 'read', 'search', 'everything', 'news', 'break-glass')
       group by a.user_id, a.user_organisation, a.patient, date_trunc('hour', a.at)
       order by min(a.at) desc limit ${mostLooks})
     select l.at, l.user_id, l.user_name, l.user_role, l.user_organisation, l.patient, p.name as person_name,
       l.opened_from, l.broke,
       exists (select from relationship r where r.patient = l.patient and r.user_id = l.user_id
         and r.since <= l.until and (r.until is null or r.until > l.at) and (r.revoked is null or r.revoked > l.at)) as grounded
     from looks l left join person p on p.id = l.patient`,
    [directory],
  );
  return rows.map((row) => ({
    at: row.at,
    user: { id: row.user_id, name: row.user_name, role: row.user_role, organisation: row.user_organisation },
    patient: row.patient,
    personName: row.person_name ?? '',
    from: row.opened_from ?? '',
    grounded: row.grounded,
    brokeGlass: row.broke,
  }));
}
