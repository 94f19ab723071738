import type { CodeableConcept, Observation, ObservationReferenceRange, Quantity } from 'fhir/r4';
import { loinc, ucum } from '../../../../fhir/systems.ts';
import { conceptIds, hl7 } from './codes.ts';
import { decimal, lookUp, type Row } from './row.ts';

/** UK Core vital signs: their LOINC codes beside the SNOMED CT ones that EMIS writes, so that one trend holds both. */
const vitalSigns: Record<string, string> = {
  '27113001': '29463-7',
  '60621009': '39156-5',
  '364075005': '8867-4',
  '386725007': '8310-5',
  '431314004': '59408-5',
  '75367002': '85354-9',
  '72313002': '8480-6',
  '271649006': '8480-6',
  '1091811000000102': '8462-4',
  '271650006': '8462-4',
};

/** A code with its LOINC code, where it is a vital sign's. */
export function vitalConcept(concept: CodeableConcept): CodeableConcept {
  const code = conceptIds(concept).flatMap((id) => lookUp(vitalSigns, id) ?? [])[0];
  return code === undefined ? concept : { ...concept, coding: [{ system: loinc, code }, ...(concept.coding ?? [])] };
}

export function isVital(concept: CodeableConcept): boolean {
  return conceptIds(concept).some((id) => lookUp(vitalSigns, id) !== undefined);
}

/** Which half of a blood pressure it is. */
export function pressureOf(concept: CodeableConcept): 'systolic' | 'diastolic' | undefined {
  const codes = new Set(conceptIds(concept).map((id) => lookUp(vitalSigns, id)));
  return codes.has('8480-6') ? 'systolic' : codes.has('8462-4') ? 'diastolic' : undefined;
}

export const vitalCategory = hl7('observation-category', 'vital-signs', 'Vital Signs');
export const laboratoryCategory = hl7('observation-category', 'laboratory', 'Laboratory');

/** A number with its unit; `<5` keeps its comparator (misreading 20). What is no number stays as its words. */
export function valueOf(row: Row): Pick<Observation, 'valueQuantity' | 'valueString'> {
  const stated = row['Value'];
  if (stated === undefined) return {};
  const [, comparator, digits] = /^(<=|>=|<|>)?\s*(.+)$/.exec(stated) ?? [];
  const value = decimal(digits);
  if (value === undefined) {
    return { valueString: row['NumericUnit'] === undefined ? stated : `${stated} ${row['NumericUnit']}` };
  }
  const quantity = quantityOf(value, row['NumericUnit']);
  return {
    valueQuantity:
      comparator === undefined ? quantity : { ...quantity, comparator: comparator as Quantity['comparator'] },
  };
}

/** The range that the laboratory gave; no flag comes with it, and none is worked out (misreading 9). */
export function rangeOf(row: Row): ObservationReferenceRange[] | undefined {
  const low = limit(row['NumericRangeLow'], row['NumericUnit']);
  const high = limit(row['NumericRangeHigh'], row['NumericUnit']);
  return low === undefined && high === undefined ? undefined : [{ low, high }];
}

function limit(cell: string | undefined, unit: string | undefined): Quantity | undefined {
  const value = decimal(cell);
  return value === undefined ? undefined : quantityOf(value, unit);
}

function quantityOf(value: number, unit: string | undefined): Quantity {
  if (unit === undefined) return { value };
  const code = lookUp(units, bare(unit));
  return code === undefined ? { value, unit } : { value, unit, system: ucum, code };
}

function bare(unit: string): string {
  return unit.toLowerCase().replaceAll(' ', '');
}

/** Units as practices write them, in UCUM; one that is not among them stays a word. */
const units: Record<string, string> = {
  mmhg: 'mm[Hg]',
  'mm[hg]': 'mm[Hg]',
  kg: 'kg',
  'kg/m2': 'kg/m2',
  'kg/m²': 'kg/m2',
  cm: 'cm',
  m: 'm',
  '%': '%',
  '/min': '/min',
  'beats/min': '/min',
  bpm: '/min',
  degc: 'Cel',
  '°c': 'Cel',
  cel: 'Cel',
  'g/l': 'g/L',
  'mg/l': 'mg/L',
  'mmol/l': 'mmol/L',
  'umol/l': 'umol/L',
  'µmol/l': 'umol/L',
  'mmol/mol': 'mmol/mol',
  'ml/min/1.73m2': 'mL/min/{1.73_m2}',
  'ml/min/1.73m^2': 'mL/min/{1.73_m2}',
  'ml/min/{1.73_m2}': 'mL/min/{1.73_m2}',
};
