import { randomUUID } from 'node:crypto';
import type { Consent, FhirResource } from 'fhir/r4';
import { isSourceId, sourceNames } from '../../../fhir/sources.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import type { Reference } from '../../access/gate.ts';
import { deletedBit, labelBits } from '../../access/labels.ts';
import type { Reader } from '../../access/reader.ts';
import { holdRows, writeRows, type RowWrite, type StandingRow } from '../../access/write.ts';
import { checkOwnReading, isOwnReading } from './own-reading.ts';
import { choiceProblems, keepChoices, type KeptConsent } from '../../consent/keep-choices.ts';
import { withOwnLabel } from '../../consent/own-label.ts';
import { findById } from '../../people/find.ts';
import { originOf } from '../../people/origin.ts';
import type { JsonObject } from '../../resource/json.ts';
import { stampedMeta } from '../../resource/stamp.ts';
import type { Database, Transaction } from '../../store/database.ts';
import type { NewRow, ReadRow } from '../../store/rows.ts';
import { noteHeard } from '../../store/sources.ts';
import { FhirError, notFound } from '../fhir-error.ts';
import { searchValuesOf } from '../search-values.ts';
import { checkWrite, unfit, type WriteSubject } from './check.ts';
import { resourceText } from './json-text.ts';
import { requireVisible, withOwnReferences, type Assigned } from './references.ts';
import type { StructureChecks } from './structure-checks.ts';

/** One write as it was asked for, its type writable and its scope checked. */
export type Write =
  | { kind: 'create'; type: ResourceType; id: string; resource: JsonObject }
  | { kind: 'update'; type: ResourceType; id: string; ifMatch: number | undefined; resource: JsonObject }
  /** The new resource follows from the one that stands. */
  | {
      kind: 'patch';
      type: ResourceType;
      id: string;
      ifMatch: number | undefined;
      apply: (standing: string) => JsonObject;
    }
  | { kind: 'delete'; type: ResourceType; id: string; ifMatch: number | undefined };

/** What became of one write. */
export interface Written {
  row: ReadRow;
  created: boolean;
  deleted: boolean;
}

/** A refusal that belongs to one of several writes. */
export class RefusedWrite extends Error {
  readonly index: number;
  override readonly cause: FhirError;
  constructor(index: number, cause: FhirError) {
    super(cause.message);
    this.name = 'RefusedWrite';
    this.index = index;
    this.cause = cause;
  }
}

/** What writing needs of the service around it. */
export interface WriteParts {
  database: Database;
  base: string;
  checks: StructureChecks;
}

/** An id for a new resource. */
export function newId(): string {
  return randomUUID();
}

/**
 * Does all of these writes or none, in the transaction given, and answers what became of each, in order. Throws
 * RefusedWrite with the first that cannot be done: 404 or 410 for what is not there, 403 for what belongs to a source, 412
 * for another version than the one named, 422 for what may not be stored.
 */
export async function commit(
  sql: Transaction,
  reader: Reader,
  { base, checks }: WriteParts,
  writes: readonly Write[],
  { assigned = new Map<string, string>(), content = true }: { assigned?: Assigned; content?: boolean } = {},
): Promise<Written[]> {
  const person = await findById(sql, reader.patient);
  // Merged away or withheld since the token was given: nothing may be added where nobody would find it.
  if (person?.id !== reader.patient) {
    throw new FhirError(403, 'forbidden', 'The record of this person was moved or closed. Open it again.');
  }
  const subject: WriteSubject = { patient: reader.patient, nhsNumber: person.nhsNumber };
  const standing = await holdRows(
    sql,
    reader,
    writes.filter(({ kind }) => kind !== 'create'),
  );
  const wanted: Reference[] = [];
  const receivedAt = new Date().toISOString();
  const made = new Set(assigned.values());
  const rows = writes.map((write, index): RowWrite => {
    try {
      const before = write.kind === 'create' ? undefined : standingFor(write, standing, reader);
      if (write.kind === 'delete') return { action: 'delete', row: deletedRow(write, reader) };
      const asked = write.kind === 'patch' ? write.apply(before?.content ?? '') : write.resource;
      const own = withOwnReferences(asked, base, { assigned, made });
      wanted.push(...own.wanted);
      const row = newRow(own.resource, write, reader, receivedAt, subject, before);
      return { action: write.kind === 'create' ? 'create' : 'update', row };
    } catch (error) {
      throw error instanceof FhirError ? new RefusedWrite(index, error) : error;
    }
  });
  // Checked on another core while the rows are written: what is not sound takes all of it back.
  const kept = rows.flatMap(({ action, row }, index) => (action === 'delete' ? [] : [{ index, text: row.content }]));
  const checked = kept.length === 0 ? Promise.resolve([]) : checks.check(kept.map(({ text }) => text));
  const stored = requireVisible(sql, reader, wanted).then(() => writeRows(sql, reader, rows, content));
  const [structure, written] = await Promise.allSettled([checked, stored]);
  if (structure.status === 'rejected') throw structure.reason;
  const unsound = structure.value.findIndex((problems) => problems.length > 0);
  // A fault in storing what is not sound is no fault of the hub.
  if (unsound >= 0) throw new RefusedWrite(kept[unsound]?.index ?? 0, unfit(structure.value[unsound] ?? []));
  if (written.status === 'rejected') throw written.reason;
  await keepDecisions(sql, reader, rows);
  if (rows.some(({ row }) => row.source === 'patient'))
    await noteHeard(sql, { source: 'patient', name: sourceNames.patient.records }, receivedAt);
  return rows.map(({ action, row }) => {
    const now = written.value.get(`${row.type}/${row.id}`);
    if (now === undefined) throw new Error('a write left no row');
    return { row: now, created: action === 'create', deleted: action === 'delete' };
  });
}

