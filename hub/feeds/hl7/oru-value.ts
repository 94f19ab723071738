import type { CodeableConcept, Observation } from 'fhir/r4';
import { readTime } from './date-time.ts';
import type { Segment } from './message.ts';
import { quantityOf, exact } from './oru-quantity.ts';
import { unitOf, type Unit } from './oru-units.ts';

/** The value of a result, in whichever of FHIR's kinds its sender stated it. */
export type Value = Partial<
  Pick<
    Observation,
    'valueQuantity' | 'valueString' | 'valueCodeableConcept' | 'valueDateTime' | 'valueRange' | 'valueRatio'
  >
>;

/** OBX-2 of values that are prose: its lines come as segments of their own, and belong together. */
export function isProse(obx: Segment): boolean {
  return ['TX', 'FT'].includes(typeOf(obx));
}

/** OBX-2 of values that are files. */
export function isFile(obx: Segment): boolean {
  return ['ED', 'RP'].includes(typeOf(obx));
}

/** OBX-6. */
export function unitIn(obx: Segment): Unit | undefined {
  return unitOf(obx.at(6), obx.at(6, 2), obx.at(6, 3));
}

/**
 * The value of one OBX by its type (HL7 v2.4, 7.4.2.2). A number that is none (`Haemolysed` sent as NM) stays words, and a
 * text that is one, with a unit beside it, is a number. Undefined where the field is empty.
 */
export function valueOf(
  obx: Segment,
  concept: (coded: Segment, field: number) => CodeableConcept | undefined,
): Value | undefined {
  const text = textOf(obx);
  if (text === '') return undefined;
  const unit = unitIn(obx);
  switch (typeOf(obx)) {
    case 'NM':
      return numberOrWords(text, unit);
    case 'SN':
      return structured(obx, unit) ?? { valueString: text };
    case 'CE':
    case 'CWE':
    case 'CNE':
    case 'CF': {
      const coded = concept(obx, 5);
      return coded === undefined ? { valueString: text } : { valueCodeableConcept: coded };
    }
    case 'DT':
    case 'TS':
    case 'DTM': {
      const { value } = readTime(obx.at(5));
      return value === undefined ? { valueString: text } : { valueDateTime: value };
    }
    case 'ST':
    case '':
      return unit === undefined ? { valueString: text } : numberOrWords(text, unit);
    default:
      return { valueString: text };
  }
}

/** All that OBX-5 says, one repetition a line. */
export function textOf(obx: Segment): string {
  return obx
    .values(5)
    .map(({ text }) => text)
    .join('\n');
}

function typeOf(obx: Segment): string {
  return obx.at(2).toUpperCase();
}

function numberOrWords(text: string, unit: Unit | undefined): Value {
  const quantity = quantityOf(text, unit);
  if (quantity !== undefined) return { valueQuantity: quantity };
  // Words that count something (`10-99`) say nothing without their unit.
  return { valueString: unit?.unit !== undefined && /\d/.test(text) ? `${text} ${unit.unit}` : text };
}

/** Structured numeric, `comparator^number^separator^number`: a number, a range or a ratio. */
function structured(obx: Segment, unit: Unit | undefined): Value | undefined {
  const [first] = obx.values(5);
  if (first === undefined || obx.values(5).length > 1) return undefined;
  const [sign, separator] = [first.at(1), first.at(3)];
  const [low, high] = [exact(first.at(2)), exact(first.at(4))];
  if (low === undefined) return undefined;
  if (separator === '' && first.at(4) === '') {
    const quantity = quantityOf(`${sign === '=' ? '' : sign}${first.at(2)}`, unit);
    return quantity === undefined ? undefined : { valueQuantity: quantity };
  }
  if (high === undefined || (sign !== '' && sign !== '=')) return undefined;
  if (separator === '-') return { valueRange: { low: { value: low, ...unit }, high: { value: high, ...unit } } };
  if (separator === ':' || separator === '/') {
    return { valueRatio: { numerator: { value: low, ...unit }, denominator: { value: high } } };
  }
  return undefined;
}
