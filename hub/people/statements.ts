import type { Patient } from 'fhir/r4';
import type { Sql } from '../store/database.ts';
import { storableValue } from '../store/storable.ts';
import { composePatient, type PatientStatement } from './compose.ts';
import { demographicsOf, localNumbersOf, type SourcePatient } from './demographics.ts';
import type { Match } from './match.ts';
import type { Conflict } from './match-rules.ts';
import { isConfirmedDeath } from './death.ts';
import { displayName } from './names.ts';

/** What a source says about who somebody is, as taken in. */
export interface NewStatement {
  source: string;
  localId: string;
  /** References in the hub's ids, `meta` stamped. */
  patient: Patient;
  receivedAt: string;
}

/** The identity a statement gives, for matching. */
export function sourcePatientOf(source: string, localId: string, patient: Patient): SourcePatient {
  return { source, localId, ...demographicsOf(patient) };
}

/** The text of the last statement that each of these sources made, by `statementKey`; none for whoever made none. */
export async function readStatements(
  sql: Sql,
  wanted: readonly { source: string; localId: string }[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const rows = await sql.query<{ place: number; content: string }>(
    `select w.place::integer as place, s.content
     from unnest($1::text[], $2::text[]) with ordinality as w (source, local_id, place)
     join source_patient s on s.source = w.source and s.local_id = w.local_id`,
    [wanted.map(({ source }) => source), wanted.map(({ localId }) => localId)],
  );
  return new Map(
    rows.flatMap(({ place, content }) => {
      const known = wanted[place - 1];
      return known === undefined ? [] : [[statementKey(known), content]];
    }),
  );
}

export function statementKey({ source, localId }: { source: string; localId: string }): string {
  return JSON.stringify([source, localId]);
}

/** Makes the person where they are new, and writes the link and its history when it is not the one that stood before. */
export async function linkToPerson(sql: Sql, known: { source: string; localId: string }, match: Match): Promise<void> {
  if (match.rule === 'same-record') return;
  const link = { ...known, person: match.person, from: match.movedFrom, rule: match.rule, by: 'matching' };
  if (match.isNew)
    await sql.query(`with made as (insert into person (id) values ($3)) ${insertLink}`, linkValues(link));
  else await writeLink(sql, link);
}

/** One line of a record's history: with whom it was put, from where, by which rule or by whom. */
export interface Link {
  source: string;
  localId: string;
  person: string;
  from: string | undefined;
  rule: string;
  by: string;
  reason?: string;
}

/** Adds to the history of links; nothing there is ever changed. */
export async function writeLink(sql: Sql, link: Link): Promise<void> {
  await sql.query(insertLink, linkValues(link));
}

const insertLink =
  'insert into person_link (source, local_id, person, from_person, rule, by_whom, reason) values ($1, $2, $3, $4, $5, $6, $7)';

function linkValues({ source, localId, person, from, rule, by, reason }: Link): (string | null)[] {
  return [source, localId, person, from ?? null, rule, by, reason ?? null];
}

/** Puts what matching would not decide on the worklist, once. */
export async function writeConflicts(
  sql: Sql,
  known: { source: string; localId: string },
  person: string,
  conflicts: readonly Conflict[],
): Promise<void> {
  for (const conflict of conflicts) {
    await sql.query(
      `insert into match_conflict (source, local_id, kind, other, person, reason) values ($1, $2, $3, $4, $5, $6)
       on conflict (source, local_id, kind, other) do nothing`,
      [known.source, known.localId, conflict.kind, conflict.other, person, conflict.reason],
    );
  }
}

/** Writes a source's statement, replacing its last one, and answers its text. */
export async function writeStatement(sql: Sql, person: string, statement: NewStatement): Promise<string> {
  const { source, localId, patient } = statement;
  const known = demographicsOf(patient);
  const content = JSON.stringify(patient);
  await sql.query(
    `insert into source_patient (source, local_id, person, content, nhs_number, nhs_verification, birth_date, families,
       givens, local_numbers, received)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (source, local_id) do update set person = excluded.person, content = excluded.content,
       nhs_number = excluded.nhs_number, nhs_verification = excluded.nhs_verification, birth_date = excluded.birth_date,
       families = excluded.families, givens = excluded.givens, local_numbers = excluded.local_numbers,
       received = excluded.received`,
    [
      source,
      localId,
      person,
      content,
      known.nhsNumber ?? null,
      known.verification ?? null,
      known.birthDate ?? null,
      known.families,
      known.givens,
      localNumbersOf(patient),
      statement.receivedAt,
    ],
  );
  return content;
}

/** Everything each of these persons' sources say of them, composed; a person without any statement is left out. */
export async function composePeople(sql: Sql, people: readonly string[]): Promise<Patient[]> {
  const rows = await sql.query<{
    person: string;
    source: string;
    local_id: string;
    content: string;
    gave_way: boolean;
  }>(
    `select person, source, local_id, content, exists (
       select from feed_link l join source_patient k on k.source = l.source and k.local_id = l.keep
       where l.source = s.source and l.gone = s.local_id and l.kind = 'merge' and k.person = s.person) as gave_way
     from source_patient s where person = any($1::text[])`,
    [people],
  );
  const statements = new Map<string, PatientStatement[]>();
  for (const row of rows) {
    const own = statements.get(row.person) ?? [];
    own.push({
      source: row.source,
      localId: row.local_id,
      patient: JSON.parse(row.content) as Patient,
      gaveWay: row.gave_way,
    });
    statements.set(row.person, own);
  }
  return [...statements].map(([person, told]) => composePatient(person, told));
}

/** Writes what the picker and the launch show of people. `mask` is that of the served Patient. */
export async function writeSummaries(sql: Sql, people: readonly { patient: Patient; mask: number }[]): Promise<void> {
  if (people.length === 0) return;
  const summaries = people.map(({ patient, mask }) => ({
    id: patient.id,
    nhs_number: demographicsOf(patient).nhsNumber,
    name: displayName(patient.name?.[0]),
    birth_date: patient.birthDate,
    gender: patient.gender,
    deceased: isConfirmedDeath(patient),
    mask,
  }));
  await sql.query(
    `update person p set nhs_number = i.nhs_number, name = i.name, birth_date = i.birth_date, gender = i.gender,
       deceased = i.deceased, mask = i.mask
     from json_to_recordset($1::json) as i (
       id text, nhs_number text, name text, birth_date text, gender text, deceased boolean, mask integer)
     where p.id = i.id and (p.nhs_number, p.name, p.birth_date, p.gender, p.deceased, p.mask)
       is distinct from (i.nhs_number, i.name, i.birth_date, i.gender, i.deceased, i.mask)`,
    [Buffer.from(JSON.stringify(summaries, (_name, value: unknown) => storableValue(value)))],
  );
}
