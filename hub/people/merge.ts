import { randomUUID } from 'node:crypto';
import type { Database, Sql } from '../store/database.ts';
import { moveOrigin } from '../store/move-origin.ts';
import { moveAccess } from './move-access.ts';
import { originOf, withdrawnOrigin } from './origin.ts';
import { serveComposed } from './serve.ts';
import { writeLink } from './statements.ts';

/** Who settled it and why: kept in the history of links. */
export interface Settlement {
  by: string;
  reason: string;
}

/** One source's patient record moved from one person to another. */
export interface Move {
  source: string;
  localId: string;
  from: string;
  to: string;
}

/**
 * Moves one source's record with every row that came with it, and what was decided about who may look; a person left with
 * nothing leads to the other from now on.
 * Must run inside a transaction. Composes nothing. Throws MoveRefusedError when the receiving person has one of the rows already.
 */
export async function moveRecord(sql: Sql, move: Move): Promise<void> {
  const emptied = await moveRows(sql, move);
  await moveAccess(sql, move.from, move.to, emptied);
}

/** Answers whether the first person is left with nothing. */
async function moveRows(sql: Sql, { source, localId, from, to }: Move): Promise<boolean> {
  await sql.query('update source_patient set person = $3 where source = $1 and local_id = $2', [source, localId, to]);
  await clearWithdrawn(sql, originOf(source, localId), from, to);
  await moveOrigin(sql, originOf(source, localId), from, to);
  const emptied = await sql.query(
    `update person set merged_into = $2
     where id = $1 and not exists (select 1 from source_patient where person = $1) returning id`,
    [from, to],
  );
  return emptied.length > 0;
}

/**
 * Where the receiving person keeps only what is left of a row that the source told of them before (hub/feeds/intake/withdraw),
 * that gives way to the row that comes; its history stays under an id of its own.
 */
async function clearWithdrawn(sql: Sql, origin: string, from: string, to: string): Promise<void> {
  await sql.query(
    `with gone as (
       delete from resource t using resource m
       where t.patient = $3 and t.origin = $4 and m.patient = $2 and m.origin = $1 and m.type = t.type and m.id = t.id
       returning t.type, t.id)
     update resource_history h set id = h.id || '.withdrawn' from gone g
     where h.patient = $3 and h.type = g.type and h.id = g.id`,
    [origin, from, to, withdrawnOrigin],
  );
}

/**
 * Makes two persons one: everything of `remove` moves to `keep`, in one transaction, and the id `remove` leads to
 * `keep` from now on. Rejects when either is not a person or was merged before.
 */
export async function mergePeople(db: Database, keep: string, remove: string, settled: Settlement): Promise<void> {
  if (keep === remove) throw new Error('A person cannot be merged with themselves.');
  await db.transaction(async (sql) => {
    await lockPeople(sql, [keep, remove]);
    const records = await sql.query<{ source: string; local_id: string }>(
      'select source, local_id from source_patient where person = $1 order by source, local_id',
      [remove],
    );
    for (const { source, local_id: localId } of records) {
      await moveRows(sql, { source, localId, from: remove, to: keep });
      await writeLink(sql, { source, localId, person: keep, from: remove, rule: 'merged', ...settled });
    }
    await moveAccess(sql, remove, keep, true);
    await serveComposed(sql, [keep, remove]);
  });
}

/**
 * Puts one source's record with another person, as that source says of two of its own records: only that record moves.
 * Must run inside a transaction.
 */
export async function mergeRecordWithin(sql: Sql, move: Move, settled: Settlement): Promise<void> {
  const { source, localId, from, to } = move;
  await lockPeople(sql, [from, to]);
  await moveRecord(sql, move);
  await writeLink(sql, { source, localId, person: to, from, rule: 'merged', ...settled });
  await serveComposed(sql, [from, to]);
}

/**
 * Takes one source's record out of a person again, with exactly the rows that came with it, in one transaction. It goes
 * back to the person it was merged from, where that person is empty, else to a new one. Answers that person's id.
 * Rejects when the record is not known or is all that the person has.
 */
export async function unmergeRecord(
  db: Database,
  record: { source: string; localId: string },
  settled: Settlement,
): Promise<string> {
  return db.transaction((sql) => unmergeWithin(sql, record, settled));
}

/** The same within a transaction that does more. */
export async function unmergeWithin(
  sql: Sql,
  record: { source: string; localId: string },
  settled: Settlement,
): Promise<string> {
  const { source, localId } = record;
  const [known] = await sql.query<{ person: string }>(
    'select person from source_patient where source = $1 and local_id = $2 for update',
    [source, localId],
  );
  if (known === undefined) throw new Error('There is no such source record.');
  const from = known.person;
  await lockPeople(sql, [from]);
  const [others] = await sql.query<{ n: string | number }>(
    'select count(*) as n from source_patient where person = $1',
    [from],
  );
  if (Number(others?.n) < 2) throw new Error('The record is all that this person has: there is nothing to take apart.');
  const to = (await personBefore(sql, record, from)) ?? randomUUID();
  await sql.query('insert into person (id) values ($1) on conflict (id) do update set merged_into = null', [to]);
  await moveRecord(sql, { source, localId, from, to });
  await writeLink(sql, { source, localId, person: to, from, rule: 'unmerged', ...settled });
  await serveComposed(sql, [from, to]);
  return to;
}

/** The person the record was merged from, if nothing is left there. */
async function personBefore(
  sql: Sql,
  record: { source: string; localId: string },
  now: string,
): Promise<string | undefined> {
  const [link] = await sql.query<{ from_person: string | null }>(
    `select l.from_person from person_link l
     where l.source = $1 and l.local_id = $2 and l.person = $3 and l.rule = 'merged'
       and exists (select 1 from person p where p.id = l.from_person and p.merged_into = $3)
       and not exists (select 1 from source_patient s where s.person = l.from_person)
     order by l.at desc limit 1`,
    [record.source, record.localId, now],
  );
  return link?.from_person ?? undefined;
}

async function lockPeople(sql: Sql, people: readonly string[]): Promise<void> {
  const rows = await sql.query<{ id: string }>(
    'select id from person where id = any($1::text[]) and merged_into is null order by id for update',
    [people],
  );
  if (rows.length !== people.length) throw new Error('There is no such person, or they were merged before.');
}
