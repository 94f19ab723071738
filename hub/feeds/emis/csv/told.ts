import type { Annotation, FhirResource, Meta, Reference } from 'fhir/r4';
import { confidentiality } from '../../../../fhir/systems.ts';
import { dayAndTime, effectiveDate, isUnreadable } from './dates.ts';
import type { PersonRows } from './person-rows.ts';
import { isProblem } from './observation-kind.ts';
import { guid, isTrue, type Row } from './row.ts';
import type { Words } from './words.ts';

/** What every part of a person's record is told with. */
export interface Telling {
  subject: string;
  rows: PersonRows;
  words: Words;
  /** The person, as every resource refers to them. */
  patient: Reference;
  doubts: Set<string>;
}

/** What every resource of a row begins with: its own id, and its label where the row is marked confidential. */
export function head(id: string, ...rows: readonly (Row | undefined)[]): { id: string; meta?: Meta } {
  return rows.some((row) => isTrue(row?.['IsConfidential'])) ? { id, meta: { security: [restricted] } } : { id };
}

/** v3-Confidentiality R: withheld, and the reader is told that something is. */
export const restricted = { system: confidentiality, code: 'R', display: 'restricted' } as const;

/** The same resource with the label, if it had none. */
export function withLabel<T extends FhirResource>(resource: T): T {
  return resource.meta?.security !== undefined
    ? resource
    : { ...resource, meta: { ...resource.meta, security: [restricted] } };
}

/** When a row's thing happened, as exactly as it states. */
export function effectiveOf(row: Row): string | undefined {
  return effectiveDate(row['EffectiveDate'], row['EffectiveDatePrecision']);
}

/** When it was typed in. */
export function enteredOf(row: Row): string | undefined {
  return dayAndTime(row['EnteredDate'], row['EnteredTime']);
}

/** A date that is none, as it stands there. */
export function oddDate(cell: string | undefined): string | undefined {
  return isUnreadable(cell) ? `Date as written in the GP record: ${cell}` : undefined;
}

/** What the row's writer added in their own words; and a date that is none, as it stands there. */
export function notesOf(row: Row, ...more: (string | undefined)[]): Annotation[] | undefined {
  const notes = [row['AssociatedText'], ...more, oddDate(row['EffectiveDate'])].filter(
    (text) => text !== undefined && text !== '',
  );
  return notes.length === 0 ? undefined : notes.map((text) => ({ text: text ?? '' }));
}

/** The consultation it belongs to, where that is told too. */
export function encounterOf({ rows }: Telling, row: Row): Reference | undefined {
  const id = guid(row['ConsultationGuid']);
  return rows.one('CareRecord_Consultation', id) === undefined ? undefined : { reference: `Encounter/${id}` };
}

/** The problem it is filed under, where that is told too. */
export function problemOf(telling: Telling, row: Row, column: string): Reference[] | undefined {
  const id = guid(row[column]);
  if (!isProblem(telling, id)) return undefined;
  const codeId = telling.rows.one('CareRecord_Observation', id)?.['CodeId'];
  return [{ reference: `Condition/${id}`, display: telling.words.concept(guid(codeId)).text }];
}

/** Elements that nobody stated are left out: JSON has no `undefined`. */
export function list<T>(...values: readonly (T | undefined)[]): T[] | undefined {
  const stated = values.filter((value) => value !== undefined);
  return stated.length === 0 ? undefined : stated;
}
