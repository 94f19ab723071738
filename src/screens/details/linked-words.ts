import type {
  Annotation,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Immunization,
  Medication,
  MedicationRequest,
  Observation,
  Procedure,
  Resource,
} from 'fhir/r4';
import { type MapContext, nameOf, resolveAs } from '../../timeline/context.ts';
import { formatDate, formatDateTime } from '../../timeline/dates.ts';
import { conditionLabel } from '../../timeline/mappers/diagnosis.ts';
import { linesOfText, noteWords } from '../../timeline/notes.ts';
import { concept, conceptOrCode, date, hasCode, items, keyOf, text } from '../../timeline/read.ts';
import { statusWords } from './status-words.ts';
import { flagWords, preliminaryWords, rangeWords, valueWords } from './value-words.ts';

/** One linked thing as a line: what it is, and what is said of it. */
export interface LinkedLine {
  key: string;
  name: string;
  /** Shown after the name, joined by a middle dot. */
  words: string[];
  /** What its writer noted beside it, each note in its own lines. */
  notes: string[];
}

const unnamed = 'Name not recorded';

/** A linked resource in words, or undefined for what must not be shown as this person's (entered in error). */
export function linkedLine(resource: Resource, context: MapContext): LinkedLine | undefined {
  if (isWithdrawn(resource)) return undefined;
  const line = (name: string | undefined, ...words: (string | undefined)[]): LinkedLine => ({
    key: keyOf(resource),
    name: name ?? unnamed,
    words: words.filter((word) => word !== undefined),
    notes: noteWords((resource as { note?: Annotation[] }).note, resource, context),
  });
  switch (resource.resourceType) {
    case 'Condition': {
      const condition = resource as Condition;
      // A ruled-out problem is told as such here, and nowhere else (misreading 7).
      const label = conditionLabel(condition) ?? 'Ruled out';
      return line(conceptOrCode(condition.code), label, day(condition.onsetDateTime ?? condition.recordedDate));
    }
    case 'MedicationRequest': {
      const medicine = resource as MedicationRequest;
      const name =
        concept(medicine.medicationCodeableConcept) ??
        medicineReferred(medicine, context) ??
        conceptOrCode(medicine.medicationCodeableConcept);
      const dose = items(medicine.dosageInstruction).map(
        (dosage) => text(dosage.text) ?? text(dosage.patientInstruction),
      );
      return line(name, ...dose, statusWords(medicine.status), day(medicine.authoredOn));
    }
    case 'Procedure': {
      const procedure = resource as Procedure;
      return line(
        conceptOrCode(procedure.code),
        procedure.status === 'completed' ? undefined : statusWords(procedure.status),
        day(procedure.performedDateTime ?? procedure.performedPeriod?.start),
      );
    }
    case 'Immunization': {
      const given = resource as Immunization;
      const how = given.status === 'not-done' ? 'Not given' : undefined;
      return line(conceptOrCode(given.vaccineCode), how, concept(given.statusReason), day(given.occurrenceDateTime));
    }
    case 'DocumentReference': {
      const letter = resource as DocumentReference;
      const title =
        text(letter.description) ??
        concept(letter.type) ??
        text(items(letter.content)[0]?.attachment?.title) ??
        conceptOrCode(letter.type);
      return line(title, ...items(letter.author).map((author) => nameOf(author, resource, context)), day(letter.date));
    }
    default:
      return undefined;
  }
}

/** One result as the cells of its row. */
export interface ResultLine {
  name: string;
  value: string;
  /** The laboratory's flag, or that it set none; whether it may still change (misreading 9). */
  said: string[];
  range: string | undefined;
  /** What the laboratory, or who measured, noted beside it, each note in its own lines. */
  notes: string[];
  /** The same test done three times in a stay is three values: without its date an old one reads as today's. */
  day: string;
}

/** A result in words, or undefined when it was entered in error. */
export function resultLine(result: Observation, context: MapContext): ResultLine | undefined {
  if (isWithdrawn(result)) return undefined;
  const said = [isLaboratory(result) ? flagWords(result) : undefined, preliminaryWords(result.status)];
  return {
    name: conceptOrCode(result.code) ?? unnamed,
    value: valueWords(result),
    said: said.filter((words) => words !== undefined),
    range: rangeWords(result),
    notes: noteWords(result.note, result, context),
    day: resultDay(result),
  };
}

/** What a report says of itself: its name, when, and whether it may still change. */
export function reportWords(report: DiagnosticReport): string[] {
  return [conceptOrCode(report.code) ?? unnamed, resultDay(report), preliminaryWords(report.status)].filter(
    (words) => words !== undefined,
  );
}

/** What a report concludes, in the lines and the codes that it was written in. */
export function conclusionWords(report: DiagnosticReport): string[] {
  return [linesOfText(report.conclusion), ...items(report.conclusionCode).map(concept)].filter(
    (words) => words !== undefined,
  );
}

/** What the Medication is called that a prescription points at, contained in it or beside it. */
function medicineReferred(medicine: MedicationRequest, context: MapContext): string | undefined {
  const found = resolveAs<Medication>('Medication', medicine.medicationReference, medicine, context);
  return conceptOrCode(found?.code) ?? nameOf(medicine.medicationReference, medicine, context);
}

/** When the sample was taken or the finding made; failing that, that only the day of the report is known. */
export function resultDay(result: Observation | DiagnosticReport): string {
  const taken = day(takenAt(result));
  if (taken !== undefined) return taken;
  const reported = day(result.issued);
  return reported === undefined ? 'Date not recorded' : `reported ${reported}`;
}

function takenAt(result: Observation | DiagnosticReport): string | undefined {
  const instant = result.resourceType === 'Observation' ? result.effectiveInstant : undefined;
  return result.effectiveDateTime ?? result.effectivePeriod?.start ?? instant;
}

/** Sorts results newest first, reports before the single results; what is no result keeps its place. */
export function newestFirst(a: Resource, b: Resource): number {
  const kinds = Number(b.resourceType === 'DiagnosticReport') - Number(a.resourceType === 'DiagnosticReport');
  return kinds === 0 ? resultMoment(b) - resultMoment(a) : kinds;
}

/** When a result was taken, failing that reported, epoch milliseconds; 0 for what is no result. */
export function resultMoment(resource: Resource): number {
  if (resource.resourceType !== 'Observation' && resource.resourceType !== 'DiagnosticReport') return 0;
  const result = resource as Observation | DiagnosticReport;
  // Undated ones stand last.
  return date(takenAt(result) ?? result.issued)?.start ?? Number.MIN_SAFE_INTEGER;
}

export function isWithdrawn(resource: Resource): boolean {
  const { status, verificationStatus } = resource as Resource & {
    status?: unknown;
    verificationStatus?: Condition['verificationStatus'];
  };
  if (status === 'entered-in-error') return true;
  return resource.resourceType === 'Condition' && hasCode(verificationStatus, 'entered-in-error');
}

/** Flags are a laboratory's to set: what a nurse measures carries none, and lacks nothing. */
function isLaboratory(observation: Observation): boolean {
  return items(observation.interpretation).length > 0 || hasCode(observation.category, 'laboratory');
}

function day(value: string | undefined): string | undefined {
  const read = date(value);
  if (read === undefined) return undefined;
  return read.precision === 'time' ? formatDateTime(read) : formatDate(read);
}
