import type { Quantity } from 'fhir/r4';
import { ucum } from '../../../fhir/systems.ts';
import { lookUp } from './look-up.ts';

/** The unit of a result: its words, and its UCUM code where it is certain which one is meant. */
export type Unit = Pick<Quantity, 'unit' | 'system' | 'code'>;

/**
 * Spellings of laboratories in London (WinPath, Welch Allyn) and the UCUM codes they stand for. Spellings only: a unit
 * that might mean two things is not among them, and nothing is ever converted. `mL/min` is not taken for the rate per
 * 1.73 m2, whatever the test is called.
 */
const spellings: Readonly<Record<string, string>> = {
  mmoll: 'mmol/L',
  umoll: 'umol/L',
  nmoll: 'nmol/L',
  pmoll: 'pmol/L',
  mlmin: 'mL/min',
  'mmol/l': 'mmol/L',
  'umol/l': 'umol/L',
  'µmol/l': 'umol/L',
  'μmol/l': 'umol/L',
  'nmol/l': 'nmol/L',
  'pmol/l': 'pmol/L',
  'g/l': 'g/L',
  'g/dl': 'g/dL',
  'mg/l': 'mg/L',
  'mg/dl': 'mg/dL',
  'ug/l': 'ug/L',
  'ng/l': 'ng/L',
  'ng/ml': 'ng/mL',
  'u/l': 'U/L',
  'iu/l': '[IU]/L',
  'mmol/mol': 'mmol/mol',
  'mg/mmol': 'mg/mmol',
  'ml/min': 'mL/min',
  'ml/min/1.73m2': 'mL/min/{1.73_m2}',
  'ml/min/1.73m^2': 'mL/min/{1.73_m2}',
  'ml/min/1.73 m2': 'mL/min/{1.73_m2}',
  'ml/min/{1.73_m2}': 'mL/min/{1.73_m2}',
  fl: 'fL',
  pg: 'pg',
  'l/l': 'L/L',
  percent: '%',
  '%': '%',
  mmhg: 'mm[Hg]',
  'mm[hg]': 'mm[Hg]',
  kpa: 'kPa',
  'mm/hr': 'mm/h',
  'mm/h': 'mm/h',
  kg: 'kg',
  'kg/m2': 'kg/m2',
  degc: 'Cel',
  cel: 'Cel',
  '°c': 'Cel',
  '/min': '/min',
  bpm: '/min',
  mdc_dim_percent: '%',
  mdc_dim_mmhg: 'mm[Hg]',
  mdc_dim_x_l_per_min: 'L/min',
  mdc_dim_degc: 'Cel',
  mdc_dim_beat_per_min: '/min',
};

/** How a UCUM code is written for people, where that is not the code itself. */
const written: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  'mL/min/{1.73_m2}': 'mL/min/1.73m2',
  '[IU]/L': 'IU/L',
};

/**
 * The unit as stated in OBX-6: by its own code where the sender names UCUM, else by a spelling that is certain, else as it
 * was written. Undefined where none is stated.
 */
export function unitOf(code: string, words: string, system: string): Unit | undefined {
  const stated = code === '' ? words : code;
  if (stated === '') return undefined;
  const known = system.toUpperCase() === 'UCUM' && /^\S+$/.test(code) ? code : ucumOf(stated);
  if (known === undefined) return { unit: words === '' ? stated : words };
  return { unit: lookUp(written, known) ?? known, system: ucum, code: known };
}

function ucumOf(stated: string): string | undefined {
  const folded = stated.trim().toLowerCase();
  // Counts of cells: x10*9/L, 10^9/L, x10^12/l.
  const [, power, per] = /^x?\s?10\s?[*^](3|6|9|12)\s?\/\s?([um]?l)$/.exec(folded) ?? [];
  if (power !== undefined && per !== undefined) return `10*${power}/${per.replace('l', 'L')}`;
  return lookUp(spellings, folded);
}
