import { settleSeals } from '../access/seals.ts';
import type { Sql } from '../store/database.ts';
import { copyConsents, moveOrigin } from '../store/move-origin.ts';

/**
 * Brings along what was decided about who may look, after one source's record went from one person to another (leaked
 * record: a choice that a merge loses opens what was kept back).
 *
 * Where nothing is left of the first person, all that was decided about them holds for the other from now on: a denial of either
 * is a denial of the joined one. Where they part again, what had come with them goes back. Of what was decided while they were
 * one it cannot be known for whom: choices are kept by both, with the Consents that say them; grounds and broken glass stay
 * where they are, so that nobody looks at somebody on a ground declared about another. A seal is always where its item is.
 */
export async function moveAccess(sql: Sql, from: string, to: string, emptied: boolean): Promise<void> {
  if (emptied) await moveAll(sql, from, to);
  else await part(sql, from, to);
  await followItems(sql, from, to);
  for (const person of [from, to]) if (await hasSeals(sql, person)) await settleSeals(sql, person);
}

async function moveAll(sql: Sql, from: string, to: string): Promise<void> {
  await moveWritten(sql, from, from, to);
  for (const table of ['relationship', 'break_glass'] as const) {
    await sql.query(`update ${table} set patient = $2, moved_from = $1 where patient = $1`, [from, to]);
  }
  for (const table of ['choice', 'sealed_item'] as const) {
    await copyDecided(sql, table, from, to, '$1::text');
    await sql.query(`delete from ${table} where patient = $1`, [from]);
  }
}

async function part(sql: Sql, from: string, to: string): Promise<void> {
  await moveWritten(sql, to, from, to);
  for (const table of ['relationship', 'break_glass'] as const) {
    await sql.query(`update ${table} set patient = $2, moved_from = null where patient = $1 and moved_from = $2`, [
      from,
      to,
    ]);
  }
  await copyConsents(sql, from, to);
  for (const table of ['choice', 'sealed_item'] as const) {
    await copyDecided(sql, table, from, to, 'null');
    await sql.query(`delete from ${table} where patient = $1 and moved_from = $2`, [from, to]);
  }
}

/** What apps wrote of the first person (`client|person`): no source's record, so no record takes it along. */
async function moveWritten(sql: Sql, of: string, from: string, to: string): Promise<void> {
  const origins = await sql.query<{ origin: string }>(
    `select distinct origin from resource where patient = $1 and right(origin, length($2::text) + 1) = '|' || $2::text
       and source <> 'hub'`,
    [from, of],
  );
  for (const { origin } of origins) await moveOrigin(sql, origin, from, to);
}

async function copyDecided(
  sql: Sql,
  table: 'choice' | 'sealed_item',
  from: string,
  to: string,
  movedFrom: '$1::text' | 'null',
): Promise<void> {
  const columns = {
    choice: 'consent, place, to_organisation, from_source, kind, since, until',
    sealed_item: 'type, id, consent',
  }[table];
  await sql.query(
    `insert into ${table} (patient, ${columns}, moved_from)
     select $2, ${columns}, ${movedFrom} from ${table} where patient = $1 on conflict do nothing`,
    [from, to],
  );
}

/** A seal of an item that only the other person has now is theirs. */
async function followItems(sql: Sql, from: string, to: string): Promise<void> {
  for (const [left, kept] of [
    [from, to],
    [to, from],
  ]) {
    await sql.query(
      `with gone as (
         delete from sealed_item s where s.patient = $1
           and exists (select from resource r where r.patient = $2 and r.type = s.type and r.id = s.id)
           and not exists (select from resource r where r.patient = $1 and r.type = s.type and r.id = s.id)
         returning *)
       insert into sealed_item (patient, type, id, consent, moved_from)
       select $2, type, id, consent, moved_from from gone on conflict do nothing`,
      [left, kept],
    );
  }
}

async function hasSeals(sql: Sql, person: string): Promise<boolean> {
  return (await sql.query('select from sealed_item where patient = $1 limit 1', [person])).length > 0;
}
