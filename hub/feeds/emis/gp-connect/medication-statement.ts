import type { Extension, MedicationStatement } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, dosages, identifiers, notes, period } from './datatypes.ts';
import { dayOfMidnight, medicineOf } from './medicine.ts';
import { extension, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';

const statuses = [
  'active',
  'completed',
  'entered-in-error',
  'intended',
  'stopped',
  'on-hold',
  'unknown',
  'not-taken',
] as const;

/** A medicine of the practice's list. Whether it is taken, GP Connect never says (`unk`, by its own rule), and nor does this. */
export function medicationStatement(sent: JsonObject, reading: Reading): MedicationStatement {
  const issued = dayOfMidnight(extension(sent, 'MedicationStatementLastIssueDate')?.['valueDateTime']);
  const agency = concept(extension(sent, 'PrescribingAgency')?.['valueCodeableConcept']);
  return {
    resourceType: 'MedicationStatement',
    id: reading.idOf(sent),
    extension: some<Extension>([
      issued === undefined
        ? undefined
        : { url: `${ukCoreExtension}MedicationStatementLastIssueDate`, valueDateTime: issued },
      agency === undefined
        ? undefined
        : { url: `${ukCoreExtension}MedicationPrescribingOrganization`, valueCodeableConcept: agency },
    ]),
    identifier: identifiers(sent['identifier']),
    basedOn: reading.referAll(sent['basedOn']),
    status: sent['taken'] === 'n' ? 'not-taken' : (oneOf(sent['status'], statuses) ?? 'unknown'),
    ...medicineOf(sent, reading),
    subject: reading.patient,
    context: reading.refer(sent['context']),
    effectiveDateTime: words(sent['effectiveDateTime']),
    effectivePeriod: words(sent['effectiveDateTime']) === undefined ? period(sent['effectivePeriod']) : undefined,
    dateAsserted: words(sent['dateAsserted']),
    informationSource: reading.refer(sent['informationSource']),
    reasonCode: concepts(sent['reasonCode']),
    reasonReference: reading.problemsOf(sent),
    note: notes(sent['note']),
    dosage: dosages(sent['dosage']),
  };
}
