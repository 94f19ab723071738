import type { Observation, Quantity } from 'fhir/r4';
import { type LookContext, nameOf } from '../context.ts';
import type { Entry } from '../entry.ts';
import { concept, date, items, keyOf, referenceKey, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { lowerStart, phrases, titled } from '../words.ts';
import { timeCautions } from './times.ts';

/** Whether the person entered it themselves: told by the source `patient`, or performed by this person. */
export function isOwnObservation(observation: Observation, patientId: string): boolean {
  if (sourceOf(observation) === 'patient') return true;
  return items(observation.performer).some((performer) => referenceKey(performer) === `Patient/${patientId}`);
}

/** A reading the person shared: its value as sent, without judgement (look.md); its setting says who entered it. */
export function mapObservation(observation: Observation, context: LookContext): Entry {
  const stated =
    text(observation.effectiveDateTime) ??
    text(observation.effectivePeriod?.start) ??
    text(observation.effectiveInstant);
  const start = date(stated);
  const name = concept(observation.code);
  const value = valueWords(observation);
  const status = text(observation.status);
  return {
    key: keyOf(observation),
    kind: 'home-reading',
    lane: 'patient',
    state: status === 'cancelled' ? 'cancelled' : 'closed',
    title: titleOf(name, value, status),
    detail: phrases(nameOf(observation.device, observation, context)),
    facts: ['not checked by staff'],
    cautions: [
      ...(status === 'preliminary' || status === 'registered' ? ['Preliminary'] : []),
      ...(status === 'amended' || status === 'corrected' ? ['Changed after it was first sent'] : []),
      ...timeCautions(observation.effectivePeriod, stated),
    ],
    start,
    end: date(observation.effectivePeriod?.end),
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(observation)],
  };
}

function titleOf(name: string | undefined, value: string | undefined, status: string | undefined): string {
  const kind = name === undefined ? 'Home reading' : `Home ${lowerStart(name)}`;
  const title = value === undefined ? `${kind}: value not recorded` : `${kind}: ${value}`;
  return status === 'cancelled' ? titled('Cancelled', title) : title;
}

/** `152/88 mmHg` for a pressure; other parts each with their name; a comparator stays (misreading 20). */
function valueWords(observation: Observation): string | undefined {
  const own =
    quantityWords(observation.valueQuantity) ??
    concept(observation.valueCodeableConcept) ??
    text(observation.valueString) ??
    (typeof observation.valueInteger === 'number' ? String(observation.valueInteger) : undefined);
  if (own !== undefined) return own;
  const parts = items(observation.component);
  const upper = parts.find((part) => partIs(part.code, '8480-6', '72313002', /systolic/i))?.valueQuantity;
  const lower = parts.find((part) => partIs(part.code, '8462-4', '1091811000000102', /diastolic/i))?.valueQuantity;
  if (numberOf(upper) !== undefined && numberOf(lower) !== undefined && unitWords(upper) === unitWords(lower)) {
    return text(`${numberOf(upper)}/${numberOf(lower)} ${unitWords(upper) ?? ''}`);
  }
  const words = parts.map((part) => {
    const value = quantityWords(part.valueQuantity) ?? concept(part.valueCodeableConcept) ?? text(part.valueString);
    return value === undefined ? undefined : `${concept(part.code) ?? 'part'} ${value}`;
  });
  return text(words.filter((word) => word !== undefined).join(', ')) ?? concept(observation.dataAbsentReason);
}

function partIs(code: Observation['code'], loinc: string, snomedCode: string, name: RegExp): boolean {
  const known = items(code?.coding).some((coding) => coding.code === loinc || coding.code === snomedCode);
  return known || name.test(concept(code) ?? '');
}

function quantityWords(quantity: Quantity | undefined): string | undefined {
  const value = numberOf(quantity);
  return value === undefined ? undefined : text(`${value} ${unitWords(quantity) ?? ''}`);
}

function numberOf(quantity: Quantity | undefined): string | undefined {
  if (typeof quantity?.value !== 'number') return undefined;
  return `${text(quantity.comparator) ?? ''}${quantity.value}`;
}

function unitWords(quantity: Quantity | undefined): string | undefined {
  const unit = text(quantity?.unit) ?? text(quantity?.code);
  return unit === 'mm[Hg]' ? 'mmHg' : unit;
}
