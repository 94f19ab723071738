import type { ObservationReferenceRange, Quantity } from 'fhir/r4';
import { hasCode, items } from '../read.ts';
import { unitOf, type Unit } from './units.ts';

/** A reference range as its source states it, in the unit of the value it stands with. */
export interface StatedRange {
  low: number | undefined;
  high: number | undefined;
}

/** Where a value lies, as far as that follows from what was stated. */
export type Against = 'inside' | 'outside' | 'not-known';

/**
 * The one range that can be drawn beside a value: in the value's own unit, for everybody it was stated for. Two ranges, a
 * treatment target, or another unit are told in words only, never drawn.
 */
export function statedRange(ranges: ObservationReferenceRange[] | undefined, unit: Unit): StatedRange | undefined {
  const all = items(ranges);
  const [range] = all;
  if (range === undefined || all.length > 1) return undefined;
  if (items(range.type?.coding).length > 0 && !hasCode(range.type, 'normal')) return undefined;
  if (items(range.appliesTo).length > 0 || range.age !== undefined) return undefined;
  const [low, high] = [bound(range.low, unit), bound(range.high, unit)];
  if (low === 'other-unit' || high === 'other-unit') return undefined;
  if (low === undefined && high === undefined) return undefined;
  return low !== undefined && high !== undefined && low > high ? undefined : { low, high };
}

function bound(quantity: Quantity | undefined, unit: Unit): number | undefined | 'other-unit' {
  if (typeof quantity?.value !== 'number' || !Number.isFinite(quantity.value)) return undefined;
  const own = unitOf(quantity);
  return own.words === undefined || own.key === unit.key ? quantity.value : 'other-unit';
}

/** Where a value lies against its range; `<15` against `60 and over` is outside, `<90` against it is not known. */
export function against(value: number, bound: 'exact' | 'below' | 'above', range: StatedRange): Against {
  const { low = -Infinity, high = Infinity } = range;
  if (bound === 'exact') return value < low || value > high ? 'outside' : 'inside';
  // Below or above the value: the value itself is taken as still possible, so that nothing is claimed at the edge.
  if (bound === 'below') return value < low ? 'outside' : 'not-known';
  return value > high ? 'outside' : 'not-known';
}
