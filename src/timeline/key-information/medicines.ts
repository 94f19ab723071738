import type {
  Dosage,
  Extension,
  Medication,
  MedicationRequest,
  MedicationStatement,
  Reference,
  Resource,
} from 'fhir/r4';
import { type LookContext, nameOf, resolveAs } from '../context.ts';
import { ageAt } from '../age.ts';
import { formatDate } from '../dates.ts';
import { noteWords } from '../notes.ts';
import { codeKeys, codings, concept, conceptOrCode, date, items, keyOf, referenceKey, text } from '../read.ts';
import { sourceOf } from '../source.ts';
import { phrases } from '../words.ts';
import { type Contrary, contraryOf, statedAgainst } from './contrary.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem, narrative, statedBy } from './topics.ts';

type Medicine = MedicationRequest | MedicationStatement;

/**
 * Current medicines as each source states them, the newest first. A statement stands for the request it names, and a plan
 * for its single issues, by reference only. What another source holds stopped says so.
 */
export function medicinesOf(facts: KeyFacts): KeyItem[] {
  const all = [...facts.topics.MedicationStatement.resources, ...facts.topics.MedicationRequest.resources].filter(
    isMedicine,
  );
  const current = all.filter((medicine) => isCurrent(medicine, facts.now));
  const keys = new Set(current.map(keyOf));
  const told = new Set<string>();
  for (const medicine of current) {
    if (medicine.resourceType !== 'MedicationStatement') continue;
    for (const key of basedOn(medicine)) told.add(key);
  }
  const contraries = all.flatMap((medicine) => contrary(medicine, facts));
  const lines = [];
  for (const medicine of current) {
    if (told.has(keyOf(medicine))) continue;
    if (medicine.resourceType === 'MedicationRequest' && basedOn(medicine).some((key) => keys.has(key))) continue;
    const at = startOf(medicine);
    const codes = codesOf(medicine, facts);
    lines.push({
      at,
      item: keyItem(medicine, facts, {
        text: nameOfMedicine(medicine, facts),
        detail: phrases(
          doseWords(medicine),
          therapyWords(medicine, facts),
          text(medicine.status) === 'on-hold' ? 'On hold' : undefined,
          statedIn(medicine),
          lastIssuedWords(medicine, all, facts.now),
        ),
        recorded: at,
        by: statedBy(
          [medicine.resourceType === 'MedicationRequest' ? medicine.requester : medicine.informationSource],
          medicine,
          facts,
        ),
        narrative: narrative(...noteWords(medicine.note, medicine, facts)),
        codes,
        against: statedAgainst(contraries, { source: sourceOf(medicine), codes, since: at }),
      }),
    });
  }
  return byDate(lines);
}

function basedOn(medicine: Medicine): string[] {
  return items<Reference>(medicine.basedOn).map((reference) => referenceKey(reference) ?? '');
}

function codesOf(medicine: Medicine, facts: KeyFacts): string[] {
  const referred = resolveAs<Medication>('Medication', medicine.medicationReference, medicine, contextOf(facts));
  return codeKeys(medicine.medicationCodeableConcept ?? referred?.code);
}

function contrary(medicine: Medicine, facts: KeyFacts): Contrary[] {
  const end =
    medicine.resourceType === 'MedicationStatement'
      ? date(medicine.effectivePeriod?.end)
      : date(medicine.dispenseRequest?.validityPeriod?.end);
  const words = { stopped: 'stopped', cancelled: 'cancelled', completed: 'completed', 'on-hold': 'on hold' };
  const status = text(medicine.status) ?? '';
  if (!isKeyOf(status, words)) return [];
  // A course that ran out long ago says nothing against a medicine taken now, unless it says when it did.
  if (status === 'completed' && end === undefined) return [];
  return [contraryOf(medicine, codesOf(medicine, facts), words[status], status === 'on-hold' ? undefined : end)];
}

function isKeyOf<T extends object>(key: string, of: T): key is Extract<keyof T, string> {
  return Object.hasOwn(of, key);
}

const therapies: Record<string, string> = {
  acute: 'acute',
  continuous: 'repeat',
  repeat: 'repeat',
  'repeat-dispensing': 'repeat dispensing',
  'delayed-prescribing': 'delayed prescription',
  seasonal: 'seasonal',
};

/** Acute or repeat, as stated: by the request itself, or by the one that a statement stands for. */
function therapyWords(medicine: Medicine, facts: KeyFacts): string | undefined {
  if (medicine.resourceType === 'MedicationRequest') return therapyOf(medicine);
  for (const reference of items<Reference>(medicine.basedOn)) {
    const key = referenceKey(reference);
    const plan =
      resolveAs<MedicationRequest>('MedicationRequest', reference, medicine, contextOf(facts)) ??
      facts.topics.MedicationRequest.resources.find((request) => keyOf(request) === key);
    const words = plan?.resourceType === 'MedicationRequest' ? therapyOf(plan as MedicationRequest) : undefined;
    if (words !== undefined) return words;
  }
  return undefined;
}

/** FHIR's course of therapy with UK Core's own codes; GP Connect's PrescriptionType says the same. */
function therapyOf(request: MedicationRequest): string | undefined {
  const extended = items<Extension>(request.extension).find(({ url }) => /PrescriptionType/.test(text(url) ?? ''));
  const stated = request.courseOfTherapyType ?? extended?.valueCodeableConcept;
  const code = codings(stated)
    .map((coding) => text(coding.code) ?? '')
    .find((one) => therapies[one] !== undefined);
  return code === undefined ? concept(stated) : therapies[code];
}

/** `last issued 02-Oct-2026, 7w 2d ago`: from UK Core's last issue date, or the newest issue of a plan. */
function lastIssuedWords(medicine: Medicine, all: readonly Medicine[], now: number): string | undefined {
  const stated = items<Extension>(medicine.extension).find(({ url }) => (text(url) ?? '').endsWith('LastIssueDate'));
  const plans = new Set([keyOf(medicine), ...basedOn(medicine)]);
  const issues = all
    .filter((one) => one.resourceType === 'MedicationRequest' && basedOn(one).some((key) => plans.has(key)))
    .filter(({ status }) => !['cancelled', 'entered-in-error', 'draft'].includes(status))
    .map(startOf);
  const dates = [date(stated?.valueDateTime), ...issues].filter((one) => one !== undefined);
  const last = dates.toSorted((a, b) => b.start - a.start)[0];
  if (last === undefined) return undefined;
  const age = ageAt(last, now);
  return `last issued ${formatDate(last)}${age === undefined ? '' : `, ${age} ago`}`;
}

function contextOf(facts: KeyFacts): LookContext {
  return { now: facts.now, included: facts.included, patientId: facts.patientId };
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
  const context = contextOf(facts);
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
