import type { Observation, ObservationComponent } from 'fhir/r4';
import { loinc, ucum } from '../../../fhir/systems.ts';
import { from } from '../testing.ts';

type Parts = Partial<Omit<Observation, 'resourceType' | 'code'>>;

/** A laboratory's eGFR, unless told otherwise. */
export function egfr(id: string, taken: string, value: number, parts: Parts = {}): Observation {
  return result(id, taken, '33914-3', value, 'mL/min/{1.73_m2}', {
    referenceRange: [{ low: { value: 60, unit: 'mL/min/{1.73_m2}', system: ucum, code: 'mL/min/{1.73_m2}' } }],
    ...parts,
  });
}

/** A laboratory result under a LOINC code. */
export function result(
  id: string,
  taken: string,
  code: string,
  value: number,
  unit: string,
  parts: Parts = {},
): Observation {
  return {
    resourceType: 'Observation',
    id,
    meta: from('system-c'),
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding: [{ system: loinc, code }], text: names[code] ?? code },
    effectiveDateTime: taken,
    valueQuantity: { value, unit, system: ucum, code: unit },
    ...parts,
  };
}

const names: Record<string, string> = { '33914-3': 'eGFR', '4548-4': 'HbA1c', '59261-8': 'HbA1c', '29463-7': 'Weight' };

/** A blood pressure as one observation with its two parts. */
export function pressure(
  id: string,
  taken: string,
  upper: number,
  lower: number,
  parts: Parts = {},
): Observation & { component: [ObservationComponent, ObservationComponent] } {
  const part = (code: string, text: string, value: number) => ({
    code: { coding: [{ system: loinc, code }], text },
    valueQuantity: { value, unit: 'mm[Hg]', system: ucum, code: 'mm[Hg]' },
  });
  return {
    resourceType: 'Observation',
    id,
    meta: from('emis'),
    status: 'final',
    code: { coding: [{ system: loinc, code: '85354-9' }], text: 'Blood pressure' },
    effectiveDateTime: taken,
    ...parts,
    component: [part('8480-6', 'Systolic blood pressure', upper), part('8462-4', 'Diastolic blood pressure', lower)],
  };
}
