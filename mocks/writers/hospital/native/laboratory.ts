import type { Measurement } from '../../../borough/facts.ts';
import type { Hospital } from '../../../borough/happenings.ts';

/** Units as WinPath in London prints them, where it has its own word. */
const units: Readonly<Record<string, string>> = {
  'mmol/L': 'MMOLL',
  'umol/L': 'UMOLL',
  '%': 'PERCENT',
  'mL/min/{1.73_m2}': 'mL/min/1.73m2',
};

/** OBX-6. */
export function unitIn(unit: string): string {
  return units[unit] ?? unit;
}

/** OBX-5: the Whittington's laboratory always writes two decimals. */
export function valueIn({ value, comparator }: Measurement, hospital: Hospital): string {
  return `${comparator ?? ''}${hospital === 'RKE' ? value.toFixed(2) : String(value)}`;
}

/** OBX-7, padded as each laboratory pads it; where there is none, empty brackets at the Whittington. */
export function rangeIn({ low, high }: Measurement, hospital: Hospital): string {
  const inside =
    low === undefined ? (high === undefined ? '' : `< ${high}`) : high === undefined ? `> ${low}` : `${low} - ${high}`;
  if (hospital === 'RKE') return inside === '' ? '[ ]' : `[ ${inside} ]`;
  return inside;
}
