import type { Sql } from './database.ts';
import { versionFields } from './resources.ts';
import { storableText } from './storable.ts';

/** The person who is to get the rows has some of them already; nothing was moved. */
export class MoveRefusedError extends Error {
  override name = 'MoveRefusedError';
}

/**
 * Moves what came with one source patient record from one person to another, for merging and unmerging: exactly the rows
 * of that origin, with all their history, in one statement, so all or nothing. A moved row becomes its next version,
 * since it is about somebody else now; references to the person in its text and tokens go along. Rows of other origins
 * stay.
 * @returns how many rows were moved, history not counted
 * @throws MoveRefusedError when the receiving person has a row of the same type and id
 */
export async function moveOrigin(sql: Sql, origin: string, fromPatient: string, toPatient: string): Promise<number> {
  if (fromPatient === toPatient) return 0;
  const keys = [storableText(origin), fromPatient, toPatient];
  const twice = await sql.query<{ rows: number }>(
    `select count(*)::integer as rows from resource moving
     join resource taken on taken.patient = $3 and taken.type = moving.type and taken.id = moving.id
     where moving.patient = $2 and moving.origin = $1`,
    keys,
  );
  const taken = twice[0]?.rows ?? 0;
  if (taken > 0) throw new MoveRefusedError(`${taken} rows of this origin are already with the receiving person`);
  const moved = await sql.query<{ moved: number }>(moveStatement, keys);
  return moved[0]?.moved ?? 0;
}

// A reference to the person, in text and in tokens: the closing quote and the end keep a longer id from matching.
const referenceText = (content: string) =>
  `replace(${content}, '"Patient/' || $2::text || '"', '"Patient/' || $3::text || '"')`;

const movedTokens = (row: string) => `array(
  select case when right(token, length('=Patient/' || $2::text)) = '=Patient/' || $2::text
    then left(token, -length($2::text)) || $3::text else token end
  from unnest(${row}.tokens) with ordinality as t(token, place) order by place
)`;

// The version fields stand in the text exactly as they were written in, so that one exact pair is replaced by the next.
const moveStatement = `
with gone as (
  delete from resource where patient = $2 and origin = $1 returning *
),
past as (
  delete from resource_history h using gone g
  where h.patient = $2 and h.type = g.type and h.id = g.id
  returning h.*
),
kept as (
  insert into resource_history (patient, type, id, version, updated, source, origin, mask, tokens, content)
  select $3, type, id, version, updated, source, origin, mask, ${movedTokens('past')}, ${referenceText('content')} from past
  union all
  select $3, type, id, version, updated, source, origin, mask, ${movedTokens('gone')}, ${referenceText('content')} from gone
),
moved as (
  insert into resource (patient, type, id, version, updated, source, origin, mask,
    date_start, date_end, authored_start, authored_end, tokens, digest, content)
  select $3, g.type, g.id, g.version + 1, n.updated, g.source, g.origin, g.mask,
    g.date_start, g.date_end, g.authored_start, g.authored_end, ${movedTokens('g')}, g.digest,
    replace(${referenceText('g.content')}, ${versionFields('g.version', 'g.updated')}, ${versionFields('(g.version + 1)', 'n.updated')})
  from gone g, (select date_trunc('milliseconds', statement_timestamp()) as updated) as n
  returning 1
)
select count(*)::integer as moved from moved`;

/**
 * Copies a person's choices about who may look (Consents that an app wrote: `client|person`) to another person, where two that
 * were one part: whose they are cannot be known. They are the other's own from then on, under the same ids.
 */
export async function copyConsents(sql: Sql, fromPatient: string, toPatient: string): Promise<void> {
  await sql.query(copyStatement, ['Consent', fromPatient, toPatient]);
}

const copyStatement = `
insert into resource (patient, type, id, version, updated, source, origin, mask,
  date_start, date_end, authored_start, authored_end, tokens, digest, content)
select $3, type, id, version, updated, source, source || '|' || $3::text, mask,
  date_start, date_end, authored_start, authored_end, ${movedTokens('r')}, digest, ${referenceText('content')}
from resource r
where patient = $2 and type = $1::text
  and exists (select from choice c where c.patient = $2 and c.consent = r.id
    union all select from sealed_item s where s.patient = $2 and s.consent = r.id)
on conflict do nothing`;
