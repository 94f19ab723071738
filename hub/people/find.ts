import type { Sql } from '../store/database.ts';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { normaliseName } from './names.ts';
import type { PersonSummary } from './person.ts';

interface PersonRow {
  id: string;
  nhs_number: string | null;
  name: string;
  birth_date: string | null;
  gender: string | null;
  deceased: boolean;
}

// A person whose own record is labelled is found by nobody, like every labelled record (T7, leaked record).
const visible = `select p.id, p.nhs_number, p.name, p.birth_date, p.gender, p.deceased from person p
  where p.merged_into is null and p.mask = 0`;
// One of several whom an identifier fits must not be taken for the only one because the others are withheld: where any of
// them is, it leads to nobody (wrong patient), which gives no more away than that.
const allVisible = (fits: string): string => `p.id in (select s.person from source_patient s where ${fits})
  and not exists (select from source_patient s join person hidden on hidden.id = s.person
    where ${fits} and hidden.mask <> 0 and hidden.merged_into is null)`;
const order = 'order by p.name, p.birth_date, p.id limit 50';

/** The person with this hub id. An id that was merged away leads to the person it was merged into. */
export async function findById(sql: Sql, id: string): Promise<PersonSummary | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return undefined;
  const rows = await sql.query<PersonRow>(
    `with recursive way(id, merged_into, steps) as (
       select id, merged_into, 0 from person where id = $1
       union all
       select next.id, next.merged_into, way.steps + 1 from way join person next on next.id = way.merged_into
       where way.steps < 20)
     ${visible} and p.id in (select id from way)`,
    [id],
  );
  return rows.map(summary)[0];
}

/**
 * Everybody a source states this NHS number for, confirmed or not (`mayOpenByNumber` says for whom it is enough).
 * Text that is no NHS number finds nobody, nor does a number that somebody withheld has too.
 */
export async function findByNhsNumber(sql: Sql, nhsNumber: string): Promise<PersonSummary[]> {
  const digits = parseNhsNumber(nhsNumber);
  if (digits === undefined) return [];
  const rows = await sql.query<PersonRow>(`${visible} and ${allVisible('s.nhs_number = $1')} ${order}`, [digits]);
  return rows.map(summary);
}

/**
 * Whether a number may open this person without anybody looking: a source has verified it or states it without a status,
 * or the asking source states it itself. A number that another one merely typed may be somebody else's (wrong patient).
 */
export async function mayOpenByNumber(sql: Sql, person: string, nhsNumber: string, source: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from source_patient where person = $1 and nhs_number = $2
       and (nhs_verification is null or nhs_verification = '01' or source = $3) limit 1`,
    [person, nhsNumber, source],
  );
  return rows.length > 0;
}

/** The person one source knows by this id: its own record id, or a number it uses for the record. */
export async function findByLocalId(sql: Sql, source: string, localId: string): Promise<PersonSummary[]> {
  if (localId === '') return [];
  const rows = await sql.query<PersonRow>(
    `${visible} and ${allVisible('s.source = $1 and (s.local_id = $2 or s.local_numbers @> array[$2]::text[])')} ${order}`,
    [source, localId],
  );
  return rows.map(summary);
}

/**
 * People by name and whole birth date, both required; accents, case and punctuation do not matter. Two people with one
 * name and birthday are both found.
 */
export async function findByNameAndBirthDate(
  sql: Sql,
  wanted: { family: string; given?: string | undefined; birthDate: string },
): Promise<PersonSummary[]> {
  const family = normaliseName(wanted.family);
  const givens = (wanted.given ?? '').split(/\s+/).map(normaliseName).filter(Boolean);
  if (family === '' || !/^\d{4}-\d{2}-\d{2}$/.test(wanted.birthDate)) return [];
  const rows = await sql.query<PersonRow>(
    `${visible} and p.id in (select person from source_patient
       where birth_date = $1 and families @> array[$2]::text[] and givens @> $3::text[]) ${order}`,
    [wanted.birthDate, family, givens],
  );
  return rows.map(summary);
}

function summary(row: PersonRow): PersonSummary {
  return {
    id: row.id,
    nhsNumber: row.nhs_number ?? undefined,
    name: row.name,
    birthDate: row.birth_date ?? undefined,
    gender: row.gender ?? undefined,
    deceased: row.deceased,
  };
}
