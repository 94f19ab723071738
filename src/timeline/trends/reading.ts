import type { Observation, ObservationComponent, Quantity } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { isOwnObservation } from '../mappers/observation.ts';
import { codeKeys, codings, concept, conceptOrCode, date, hasCode, items, keyOf, text } from '../read.ts';
import { sourceLabel, sourceOf } from '../source.ts';
import { formatDate } from '../dates.ts';
import { against, statedRange, type StatedRange } from './stated-range.ts';
import { unitOf, type Unit } from './units.ts';

/** `below`: the source states only that it is under this number (`<15`). A limit is never a point (misreading 20). */
export type Bound = 'exact' | 'below' | 'above';

/** Who took it, as far as its source says: shape and words of its mark. */
export type Origin = 'home' | 'laboratory' | 'gp' | 'other';

/** One number of a reading: a blood pressure has two. */
export interface Value {
  name: string;
  value: number;
  bound: Bound;
  /** The comparator as sent: `<`, `<=`; empty for an exact value. */
  sign: string;
  range: StatedRange | undefined;
}

/** A numeric result that can be placed in time and beside others of its kind. */
export interface Reading {
  /** `Observation/id`, with `#place` for a part of it. */
  key: string;
  observation: Observation;
  /** The part of the observation it is, where it is not the whole. */
  part: ObservationComponent | undefined;
  name: string;
  /** `system|code`; never empty. */
  codes: readonly string[];
  unit: Unit;
  values: readonly [Value, ...Value[]];
  /** `152/88`, `<15`. */
  number: string;
  /** `152/88 mmHg`, `<15 mL/min/1.73 m2`. */
  words: string;
  taken: PartialDate;
  /** Epoch milliseconds; the same instant twice for what was taken at one time. A partial date is a span, not a point. */
  span: { start: number; end: number };
  origin: Origin;
  source: string;
  /** Words where a value lies outside what its source stated as range. */
  outside: boolean;
}

/** What was sent and cannot be drawn, with why: never dropped (T3). */
export interface Unusable {
  key: string;
  observation: Observation;
  part: ObservationComponent | undefined;
  name: string;
  codes: readonly string[];
  reason: string;
  taken: PartialDate | undefined;
  source: string;
}

export interface Taken {
  readings: Reading[];
  unusable: Unusable[];
}

export interface TrendContext {
  patientId: string;
  /** Epoch milliseconds. */
  now: number;
}

const systolic = ['8480-6', '72313002', '271649006'];
const diastolic = ['8462-4', '1091811000000102', '271650006'];
const dayMillis = 86_400_000;

/** Takes an observation apart into readings: at least one, or one thing that says why it cannot be drawn. */
export function takeApart(observation: Observation, context: TrendContext): Taken {
  const parts = items(observation.component);
  const upper = parts.find((part) => hasCode(part.code, ...systolic));
  const lower = parts.find((part) => hasCode(part.code, ...diastolic));
  const pair = pairOf(observation, upper, lower, context);
  const rest = pair === undefined ? parts : parts.filter((part) => part !== upper && part !== lower);
  const taken: Taken = { readings: [], unusable: [] };
  const keep = (one: Reading | Unusable): void => {
    if ('values' in one) taken.readings.push(one);
    else taken.unusable.push(one);
  };
  if (pair !== undefined) keep(pair);
  if (parts.length === 0 || hasValue(observation)) keep(single(observation, undefined, undefined, context));
  for (const part of rest) keep(single(observation, part, parts.indexOf(part), context));
  return taken;
}

/** A blood pressure whose two parts are numbers of one unit; anything less is told part by part. */
function pairOf(
  observation: Observation,
  upper: ObservationComponent | undefined,
  lower: ObservationComponent | undefined,
  context: TrendContext,
): Reading | Unusable | undefined {
  if (upper === undefined || lower === undefined) return undefined;
  const unit = unitOf(upper.valueQuantity);
  if (unit.key !== unitOf(lower.valueQuantity).key) return undefined;
  const values = [valueOf(upper, 'Systolic', unit), valueOf(lower, 'Diastolic', unit)];
  const [high, low] = values;
  if (typeof high !== 'object' || typeof low !== 'object') return undefined;
  const head = headOf(observation, undefined, undefined, context);
  return placed(head, [high, low], unit, `${numberWords(high)}/${numberWords(low)}`, context);
}

function single(
  observation: Observation,
  part: ObservationComponent | undefined,
  place: number | undefined,
  context: TrendContext,
): Reading | Unusable {
  const head = headOf(observation, part, place, context);
  const quantity = (part ?? observation).valueQuantity;
  const unit = unitOf(quantity);
  const value = valueOf(part ?? observation, head.name, unit);
  if (typeof value === 'string') return { ...told(head), reason: value };
  return placed(head, [value], unit, numberWords(value), context);
}

interface Head extends Omit<Unusable, 'reason'> {
  end: PartialDate | undefined;
  reported: PartialDate | undefined;
  origin: Origin;
}

function headOf(
  observation: Observation,
  part: ObservationComponent | undefined,
  place: number | undefined,
  context: TrendContext,
): Head {
  const source = sourceOf(observation);
  const key = keyOf(observation);
  const code = part === undefined ? observation.code : part.code;
  return {
    key: part === undefined ? key : `${key}#${place ?? 0}`,
    observation,
    part,
    name: conceptOrCode(code) ?? 'Name not recorded',
    codes: codesOf(code, source),
    taken:
      date(observation.effectiveDateTime) ??
      date(observation.effectivePeriod?.start) ??
      date(observation.effectiveInstant) ??
      date(items(observation.effectiveTiming)[0]?.event?.[0]),
    end: date(observation.effectivePeriod?.end),
    reported: date(observation.issued),
    source: sourceLabel(source),
    origin: originOf(observation, source, context),
  };
}

