import type { Observation, ObservationComponent, ObservationReferenceRange, Quantity } from 'fhir/r4';
import { formatDateTime } from '../../timeline/dates.ts';
import { linesOfText } from '../../timeline/notes.ts';
import { concept, date, items, text } from '../../timeline/read.ts';

type Valued = Observation | ObservationComponent;

/**
 * A result's value as it was sent, comparator and unit with it (`<15 ml/min`); components by name; the stated reason
 * where there is no value; `Not recorded` where nothing is stated.
 */
export function valueWords(observation: Observation): string {
  const own = oneValue(observation);
  const parts = items(observation.component).map((part) => {
    const value = oneValue(part) ?? concept(part.dataAbsentReason) ?? 'Not recorded';
    return `${concept(part.code) ?? 'Part'} ${value}`;
  });
  const words = [own, ...parts].filter((word) => word !== undefined);
  if (words.length > 0) return words.join(', ');
  return concept(observation.dataAbsentReason) ?? 'Not recorded';
}

/** `115 to 165 g/L`, `over 60`, or undefined where no range was sent. */
export function rangeWords(observation: Pick<Valued, 'referenceRange'>): string | undefined {
  const words = items(observation.referenceRange)
    .map(oneRange)
    .filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join('; ');
}

/**
 * What the laboratory says of a result, never what we think of it (misreading 9): its flag in words, else that it set
 * none. No tick, no "normal" of our own.
 */
export function flagWords(observation: Pick<Valued, 'interpretation'>): string {
  const flags = items(observation.interpretation).map((flag) => {
    const code = items(flag.coding).map((coding) => text(coding.code))[0];
    return (code === undefined ? undefined : flagNames[code]) ?? concept(flag) ?? code;
  });
  const said = flags.filter((flag) => flag !== undefined);
  return said.length === 0 ? 'Not flagged by lab' : said.join(', ');
}

/** Whether the result may still change, in words, or undefined when it is final. */
export function preliminaryWords(status: string | undefined): string | undefined {
  switch (status) {
    case 'registered':
      return 'Not yet reported';
    case 'partial':
    case 'preliminary':
      return 'Preliminary';
    case 'amended':
    case 'corrected':
    case 'appended':
      return 'Corrected';
    case 'cancelled':
      return 'Cancelled';
    case 'final':
      return undefined;
    case undefined:
    default:
      return 'Status not known';
  }
}

/** HL7 v3 ObservationInterpretation, the flags laboratories send, in words. */
const flagNames: Record<string, string> = {
  H: 'Flagged high',
  HH: 'Flagged critically high',
  L: 'Flagged low',
  LL: 'Flagged critically low',
  A: 'Flagged abnormal',
  AA: 'Flagged critically abnormal',
  N: 'Marked normal by lab',
  POS: 'Positive',
  NEG: 'Negative',
  R: 'Resistant',
  S: 'Susceptible',
  I: 'Intermediate',
  IND: 'Indeterminate',
};

function oneValue(value: Valued): string | undefined {
  if (value.valueQuantity !== undefined) return quantityWords(value.valueQuantity);
  if (value.valueCodeableConcept !== undefined) return concept(value.valueCodeableConcept);
  if (value.valueString !== undefined) return linesOfText(value.valueString);
  if (value.valueBoolean !== undefined) return value.valueBoolean ? 'Yes' : 'No';
  if (value.valueInteger !== undefined) return String(value.valueInteger);
  if (value.valueDateTime !== undefined) {
    const read = date(value.valueDateTime);
    return read === undefined ? value.valueDateTime : formatDateTime(read);
  }
  if (value.valueTime !== undefined) return value.valueTime;
  if (value.valueRange !== undefined) return between(value.valueRange.low, value.valueRange.high);
  if (value.valueRatio !== undefined) {
    return `${quantityWords(value.valueRatio.numerator) ?? '?'} : ${quantityWords(value.valueRatio.denominator) ?? '?'}`;
  }
  return undefined;
}

function oneRange(range: ObservationReferenceRange): string | undefined {
  return text(range.text) ?? between(range.low, range.high);
}

function between(low: Quantity | undefined, high: Quantity | undefined): string | undefined {
  const [from, to] = [quantityWords(low), quantityWords(high)];
  if (from === undefined) return to === undefined ? undefined : `up to ${to}`;
  if (to === undefined) return `${from} and over`;
  const sameUnit = low?.unit !== undefined && low.unit === high?.unit;
  return `${sameUnit ? String(low.value) : from} to ${to}`;
}

/** What UCUM puts in braces is for people to read: `mL/min/{1.73_m2}`. */
const annotation = /\{([^{}]*)\}/g;

function quantityWords(quantity: Quantity | undefined): string | undefined {
  if (typeof quantity?.value !== 'number') return undefined;
  const unit = (text(quantity.unit) ?? text(quantity.code))?.replaceAll(annotation, (_, words: string) =>
    words.replaceAll('_', ' '),
  );
  return `${quantity.comparator ?? ''}${quantity.value}${unit === undefined ? '' : ` ${unit}`}`;
}
