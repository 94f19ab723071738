import type { FhirResource, Patient } from 'fhir/r4';
import { maskOf } from '../access/labels.ts';
import type { Database } from '../store/database.ts';
import { admit } from './admissible.ts';
import { writeBatch } from './batch.ts';
import { inheritLabels } from './inherit-labels.ts';
import { InputIndex } from './input-index.ts';
import { newInput, type Input, type Telling } from './input.ts';
import { asJson, withoutUndefined } from './json.ts';
import { Ledger } from './ledger.ts';
import { ownIdOf } from './own-id.ts';
import type { IntakeReport, SourceRecord } from './source-record.ts';

/** Resources written in one transaction: enough to be quick, little enough to hold in memory. */
export const batchSize = 2000;

/** What became of many records together. */
export type BulkReport = Omit<IntakeReport, 'patient'>;

/**
 * Takes in what one source says about one person. Everything that can be taken is, in one transaction; the rest is
 * refused by name with a reason. The same record told again changes nothing. Rejects only when the store fails.
 */
export async function takeIn(db: Database, record: SourceRecord): Promise<IntakeReport> {
  const { input, tellings, only } = inputOf(record);
  await writeBatch(db, tellings);
  return reportOf(input, only);
}

/**
 * Takes in many records, several in one transaction. `onReport` hears what became of each, in order, once its
 * transaction is committed. Rejects when the store fails: what was committed before stays, and telling it again is safe.
 */
export async function takeInMany(
  db: Database,
  records: Iterable<SourceRecord>,
  onReport?: (report: IntakeReport) => void,
): Promise<BulkReport> {
  const total = new Ledger();
  let waiting: ReturnType<typeof inputOf>[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    await writeBatch(
      db,
      waiting.flatMap(({ tellings }) => tellings),
    );
    for (const { input, only } of waiting) {
      total.add(input.ledger);
      onReport?.(reportOf(input, only));
    }
    waiting = [];
    size = 0;
  };
  for (const record of records) {
    const next = inputOf(record);
    waiting.push(next);
    size += next.tellings.length;
    if (size >= batchSize) await flush();
  }
  if (waiting.length > 0) await flush();
  const { created, updated, unchanged, refused, remarks } = total;
  return { created, updated, unchanged, refused, remarks };
}

function inputOf(record: SourceRecord): { input: Input; tellings: Telling[]; only: string | undefined } {
  const index = new InputIndex(record.source);
  const statements = record.resources.map((resource) => ({
    resource: withoutUndefined(asJson(resource)) as unknown as FhirResource,
    fullUrl: undefined,
  }));
  for (const statement of statements) addTo(index, statement);
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
export function addTo(index: InputIndex, statement: { resource: FhirResource; fullUrl: string | undefined }): void {
  index.add(statement, admit, maskOf(statement.resource));
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

/** The source's id of the record's one person: its Patient, or the only one its resources refer to. */
function onePerson(record: SourceRecord): string | undefined {
  const patient = record.resources.find((resource): resource is Patient => resource.resourceType === 'Patient');
  return patient === undefined ? undefined : ownIdOf(asJson(patient), undefined).id;
}

function reportOf({ ledger, people }: Input, only: string | undefined): IntakeReport {
  const { created, updated, unchanged, refused, remarks } = ledger;
  const place = only === undefined ? [...people.values()][0] : people.get(only);
  return { patient: place?.person, created, updated, unchanged, refused, remarks };
}