/** The codes an observation as a whole is found by. */
export function observationCodes(observation: Observation): string[] {
  return codesOf(observation.code, sourceOf(observation));
}

/** A code without its system can only be compared with what the same source sends: `source:emis|22A..`. */
function codesOf(code: Observation['code'] | undefined, source: string | undefined): string[] {
  const codes = codeKeys(code);
  if (codes.length > 0 || source === undefined) return codes;
  return codings(code).flatMap((coding) => {
    const value = text(coding.code);
    return value === undefined ? [] : [`source:${source}|${value}`];
  });
}

function originOf(observation: Observation, source: string | undefined, { patientId }: TrendContext): Origin {
  if (isOwnObservation(observation, patientId)) return 'home';
  if (hasCode(observation.category, 'laboratory')) return 'laboratory';
  return source === 'emis' ? 'gp' : 'other';
}

function placed(
  head: Head,
  values: [Value, ...Value[]],
  unit: Unit,
  number: string,
  context: TrendContext,
): Reading | Unusable {
  const words = unit.words === undefined ? number : `${number} ${unit.words}`;
  const why = whyNotPlaced(head, context);
  if (why !== undefined) return { ...told(head), reason: `${why} Value: ${words}.` };
  const { key, observation, part, name, codes, origin, source, taken, end } = head;
  if (taken === undefined) throw new Error('a reading without a date is never placed');
  const outside = values.some(
    ({ value, bound, range }) => range !== undefined && against(value, bound, range) === 'outside',
  );
  const span = spanOf(taken, end);
  return { key, observation, part, name, codes, unit, values, number, words, taken, span, origin, source, outside };
}

/** Why a number cannot stand in a chart, as a sentence; undefined when it can. */
function whyNotPlaced(head: Head, context: TrendContext): string | undefined {
  const { observation, codes, taken, reported } = head;
  if (codes.length === 0) return 'Sent without a code, so nobody can tell which test it belongs with.';
  if (text(observation.status) === 'cancelled') return 'Cancelled.';
  if (taken === undefined) {
    return reported === undefined ? 'Date not recorded.' : `Date taken not recorded; reported ${formatDate(reported)}.`;
  }
  return taken.start > context.now ? 'Dated after today: check with its source.' : undefined;
}

/** A day, or a time, is a point; a month, a year, or a period over more than a day is a span. */
function spanOf(taken: PartialDate, end: PartialDate | undefined): Reading['span'] {
  const until = Math.max(taken.start, end?.start ?? taken.start);
  if (until - taken.start > dayMillis) return { start: taken.start, end: until };
  if (taken.precision === 'year' || taken.precision === 'month') return { start: taken.start, end: taken.end };
  return { start: taken.start, end: taken.start };
}

function told({ key, observation, part, name, codes, taken, source }: Head): Omit<Unusable, 'reason'> {
  return { key, observation, part, name, codes, taken, source };
}

function hasValue(observation: Observation): boolean {
  return statesValue(observation) || observation.dataAbsentReason !== undefined;
}

/** The number of a value, or the reason why there is none, as a sentence. */
function valueOf(of: Observation | ObservationComponent, name: string, unit: Unit): Value | string {
  const { valueQuantity: quantity, valueInteger: integer } = of;
  if (quantity === undefined && integer !== undefined && Number.isFinite(integer)) {
    return { name, value: integer, bound: 'exact', sign: '', range: statedRange(of.referenceRange, unit) };
  }
  if (quantity === undefined) return notNumeric(of);
  const bound = boundOf(quantity);
  if (typeof quantity.value !== 'number' || !Number.isFinite(quantity.value)) return notNumeric(of);
  if (bound === undefined) return `Sent with a sign that is not known: ${quantity.comparator} ${quantity.value}.`;
  const sign = text(quantity.comparator) ?? '';
  return { name, value: quantity.value, bound, sign, range: statedRange(of.referenceRange, unit) };
}

function boundOf(quantity: Quantity): Bound | undefined {
  switch (text(quantity.comparator)) {
    case undefined:
      return 'exact';
    case '<':
    case '<=':
      return 'below';
    case '>':
    case '>=':
      return 'above';
    default:
      return undefined;
  }
}

function notNumeric(of: Observation | ObservationComponent): string {
  const words = text(of.valueString) ?? concept(of.valueCodeableConcept);
  if (words !== undefined) return `Sent as words: ${words}.`;
  const absent = concept(of.dataAbsentReason);
  if (absent !== undefined) return `No value: ${absent}.`;
  return statesValue(of) && !quantityIsEmpty(of) ? 'Not one number.' : 'No value was sent.';
}

function statesValue(of: Observation | ObservationComponent): boolean {
  return Object.entries(of).some(([key, value]) => /^value[A-Z]/.test(key) && value !== undefined);
}

/** A quantity that holds no number at all (only a unit, as some feeds send for "not done"). */
function quantityIsEmpty({ valueQuantity: quantity }: Observation | ObservationComponent): boolean {
  return quantity !== undefined && quantity.value === undefined;
}

function numberWords({ value, sign }: Value): string {
  return `${sign}${value}`;
}