/** What the person decides about who may look holds from this transaction on, or is refused with it. */
async function keepDecisions(sql: Transaction, reader: Reader, rows: readonly RowWrite[]): Promise<void> {
  const decided: KeptConsent[] = [];
  for (const [index, { action, row }] of rows.entries()) {
    if (row.type !== 'Consent') continue;
    const consent = action === 'delete' ? undefined : (JSON.parse(row.content) as Consent);
    const problems = consent === undefined ? [] : await choiceProblems(sql, consent);
    if (problems.length > 0) throw new RefusedWrite(index, unfit(problems));
    decided.push({ id: row.id, consent });
  }
  await keepChoices(sql, reader.patient, decided);
}

/** The row that a write is about. */
function standingFor(
  write: Exclude<Write, { kind: 'create' }>,
  standing: ReadonlyMap<string, StandingRow>,
  reader: Reader,
): StandingRow {
  const row = standing.get(`${write.type}/${write.id}`);
  if (row === undefined) throw notFound(`There is no such ${write.type} for this person.`);
  if (row.deleted) throw new FhirError(410, 'deleted', `This ${write.type} was deleted.`);
  // A choice is the person's, by whichever app they made it; what a source said of one stays that source's.
  const own =
    row.source === reader.client ||
    (write.type === 'Consent' && !isClinical(row.source)) ||
    (row.source === 'patient' && write.kind !== 'delete' && isOwnReading(reader, write.type));
  if (!own) throw new FhirError(403, 'forbidden', belongsTo(row.source));
  if (write.ifMatch !== undefined && write.ifMatch !== row.version) {
    throw new FhirError(412, 'conflict', `It is at version ${row.version} now, not at the one that If-Match names.`);
  }
  return row;
}

function isClinical(source: string): boolean {
  return isSourceId(source) && source !== 'patient';
}

/** A source's statement stays as it came: what is wrong in it is mended there. */
function belongsTo(source: string): string {
  const whose = isSourceId(source) ? `${sourceNames[source].records} (${sourceNames[source].system})` : 'another app';
  return `It belongs to ${whose} and is changed there.`;
}

function newRow(
  resource: JsonObject,
  { type, id }: { type: ResourceType; id: string },
  reader: Reader,
  receivedAt: string,
  subject: WriteSubject,
  before: StandingRow | undefined,
): NewRow {
  const reading = isOwnReading(reader, type);
  const source = reading ? 'patient' : reader.client;
  const meta = stampedMeta(resource['meta'], {
    source,
    organisation: reading ? undefined : reader.user.organisation,
    message: { id: newId(), receivedAt },
  });
  const stamped: JsonObject = { ...resource, id, meta };
  const { text: content, plain } = resourceText(type === 'Consent' ? withOwnLabel(stamped) : stamped);
  checkWrite(plain, type, subject);
  if (reading) checkOwnReading(plain, before?.content, reader.patient);
  return {
    patient: reader.patient,
    type,
    id,
    source,
    origin: originOf(source, reader.patient),
    mask: type === 'Consent' ? labelBits.own : 0,
    search: searchValuesOf(plain as unknown as FhirResource),
    content,
  };
}

/** What is left: that there was something. Its content is in the history. */
function deletedRow({ type, id }: { type: ResourceType; id: string }, reader: Reader): NewRow {
  return {
    patient: reader.patient,
    type,
    id,
    source: reader.client,
    origin: originOf(reader.client, reader.patient),
    mask: type === 'Consent' ? deletedBit | labelBits.own : deletedBit,
    search: { date: undefined, authored: undefined, tokens: [] },
    content: JSON.stringify({ resourceType: type, id }),
  };
}
