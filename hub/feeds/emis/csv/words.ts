import type { CodeableConcept, Reference } from 'fhir/r4';
import { snomed } from '../../../../fhir/systems.ts';
import type { ReadShared } from '../../format.ts';
import type { PersonRows } from './person-rows.ts';
import { guid, readRow, type Row } from './row.ts';
import { holderScope, sessionStaffName, staffPlaces } from './sort.ts';
import type { TableName } from './tables.ts';

/** The words behind the codes and ids of one person's rows. */
export interface Words {
  /** A clinical code; with the words the clinician chose, where they are kept beside it. */
  concept(codeId: string | undefined, chosen?: string): CodeableConcept;
  /** The row of a clinical code. */
  code(codeId: string | undefined): Row | undefined;
  drug(codeId: string | undefined): CodeableConcept;
  staff(user: string | undefined): Reference | undefined;
  organisation(id: string | undefined): Reference | undefined;
  /** ODS code of an organisation. */
  ods(id: string | undefined): string | undefined;
  session(id: string | undefined): Row | undefined;
  /** Who holds a session. */
  sessionStaff(id: string | undefined): Reference[];
  location(id: string | undefined): Reference | undefined;
  /** Who has a slot now; undefined where nothing is known of it, empty where nobody has it. */
  holderOf(slot: string): string | undefined;
  /** How many codes are in no list that has come. */
  missingCodes(): number;
}

const clinicalColumns = ['CodeId', 'ConsultationSourceCodeId', 'ReferralReasonCodeId', 'DnaReasonCodeId'];
const clinicalTables = [
  'CareRecord_Observation',
  'CareRecord_Diary',
  'CareRecord_Consultation',
  'CareRecord_ObservationReferral',
  'Appointment_Slot',
] as const;
const drugTables = ['Prescribing_DrugRecord', 'Prescribing_IssueRecord'] as const;
const everyTable = [...clinicalTables, ...drugTables, 'Admin_Patient', 'CareRecord_Problem'] as const;

/** Reads what the rows refer to, a few statements whatever their number. Rejects when the store does. */
export async function readWords(rows: PersonRows, shared: ReadShared): Promise<Words> {
  const read = async (table: TableName, names: Iterable<string | undefined>): Promise<Map<string, Row>> => {
    const wanted = [...new Set(names)].filter((name) => name !== undefined);
    return new Map([...(await shared(table, wanted))].map(([name, content]) => [name, readRow(content)]));
  };
  const cells = (tables: readonly TableName[], columns: readonly string[] | RegExp): (string | undefined)[] =>
    tables
      .flatMap((table) => rows.all(table))
      .flatMap(([, row]) =>
        columns instanceof RegExp
          ? Object.keys(row)
              .filter((column) => columns.test(column))
              .map((column) => guid(row[column]))
          : columns.map((column) => guid(row[column])),
      );
  const slots = rows.all('Appointment_Slot');
  const sessionIds = [...new Set(slots.map(([, row]) => guid(row['SessionGuid'])))].filter((id) => id !== undefined);
  // One after another: they are read within one transaction.
  const codes = await read('Coding_ClinicalCode', cells(clinicalTables, clinicalColumns));
  const drugs = await read('Coding_DrugCode', cells(drugTables, ['CodeId']));
  const sessions = await read('Appointment_Session', sessionIds);
  const sessionUsers = await read(
    'Appointment_SessionUser',
    sessionIds.flatMap((id) => staffNames(id)),
  );
  const holders = await shared(
    holderScope,
    slots.map(([slot]) => slot),
  );
  const staffOf = (session: string): string[] =>
    staffNames(session)
      .flatMap((name) => guid(sessionUsers.get(name)?.['UserInRoleGuid']) ?? [])
      .sort();
  const users = await read('Admin_UserInRole', [
    ...cells(everyTable, /UserInRoleGuid$/),
    ...sessionIds.flatMap(staffOf),
  ]);
  const organisations = await read('Admin_Organisation', cells(everyTable, /OrganisationGuid$/));
  const places = [...sessions.values()].map((session) => guid(session['LocationGuid']));
  const locations = await read('Admin_Location', places);
  const staff = (user: string | undefined): Reference | undefined =>
    user === undefined ? undefined : { reference: `Practitioner/${user}`, display: staffName(users.get(user)) };
  const missing = new Set<string>();
  const named = (list: ReadonlyMap<string, Row>, codeId: string | undefined, kind: string): Row | undefined => {
    const found = codeId === undefined ? undefined : list.get(codeId);
    if (codeId !== undefined && found === undefined) missing.add(`${kind} ${codeId}`);
    return found;
  };
  return {
    code: (codeId) => (codeId === undefined ? undefined : codes.get(codeId)),
    concept: (codeId, chosen) => conceptOf(named(codes, codeId, 'clinical'), codeId, chosen),
    drug: (codeId) => drugOf(named(drugs, codeId, 'drug'), codeId),
    staff,
    organisation: (id) =>
      referenceTo('Organization', id, id === undefined ? undefined : organisations.get(id)?.['OrganisationName']),
    ods: (id) => (id === undefined ? undefined : organisations.get(id)?.['ODSCode']),
    session: (id) => (id === undefined ? undefined : sessions.get(id)),
    sessionStaff: (id) => (id === undefined ? [] : staffOf(id)).flatMap((user) => staff(user) ?? []),
    location: (id) => referenceTo('Location', id, id === undefined ? undefined : locations.get(id)?.['LocationName']),
    holderOf: (slot) => {
      const holder = holders.get(slot);
      return holder === undefined ? undefined : (readRow(holder)['PatientGuid'] ?? '');
    },
    missingCodes: () => missing.size,
  };
}

