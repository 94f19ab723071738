import type { Quantity } from 'fhir/r4';
import { ucum } from '../../../fhir/systems.ts';
import { text } from '../read.ts';

/** The unit of a value: what tells it from another, and how it is written. */
export interface Unit {
  /** Two values stand on one axis only when this is the same (misreading 20). */
  key: string;
  /** `mmHg`; undefined where none was stated. */
  words: string | undefined;
}

/**
 * Other spellings of one and the same UCUM unit, as feeds write them where they send no code. Spellings only: nothing is
 * ever converted, and a unit with an annotation (`mL/min/{1.73_m2}`) is not the one without it.
 */
const spellings: Record<string, string> = {
  mmHg: 'mm[Hg]',
  'mm Hg': 'mm[Hg]',
  'mmol/l': 'mmol/L',
  'umol/l': 'umol/L',
  'µmol/L': 'umol/L',
  'µmol/l': 'umol/L',
  'g/l': 'g/L',
  'mg/l': 'mg/L',
  '°C': 'Cel',
  'kg/m²': 'kg/m2',
  'mL/min/1.73m2': 'mL/min/{1.73_m2}',
  'mL/min/1.73 m2': 'mL/min/{1.73_m2}',
  'ml/min/1.73m2': 'mL/min/{1.73_m2}',
  'ml/min/{1.73_m2}': 'mL/min/{1.73_m2}',
  'beats/min': '/min',
  '{beats}/min': '/min',
};

/** How a UCUM code is read out where the writer gave no words of its own. */
const written: Record<string, string> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m2',
};

/** The unit of a quantity by its UCUM code, else by the writer's own words. */
export function unitOf(quantity: Quantity | undefined): Unit {
  const system = text(quantity?.system);
  const code = text(quantity?.code);
  const words = text(quantity?.unit);
  // A code of some other system is no UCUM code: it is kept apart under that system's name.
  if (code !== undefined && system !== undefined && system !== ucum) {
    return { key: `${system}|${code}`, words: words ?? code };
  }
  const stated = code ?? words;
  if (stated === undefined) return { key: '', words: undefined };
  const key = spellings[stated] ?? stated;
  return { key, words: written[key] ?? (key === stated ? (words ?? key) : key) };
}
