import type { FhirResource, Patient } from 'fhir/r4';
import { type KeptPiece, type ReadShared, type Scope, type Told, wholeRecord } from '../../format.ts';
import { appointment } from './appointment.ts';
import { consultation } from './consultation.ts';
import { consultationNotes } from './consultation-notes.ts';
import { tellDirectory } from './directory.ts';
import { allergy, document, immunisation, request } from './entries.ts';
import { isUnreadable } from './dates.ts';
import { issue, medicine } from './medicine.ts';
import { observation, pressure, pressureParts, report } from './observation.ts';
import { isProblem, kindOf, observationsUnder } from './observation-kind.ts';
import { hasLeft, patientOf, patientTakenBack, sensitivePatient } from './patient.ts';
import { personRows, type PersonRows } from './person-rows.ts';
import { problem } from './problem.ts';
import { referral } from './referral.ts';
import { leftPractice } from './registration.ts';
import { guid, isTrue, readRow, type Row } from './row.ts';
import { goneScope, isExcluded } from './sort.ts';
import { personTables } from './tables.ts';
import { type Telling, withLabel } from './told.ts';
import { readWords } from './words.ts';

/** What all rows kept of one person, or of one table about nobody, come to. Rejects when the store does. */
export async function tellScope(scope: Scope, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told> {
  if (scope.subject === '') return tellDirectory(scope.scope, pieces, shared);
  return scope.scope === wholeRecord ? tellPerson(scope.subject, pieces, shared) : { resources: [], doubts: [] };
}

async function tellPerson(subject: string, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told> {
  const rows = personRows(await withoutGone(pieces, shared));
  const row = rows.one('Admin_Patient', subject);
  if (row === undefined || isExcluded(row)) return tellNothing(subject, rows, row);
  const words = await readWords(rows, shared);
  const doubts = new Set<string>();
  const patient = { reference: `Patient/${subject}`, display: spokenName(row) };
  const telling: Telling = { subject, rows, words, patient, doubts };
  const person = patientOf(telling, row);
  const rest = [...(hasLeft(row) ? [leftPractice(telling, row)] : []), ...contentOf(telling)];
  const missing = words.missingCodes();
  if (missing > 0) doubts.add(`Codes of this record that are in no code list that has come: ${missing}`);
  // What a practice keeps confidential as a whole is restricted item by item: each is searched for on its own.
  const resources = [person, ...(isTrue(row['IsConfidential']) ? rest.map(withLabel) : rest)];
  return { resources, doubts: [...doubts], lacks: missing > 0 };
}

/** A deletion may name only the row: what it took back is no longer anybody's, unless a later extract has it again. */
async function withoutGone(pieces: readonly KeptPiece[], shared: ReadShared): Promise<KeptPiece[]> {
  const stated = pieces.filter(({ content }) => content !== '').map(({ name }) => name);
  const gone = await shared(goneScope, stated);
  return pieces.map((piece) => {
    const when = readRow(gone.get(piece.name) ?? '{}')['at'];
    return when !== undefined && Date.parse(when) >= Date.parse(piece.at) ? { ...piece, content: '' } : piece;
  });
}

/** `OKAFOR, Grace`. */
function spokenName(row: Row): string {
  const given = [row['GivenName'], row['MiddleNames']].filter((name) => name !== undefined).join(' ');
  const name = [row['Surname']?.toUpperCase(), given].filter((part) => part !== undefined && part !== '').join(', ');
  return name === '' ? 'Not recorded' : name;
}

/**
 * No part of the record is told of a person who is sensitive on the Spine, of one invented for a test, and of one whose own
 * row has not come or was taken back. Where they were shown before, name and address are taken back too.
 */
function tellNothing(subject: string, rows: PersonRows, row: Row | undefined): Told {
  if (isTrue(row?.['SpineSensitive']) && row !== undefined)
    return { resources: [sensitivePatient(subject, row)], doubts: [] };
  const resources: Patient[] = rows.wasShown ? [patientTakenBack(subject)] : [];
  if (row !== undefined || rows.isGone('Admin_Patient', subject)) return { resources, doubts: [] };
  return { resources, doubts: ['The record of a person whose own row has not come waits for it'] };
}

function contentOf(telling: Telling): FhirResource[] {
  const { rows } = telling;
  const consultations = rows.all('CareRecord_Consultation');
  if (hasOddDate(rows)) telling.doubts.add('A date that cannot be read, told in words');
  const content = [
    ...consultations.map(([id, row]) => consultation(telling, id, row)),
    ...rows.all('Appointment_Slot').map(([id, row]) => appointment(telling, id, row)),
    ...rows.all('CareRecord_Problem').flatMap(([id, row]) => problemsOf(telling, id, row)),
    ...rows.all('CareRecord_Observation').flatMap(([id, row]) => entriesOf(telling, id, row)),
    ...rows.all('CareRecord_Diary').map(([id, row]) => request(telling, id, row, 'diary')),
    ...rows.all('Prescribing_DrugRecord').flatMap(([id, row]) => medicine(telling, id, row)),
    ...rows.all('Prescribing_IssueRecord').map(([id, row]) => issue(telling, id, row)),
  ];
  const named = Map.groupBy(content, ({ id = '' }) => id);
  return [...content, ...consultations.flatMap(([id, row]) => consultationNotes(telling, id, row, named) ?? [])];
}

function hasOddDate(rows: PersonRows): boolean {
  return personTables.some((table) =>
    rows.all(table).some(([, row]) => isUnreadable(row['EffectiveDate']) || isUnreadable(row['AppointmentDate'])),
  );
}

function problemsOf(telling: Telling, id: string, row: Row): FhirResource[] {
  const entry = telling.rows.one('CareRecord_Observation', id);
  if (entry === undefined) {
    if (!telling.rows.isGone('CareRecord_Observation', id)) {
      telling.doubts.add('A problem is listed whose entry in the record has not come');
    }
    return [];
  }
  return isProblem(telling, id) ? [problem(telling, id, entry, row)] : [];
}

function entriesOf(telling: Telling, id: string, row: Row): FhirResource[] {
  const parent = guid(row['ParentObservationGuid']);
  // The halves of a blood pressure are told within it.
  if (parent !== undefined && pressureParts(telling, parent)?.includes(row) === true) return [];
  const kind = kindOf(telling, id, row);
  switch (kind) {
    case 'allergy':
      return [allergy(telling, id, row)];
    case 'immunisation':
      return [immunisation(telling, id, row)];
    case 'document':
      return [document(telling, id, row)];
    case 'request':
      return [request(telling, id, row, 'test')];
    case 'referral':
      return [referral(telling, id, row, telling.rows.one('CareRecord_ObservationReferral', id) ?? {})];
    case 'problem':
      return [];
    case 'group':
      return groupOf(telling, id, row);
    case 'value':
    case 'family-history':
      return [observation(telling, id, row, kind)];
    case 'investigation':
    case 'finding':
    default:
      return [observation(telling, id, row, 'finding')];
  }
}

/** Entries under one heading: a blood pressure, the results of a test, or simply what belongs together. */
function groupOf(telling: Telling, id: string, row: Row): FhirResource[] {
  const halves = pressureParts(telling, id);
  if (halves !== undefined) return [pressure(telling, id, row, halves)];
  if (/investigation|test/i.test(row['ObservationType'] ?? '')) return [report(telling, id, row)];
  const own = observation(telling, id, row, 'finding');
  const members = observationsUnder(telling, id);
  const hasMember = members.map(([child]) => ({ reference: `Observation/${child}` }));
  return [members.length === 0 ? own : { ...own, hasMember }];
}
