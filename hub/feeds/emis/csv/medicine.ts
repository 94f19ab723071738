import type { CodeableConcept, Dosage, MedicationRequest, MedicationStatement, Quantity } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import { hl7, ukCore } from './codes.ts';
import { day } from './dates.ts';
import { count, decimal, guid, isTrue, type Row } from './row.ts';
import { effectiveOf, enteredOf, head, notesOf, problemOf, type Telling } from './told.ts';

/**
 * What the practice authorised: the plan, and the statement that stands for it with its last issue (UK Core; the reader is
 * shown one line of the two). EMIS calls what is no longer prescribed inactive.
 */
export function medicine(telling: Telling, id: string, row: Row): [MedicationRequest, MedicationStatement] {
  const { patient, words } = telling;
  const active = isTrue(row['IsActive']);
  const stopped = day(row['CancellationDate']);
  const last = lastIssue(telling, id);
  const start = effectiveOf(row);
  const drug = words.drug(guid(row['CodeId']));
  const status = active ? 'active' : stopped === undefined ? 'completed' : 'stopped';
  const plan: MedicationRequest = {
    resourceType: 'MedicationRequest',
    ...head(id, row),
    status,
    intent: 'plan',
    medicationCodeableConcept: drug,
    subject: patient,
    authoredOn: start,
    requester: words.staff(guid(row['ClinicianUserInRoleGuid'])),
    recorder: words.staff(guid(row['EnteredByUserInRoleGuid'])),
    reasonReference: problemOf(telling, row, 'ProblemObservationGuid'),
    courseOfTherapyType: therapyOf(row),
    dosageInstruction: dosageOf(row),
    dispenseRequest: { quantity: quantityOf(row), numberOfRepeatsAllowed: repeats(row) },
    note: notesOfDrug(row),
  };
  const statement: MedicationStatement = {
    resourceType: 'MedicationStatement',
    ...head(`${id}-MS`, row),
    extension:
      last === undefined
        ? undefined
        : [{ url: `${ukCoreExtension}MedicationStatementLastIssueDate`, valueDateTime: last }],
    basedOn: [{ reference: `MedicationRequest/${id}`, display: drug.text }],
    status,
    medicationCodeableConcept: drug,
    subject: patient,
    effectivePeriod: start === undefined && stopped === undefined ? undefined : { start, end: stopped },
    dateAsserted: enteredOf(row),
    informationSource: words.staff(guid(row['ClinicianUserInRoleGuid'])),
    reasonReference: problemOf(telling, row, 'ProblemObservationGuid'),
    dosage: dosageOf(row),
  };
  return [plan, statement];
}

/**
 * One prescription that was issued. It counts as given, not as what is taken now: that is the plan's to say. Where the plan
 * never came, nobody can say.
 */
export function issue(telling: Telling, id: string, row: Row): MedicationRequest {
  const { patient, rows, words } = telling;
  const plan = guid(row['DrugRecordGuid']);
  const drug = words.drug(guid(row['CodeId']));
  const known = rows.one('Prescribing_DrugRecord', plan) !== undefined;
  if (!known && !rows.isGone('Prescribing_DrugRecord', plan)) {
    telling.doubts.add('A prescription was issued from a drug record that has not come');
  }
  const days = count(row['CourseDurationInDays']);
  return {
    resourceType: 'MedicationRequest',
    // A GUID is promised to be its table's own only, and plans are of the same type.
    ...head(`${id}-issue`, row, rows.one('Prescribing_DrugRecord', plan)),
    status: known ? 'completed' : 'unknown',
    intent: 'order',
    medicationCodeableConcept: drug,
    subject: patient,
    basedOn: known ? [{ reference: `MedicationRequest/${plan}`, display: drug.text }] : undefined,
    authoredOn: effectiveOf(row),
    requester: words.staff(guid(row['ClinicianUserInRoleGuid'])),
    reasonReference: problemOf(telling, row, 'ProblemObservationGuid'),
    dosageInstruction: dosageOf(row),
    dispenseRequest: {
      quantity: quantityOf(row),
      expectedSupplyDuration:
        days === undefined ? undefined : { value: days, unit: 'day', system: 'http://unitsofmeasure.org', code: 'd' },
    },
    note: notesOfDrug(row),
  };
}

function lastIssue({ rows }: Telling, id: string): string | undefined {
  return rows
    .by('Prescribing_IssueRecord', 'DrugRecordGuid', id)
    .flatMap(([, row]) => effectiveOf(row) ?? [])
    .sort()
    .at(-1);
}

function therapyOf(row: Row): CodeableConcept | undefined {
  const stated = row['PrescriptionType'];
  switch (stated?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'acute':
      return hl7('medicationrequest-course-of-therapy', 'acute', 'Short course (acute) therapy');
    case 'repeat':
      return ukCore('MedicationRequestCourseOfTherapy', 'repeat', 'Repeat');
    case 'repeat dispensing':
      return ukCore('MedicationRequestCourseOfTherapy', 'repeat-dispensing', 'Repeat dispensing');
    default:
      return { text: stated };
  }
}

function dosageOf(row: Row): Dosage[] | undefined {
  return row['Dosage'] === undefined ? undefined : [{ text: row['Dosage'] }];
}

function quantityOf(row: Row): Quantity | undefined {
  const value = decimal(row['Quantity']);
  return value === undefined ? undefined : { value, unit: row['QuantityUnit'] };
}

/** Issues after the first one. */
function repeats(row: Row): number | undefined {
  const issues = count(row['NumberOfIssuesAuthorised']);
  return issues === undefined ? undefined : issues - 1;
}

function notesOfDrug(row: Row): { text: string }[] | undefined {
  const quantity =
    quantityOf(row) === undefined && row['Quantity'] !== undefined ? `Quantity: ${row['Quantity']}` : undefined;
  return notesOf(row, quantity);
}
