import type { Dosage, Medication, MedicationRequest, MedicationStatement, Reference, Resource } from 'fhir/r4';
import { type LookContext, nameOf, resolveAs } from '../context.ts';
import { concept, conceptOrCode, date, items, referenceKey, text } from '../read.ts';
import { phrases } from '../words.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem } from './topics.ts';

type Medicine = MedicationRequest | MedicationStatement;

/**
 * Current medicines as each source states them, the newest first. A statement stands for the request it names, and a plan
 * for its single issues, by reference only; two sources' statements are never merged.
 */
export function medicinesOf(facts: KeyFacts): KeyItem[] {
  const all = [...facts.topics.MedicationStatement.resources, ...facts.topics.MedicationRequest.resources].filter(
    isMedicine,
  );
  const current = all.filter((medicine) => isCurrent(medicine, facts.now));
  const keys = new Set(current.map((medicine) => `${medicine.resourceType}/${medicine.id ?? ''}`));
  const told = new Set<string>();
  for (const medicine of current) {
    if (medicine.resourceType !== 'MedicationStatement') continue;
    for (const reference of items<Reference>(medicine.basedOn)) told.add(referenceKey(reference) ?? '');
  }
  const lines = [];
  for (const medicine of current) {
    if (told.has(`${medicine.resourceType}/${medicine.id ?? ''}`)) continue;
    const plan = items<Reference>(medicine.basedOn).map((reference) => referenceKey(reference) ?? '');
    if (medicine.resourceType === 'MedicationRequest' && plan.some((key) => keys.has(key))) continue;
    const at = startOf(medicine);
    lines.push({
      at,
      item: keyItem(medicine, facts, {
        text: nameOfMedicine(medicine, facts),
        detail: phrases(
          doseWords(medicine),
          text(medicine.status) === 'on-hold' ? 'On hold' : undefined,
          statedIn(medicine),
        ),
        recorded: at,
      }),
    });
  }
  return byDate(lines);
}

function isMedicine(resource: Resource): resource is Medicine {
  return resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationStatement';
}

function isCurrent(medicine: Medicine, now: number): boolean {
  const status = text(medicine.status);
  if (status !== 'active' && status !== 'on-hold') return false;
  if (medicine.resourceType === 'MedicationRequest' && text(medicine.intent) === 'proposal') return false;
  const end =
    medicine.resourceType === 'MedicationStatement'
      ? date(medicine.effectivePeriod?.end)
      : date(medicine.dispenseRequest?.validityPeriod?.end);
  // A statement that ended is over; a prescription past its dispensing date may still be taken.
  return medicine.resourceType === 'MedicationRequest' || end === undefined || end.end > now;
}

function startOf(medicine: Medicine): ReturnType<typeof date> {
  if (medicine.resourceType === 'MedicationRequest') return date(medicine.authoredOn);
  return date(medicine.effectivePeriod?.start) ?? date(medicine.effectiveDateTime) ?? date(medicine.dateAsserted);
}

function nameOfMedicine(medicine: Medicine, facts: KeyFacts): string {
  const context: LookContext = { now: facts.now, included: facts.included, patientId: facts.patientId };
  const own = concept(medicine.medicationCodeableConcept);
  const referred = resolveAs<Medication>('Medication', medicine.medicationReference, medicine, context);
  return (
    own ??
    concept(referred?.code) ??
    nameOf(medicine.medicationReference, medicine, context) ??
    conceptOrCode(referred?.code ?? medicine.medicationCodeableConcept) ??
    'Medicine name not recorded'
  );
}

/** The directions as the source wrote them: never shortened, never worked out from structured parts. */
function doseWords(medicine: Medicine): string | undefined {
  const dosages = items<Dosage>(
    medicine.resourceType === 'MedicationRequest' ? medicine.dosageInstruction : medicine.dosage,
  );
  const words = dosages.map((dosage) => text(dosage.text)).filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join('; ');
}

function statedIn(medicine: Medicine): string | undefined {
  return medicine.resourceType === 'MedicationStatement' &&
    (text(medicine.informationSource?.reference) ?? '').startsWith('Patient/')
    ? 'as told by the person'
    : undefined;
}
