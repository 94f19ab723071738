import type { Patient } from 'fhir/r4';
import { hiddenBits, maskOf } from '../access/labels.ts';
import { searchValuesOf } from '../fhir/search-values.ts';
import type { Sql } from '../store/database.ts';
import { upsertRows } from '../store/resources.ts';
import type { NewRow } from '../store/rows.ts';
import { originOf } from './origin.ts';
import { composePeople, writeSummaries } from './statements.ts';

/**
 * Composes and stores the served Patient of each of these people. One whom no source speaks of any more, because it was
 * merged away, keeps only a Patient that says by whom it was replaced, withheld from everybody: a token that still names
 * it reads nothing rather than a record that looks empty (silent gap).
 */
export async function serveComposed(sql: Sql, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const composed = await composePeople(sql, people);
  const spokenOf = new Set(composed.map(({ id }) => id));
  const gone = await replaced(
    sql,
    people.filter((person) => !spokenOf.has(person)),
  );
  await upsertRows(sql, [
    ...composed.map((patient) => patientRow(patient, maskOf(patient))),
    ...gone.map((patient) => patientRow(patient, hiddenBits)),
  ]);
  await writeSummaries(
    sql,
    composed.map((patient) => ({ patient, mask: maskOf(patient) })),
  );
}

async function replaced(sql: Sql, people: readonly string[]): Promise<Patient[]> {
  if (people.length === 0) return [];
  const rows = await sql.query<{ id: string; merged_into: string | null }>(
    'select id, merged_into from person where id = any($1::text[])',
    [people],
  );
  return rows.map(({ id, merged_into: other }) => ({
    resourceType: 'Patient',
    id,
    meta: { source: 'urn:care-timeline:composed' },
    active: false,
    link: other === null ? undefined : [{ other: { reference: `Patient/${other}` }, type: 'replaced-by' }],
  }));
}

function patientRow(patient: Patient, mask: number): NewRow {
  const id = patient.id ?? '';
  return {
    patient: id,
    type: 'Patient',
    id,
    source: 'hub',
    origin: originOf('hub', id),
    mask,
    search: searchValuesOf(patient),
    content: JSON.stringify(patient),
  };
}