function staffNames(session: string): string[] {
  return Array.from({ length: staffPlaces }, (_, place) => sessionStaffName(session, place));
}

/** `Dr Adaeze Okafor`. */
export function staffName(user: Row | undefined): string {
  const words = [user?.['Title'], user?.['GivenName'], user?.['Surname']].filter((word) => word !== undefined);
  return words.length === 0 ? 'Member of staff, name not in the extract' : words.join(' ');
}

function referenceTo(type: string, id: string | undefined, name: string | undefined): Reference | undefined {
  return id === undefined ? undefined : { reference: `${type}/${id}`, display: name ?? 'Name not in the extract' };
}

function conceptOf(code: Row | undefined, codeId: string | undefined, chosen: string | undefined): CodeableConcept {
  if (code === undefined) return { text: chosen ?? unnamed(codeId) };
  const term = code['Term'];
  const concept = code['SnomedCTConceptId'] ?? '';
  const read = code['ReadTermId'] ?? '';
  const coding = [
    ...(/^\d{6,18}$/.test(concept) ? [{ system: snomed, code: concept, display: term }] : []),
    // Read version 2 as EMIS writes it: five characters, then a number for the synonym.
    ...(/^[A-Za-z0-9.]{5}(?:-\d+)?$/.test(read)
      ? [{ system: 'http://read.info/readv2', code: read, display: term }]
      : []),
  ];
  return { coding: coding.length === 0 ? undefined : coding, text: chosen ?? term ?? unnamed(codeId) };
}

function drugOf(drug: Row | undefined, codeId: string | undefined): CodeableConcept {
  const product = drug?.['DmdProductCodeId'] ?? '';
  const coding = /^\d{6,18}$/.test(product) ? [{ system: snomed, code: product, display: drug?.['Term'] }] : undefined;
  return { coding, text: drug?.['Term'] ?? unnamed(codeId) };
}

/** An entry without a name is told all the same: that there is something is no secret, and nobody must read it as nothing. */
function unnamed(codeId: string | undefined): string {
  return codeId === undefined ? 'Entry without a code' : `Entry with a code that is not in the extract (${codeId})`;
}
