import { date } from '../borough/clock.ts';
import type { Medicine } from '../borough/facts.ts';
import { concept, hl7 } from './codes.ts';
import { encounterReference, metaOf, staffReference, type Pen } from './pen.ts';
import { ukCoreExtension } from '../../fhir/systems.ts';

/**
 * Medicines this source prescribed: what is on repeat as MedicationStatement with its last issue, what was given once as
 * MedicationRequest. One resource a medicine, so that nothing is listed twice.
 */
export function writeMedicines(pen: Pen): void {
  for (const medicine of pen.life.medicines) {
    if (!medicine.tellers.includes(pen.source) || medicine.start > pen.asAt) continue;
    if (medicine.repeat) writeRepeat(pen, medicine);
    else writeOnce(pen, medicine);
  }
}

function writeRepeat(pen: Pen, medicine: Medicine): void {
  const stopped = medicine.end !== undefined && medicine.end <= pen.asAt;
  pen.add({
    resourceType: 'MedicationStatement',
    id: `${medicine.id}-MS`,
    ...metaOf(medicine.labels),
    extension: [
      {
        url: `${ukCoreExtension}MedicationStatementLastIssueDate`,
        valueDateTime: date(Math.max(medicine.start, medicine.lastIssued)),
      },
    ],
    status: stopped ? 'stopped' : 'active',
    medicationCodeableConcept: concept(medicine.term),
    subject: pen.patient,
    context: encounterReference(pen, medicine.at),
    effectivePeriod: { start: date(medicine.start), end: stopped ? date(medicine.end ?? medicine.start) : undefined },
    dateAsserted: date(medicine.start),
    informationSource: staffReference(medicine.prescriber),
    dosage: [{ text: medicine.dose }],
  });
}

function writeOnce(pen: Pen, medicine: Medicine): void {
  const over = medicine.end !== undefined && medicine.end <= pen.asAt;
  pen.add({
    resourceType: 'MedicationRequest',
    id: medicine.id,
    ...metaOf(medicine.labels),
    status: over ? 'completed' : 'active',
    intent: 'order',
    medicationCodeableConcept: concept(medicine.term),
    subject: pen.patient,
    encounter: encounterReference(pen, medicine.at),
    authoredOn: date(medicine.start),
    requester: staffReference(medicine.prescriber),
    courseOfTherapyType: hl7('medicationrequest-course-of-therapy', 'acute', 'Short course (acute) therapy'),
    dosageInstruction: [{ text: medicine.dose }],
    dispenseRequest:
      medicine.end === undefined
        ? undefined
        : { validityPeriod: { start: date(medicine.start), end: date(medicine.end) } },
  });
}
