import type { ObservationReferenceRange, Quantity } from 'fhir/r4';
import type { Unit } from './oru-units.ts';

const number = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)`;
const valued = new RegExp(`^(<=|>=|<|>|≤|≥)?\\s*(${number})$`);
const between = new RegExp(`^(${number})\\s*(?:-|–|to)\\s*(${number})$`, 'i');
const limit = new RegExp(`^(<=|>=|<|>|≤|≥)\\s*(${number})$`);

const signs: Readonly<Record<string, NonNullable<Quantity['comparator']>>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '≤': '<=',
  '≥': '>=',
};

/**
 * A number with or without a sign (`98.00`, `<15`, `>= 100`); undefined for anything else, and for a number of more digits
 * than can be kept exactly: that stays as words.
 */
export function quantityOf(text: string, unit: Unit | undefined): Quantity | undefined {
  const [, sign, digits] = valued.exec(text.trim()) ?? [];
  const value = exact(digits);
  if (value === undefined) return undefined;
  const comparator = sign === undefined ? undefined : signs[sign];
  return { value, ...(comparator === undefined ? {} : { comparator }), ...unit };
}

/**
 * A reference range as laboratories write it: `49 - 92`, `[ 4.2 - 6.0 ]`, `<48`, `[ > 1.5]`; `[ ]` is none. A bound that
 * is not itself within the range (`<48`) keeps its words, for FHIR's bounds are within. What is no range of numbers stays
 * words.
 */
export function rangeOf(text: string, unit: Unit | undefined): ObservationReferenceRange | undefined {
  const bare = bareRange(text);
  if (bare === '') return undefined;
  const [, from, to] = between.exec(bare) ?? [];
  const [low, high] = [exact(from), exact(to)];
  if (low !== undefined && high !== undefined) return { low: { value: low, ...unit }, high: { value: high, ...unit } };
  const [, sign = '', stated] = limit.exec(bare) ?? [];
  const bound = exact(stated);
  if (bound === undefined) return { text: bare };
  const side = sign.startsWith('<') || sign === '≤' ? 'high' : 'low';
  const words = sign === '<' || sign === '>' ? { text: bare } : {};
  return { [side]: { value: bound, ...unit }, ...words };
}

/** Without brackets around the whole. */
function bareRange(text: string): string {
  const trimmed = text.trim();
  const [, inside] = /^[[(](.*)[\])]$/.exec(trimmed) ?? [];
  return (inside ?? trimmed).trim().replaceAll(/\s+/g, ' ');
}

/** A decimal that survives as a number: fifteen digits do. */
export function exact(digits: string | undefined): number | undefined {
  if (digits === undefined || !new RegExp(`^${number}$`).test(digits)) return undefined;
  if (digits.replace(/^[+-]?0*/, '').replaceAll(/[.+-]/g, '').length > 15) return undefined;
  const value = Number(digits);
  return Object.is(value, -0) ? 0 : value;
}
