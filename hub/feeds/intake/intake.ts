import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FhirResource, Patient } from 'fhir/r4';
import { maskOf } from '../../access/labels.ts';
import type { Database, Sql } from '../../store/database.ts';
import { admit } from './admissible.ts';
import { writeBatch, writeTellings } from './batch.ts';
import { inheritLabels } from './inherit-labels.ts';
import { InputIndex, type Statement } from './input-index.ts';
import { newInput, type Input, type Telling } from './input.ts';
import { asJson, withoutUndefined } from '../../resource/json.ts';
import type { KnownDirectory } from './known-directory.ts';
import { Ledger } from './ledger.ts';
import { ownIdOf } from './own-id.ts';
import { rememberedStructure } from './remembered-structure.ts';
import type { IntakeReport, SourceRecord } from './source-record.ts';
import { StructureChecker, type KnownStructure } from './structure-checker.ts';

/** Resources written in one transaction: enough to be quick, little enough to hold in memory. */
export const batchSize = 2000;

/** What became of many records together. */
export type BulkReport = Omit<IntakeReport, 'patient'>;

/**
 * Takes in what one source says about one person. Everything that can be taken is, in one transaction; the rest is
 * refused by name with a reason. The same record told again changes nothing. Rejects only when the store fails.
 */
export async function takeIn(db: Database, record: SourceRecord): Promise<IntakeReport> {
  const { input, tellings, only } = inputOf(prepare(record));
  await writeBatch(db, tellings);
  return reportOf(input, only);
}

/**
 * The same of several records within a transaction that does more: what became of each, in order, holds once that is
 * committed. Others get their turn between two records.
 */
export async function takeInManyWithin(
  sql: Sql,
  engine: Database['engine'],
  records: readonly SourceRecord[],
  directoryKnown?: KnownDirectory,
): Promise<IntakeReport[]> {
  if (records.length === 0) return [];
  const inputs: ReturnType<typeof inputOf>[] = [];
  for (const record of records) {
    inputs.push(inputOf(prepare(record), rememberedStructure));
    if (inputs.length < records.length) await nextTurn();
  }
  const told = await writeTellings(
    sql,
    engine,
    inputs.flatMap(({ tellings }) => tellings),
    directoryKnown,
  );
  told();
  return inputs.map(({ input, only }) => reportOf(input, only));
}

/**
 * Takes in many records, several in one transaction. `onReport` hears what became of each, in order, once its
 * transaction is committed. Rejects when the store fails: what was committed before stays, and telling it again is safe.
 * From the second group on, structure is checked on another core while the group before is written.
 */
export async function takeInMany(
  db: Database,
  records: Iterable<SourceRecord>,
  onReport?: (report: IntakeReport) => void,
): Promise<BulkReport> {
  const total = new Ledger();
  let before: Prepared[] = [];
  let checker: StructureChecker | undefined;
  const write = async (): Promise<void> => {
    const inputs = before.map((prepared) => inputOf(prepared, checker?.known));
    await writeBatch(
      db,
      inputs.flatMap(({ tellings }) => tellings),
    );
    for (const { input, only } of inputs) {
      total.add(input.ledger);
      onReport?.(reportOf(input, only));
    }
  };
  try {
    for (const group of groupsOf(records)) {
      if (before.length > 0) checker ??= new StructureChecker();
      const checked = checker?.check(group.flatMap(({ statements }) => statements.map(({ resource }) => resource)));
      await Promise.all([checked, before.length > 0 ? write() : undefined]);
      before = group;
    }
    await write();
  } finally {
    await checker?.close();
  }
  const { created, updated, unchanged, refused, remarks } = total;
  return { created, updated, unchanged, refused, remarks };
}

/** A record with its resources as plain JSON. */
interface Prepared {
  record: SourceRecord;
  statements: Statement[];
}

function prepare(record: SourceRecord): Prepared {
  const statements = record.resources.map((resource) => ({
    resource: withoutUndefined(asJson(resource)) as unknown as FhirResource,
    fullUrl: undefined,
  }));
  return { record, statements };
}

function* groupsOf(records: Iterable<SourceRecord>): Generator<Prepared[]> {
  let group: Prepared[] = [];
  let size = 0;
  for (const record of records) {
    group.push(prepare(record));
    size += record.resources.length;
    if (size < batchSize) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}

function inputOf(
  { record, statements }: Prepared,
  known?: KnownStructure,
): { input: Input; tellings: Telling[]; only: string | undefined } {
  const index = new InputIndex(record.source);
  for (const statement of statements) addTo(index, statement, known);
  const only = onePerson(record);
  index.seal(only);
  while (
    index.hasLabels &&
    passLabels(
      index,
      statements.map(({ resource }) => resource),
    )
  );
  const input = newInput({ source: record.source, organisation: record.organisation, message: record.message }, index);
  return { input, only, tellings: statements.map((statement, ordinal) => ({ input, statement, ordinal })) };
}

/** Notes one resource in the index with its labels, checked for structure (on every write into the store). */
export function addTo(index: InputIndex, statement: Statement, known?: KnownStructure): void {
  index.add(statement, (resource) => admit(resource, known), maskOf(statement.resource));
}

/** One round of passing labels along links; whether anything changed. */
function passLabels(index: InputIndex, resources: readonly FhirResource[]): boolean {
  let changed = false;
  resources.forEach((resource, ordinal) => {
    const entry = index.at(ordinal);
    if (!('reason' in entry) && entry.ordinal === ordinal) {
      changed = inheritLabels(index, entry, asJson(resource)) || changed;
    }
  });
  return changed;
}

/** The source's id of the record's one person: as it says, or its Patient's, or the only one its resources refer to. */
function onePerson(record: SourceRecord): string | undefined {
  if (record.subject !== undefined) return record.subject;
  const patient = record.resources.find((resource): resource is Patient => resource.resourceType === 'Patient');
  return patient === undefined ? undefined : ownIdOf(asJson(patient), undefined).id;
}

function reportOf({ ledger, people }: Input, only: string | undefined): IntakeReport {
  const { created, updated, unchanged, refused, remarks } = ledger;
  const place = only === undefined ? [...people.values()][0] : people.get(only);
  return { patient: place?.person, created, updated, unchanged, refused, remarks };
}
