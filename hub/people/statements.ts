import type { Patient } from 'fhir/r4';
import type { Sql } from '../store/database.ts';
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

/** The text of a source's last statement, if it made one. */
export async function readStatement(sql: Sql, source: string, localId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ content: string }>(
    'select content from source_patient where source = $1 and local_id = $2',
    [source, localId],
  );
  return row?.content;
}

/** Makes the person where they are new, and writes the link and its history when it is not the one that stood before. */
export async function linkToPerson(sql: Sql, known: { source: string; localId: string }, match: Match): Promise<void> {
  if (match.isNew) await sql.query('insert into person (id) values ($1)', [match.person]);
  if (match.rule === 'same-record') return;
  await writeLink(sql, { ...known, person: match.person, from: match.movedFrom, rule: match.rule, by: 'matching' });
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
  await sql.query(
    'insert into person_link (source, local_id, person, from_person, rule, by_whom, reason) values ($1, $2, $3, $4, $5, $6, $7)',
    [link.source, link.localId, link.person, link.from ?? null, link.rule, link.by, link.reason ?? null],
  );
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

/** Writes a source's statement, replacing its last one. */
export async function writeStatement(sql: Sql, person: string, statement: NewStatement): Promise<void> {
  const { source, localId, patient } = statement;
  const known = demographicsOf(patient);
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
      JSON.stringify(patient),
      known.nhsNumber ?? null,
      known.verification ?? null,
      known.birthDate ?? null,
      known.families,
      known.givens,
      localNumbersOf(patient),
      statement.receivedAt,
    ],
  );
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

/** Writes what the picker and the launch show of a person. `mask` is that of the served Patient. */
export async function writeSummary(sql: Sql, patient: Patient, mask: number): Promise<void> {
  const { nhsNumber } = demographicsOf(patient);
  const deceased = isConfirmedDeath(patient);
  await sql.query(
    `update person set nhs_number = $2, name = $3, birth_date = $4, gender = $5, deceased = $6, mask = $7 where id = $1
       and (nhs_number, name, birth_date, gender, deceased, mask) is distinct from ($2, $3, $4, $5, $6, $7)`,
    [
      patient.id,
      nhsNumber ?? null,
      displayName(patient.name?.[0]),
      patient.birthDate ?? null,
      patient.gender ?? null,
      deceased,
      mask,
    ],
  );
}
