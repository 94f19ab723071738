import type { AllergyIntolerance, DocumentReference, Immunization, ServiceRequest } from 'fhir/r4';
import { hl7 } from './codes.ts';
import { instant } from './dates.ts';
import { saysNone } from './observation-kind.ts';
import { guid, type Row } from './row.ts';
import { effectiveOf, encounterOf, enteredOf, head, list, notesOf, problemOf, type Telling } from './told.ts';

/**
 * An allergy, or a clinician's statement that there is none known (misreading 1). How it showed itself, and how badly, stands
 * in EMIS as words beside the code: they are told as the reaction, because that is what a reader is shown. Nothing says how sure
 * anybody is.
 */
export function allergy(telling: Telling, id: string, row: Row): AllergyIntolerance {
  const { patient, words } = telling;
  const beside = saysNone(telling, row) ? undefined : row['AssociatedText'];
  return {
    resourceType: 'AllergyIntolerance',
    ...head(id, row),
    clinicalStatus: hl7('allergyintolerance-clinical', 'active', 'Active'),
    code: words.concept(guid(row['CodeId'])),
    patient,
    encounter: encounterOf(telling, row),
    onsetDateTime: effectiveOf(row),
    recordedDate: enteredOf(row) ?? effectiveOf(row),
    recorder: words.staff(guid(row['ClinicianUserInRoleGuid']) ?? guid(row['EnteredByUserInRoleGuid'])),
    reaction: beside === undefined ? undefined : [{ description: beside, manifestation: [{ text: beside }] }],
    note: notesOf(beside === undefined ? row : { ...row, AssociatedText: '' }),
  };
}

export function immunisation(telling: Telling, id: string, row: Row): Immunization {
  const { patient, words } = telling;
  const given = effectiveOf(row);
  const clinician = words.staff(guid(row['ClinicianUserInRoleGuid']));
  return {
    resourceType: 'Immunization',
    ...head(id, row),
    status: 'completed',
    vaccineCode: words.concept(guid(row['CodeId'])),
    patient,
    encounter: encounterOf(telling, row),
    ...(given === undefined ? { occurrenceString: 'Date not known' } : { occurrenceDateTime: given }),
    recorded: enteredOf(row),
    performer: clinician === undefined ? undefined : [{ actor: clinician }],
    note: notesOf(row),
  };
}

/** A document that was filed: the extract says that it is there, and does not hold it. */
export function document(telling: Telling, id: string, row: Row): DocumentReference {
  const { patient, words } = telling;
  const type = words.concept(guid(row['CodeId']));
  const encounter = encounterOf(telling, row);
  const number = guid(row['DocumentGuid']);
  const notes = notesOf(row)?.map(({ text }) => text);
  return {
    resourceType: 'DocumentReference',
    ...head(id, row),
    identifier:
      number === undefined
        ? undefined
        : [{ system: 'https://fhir.interweavedigital.nhs.uk/Id/local-document-identifier', value: number }],
    status: 'current',
    type,
    category: [{ text: 'Document filed by the GP practice' }],
    subject: patient,
    date: instant(row['EnteredDate'], row['EnteredTime']),
    author: list(words.staff(guid(row['ClinicianUserInRoleGuid']))),
    custodian: words.organisation(guid(row['OrganisationGuid'])),
    description: [type.text, ...(notes ?? []), 'The document itself is kept by the practice'].join('. '),
    content: [{ attachment: { title: type.text, creation: effectiveOf(row) } }],
    context: encounter === undefined ? undefined : { encounter: [encounter] },
  };
}

/** Something the practice asked for: a test, or (a diary entry) what is to be done by a day. */
export function request(telling: Telling, id: string, row: Row, what: 'test' | 'diary'): ServiceRequest {
  const { patient, words } = telling;
  const when = effectiveOf(row);
  return {
    resourceType: 'ServiceRequest',
    ...head(what === 'diary' ? `${id}-diary` : id, row),
    status: what === 'diary' ? diaryStatus(row) : 'unknown',
    intent: what === 'diary' ? 'plan' : 'order',
    category: [{ text: what === 'diary' ? 'GP diary entry' : 'Test request' }],
    code: words.concept(guid(row['CodeId']), row['OriginalTerm']),
    subject: patient,
    encounter: encounterOf(telling, row),
    occurrenceDateTime: what === 'diary' ? when : undefined,
    authoredOn: what === 'diary' ? enteredOf(row) : when,
    requester: words.staff(guid(row['ClinicianUserInRoleGuid'])),
    reasonReference: problemOf(telling, row, 'ProblemGuid'),
    note: notesOf(row, row['DurationTerm'], row['LocationTypeDescription']),
  };
}

function diaryStatus(row: Row): ServiceRequest['status'] {
  if (/^(?:true|1)$/i.test(row['IsComplete'] ?? '')) return 'completed';
  if (row['IsActive'] === undefined) return 'unknown';
  return /^(?:true|1)$/i.test(row['IsActive']) ? 'active' : 'revoked';
}
