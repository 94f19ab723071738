import type { CodeableConcept } from 'fhir/r4';
import { loinc } from '../../../fhir/systems.ts';
import { hl7Code } from './concepts.ts';
import { lookUp } from './look-up.ts';

/** UK Core vital signs by LOINC. */
const vitalSigns: ReadonlySet<string> = new Set([
  '85354-9',
  '8480-6',
  '8462-4',
  '8867-4',
  '9279-1',
  '8310-5',
  '59408-5',
  '2708-6',
  '29463-7',
  '8302-2',
  '39156-5',
]);

/** What bedside monitors send, by its name in ISO/IEEE 11073-10101 (`MDC_…`), where one LOINC code means the same. */
const monitored: Readonly<Record<string, { code: string; text: string }>> = {
  MDC_PRESS_BLD_NONINV_SYS: { code: '8480-6', text: 'Systolic blood pressure' },
  MDC_PRESS_BLD_NONINV_DIA: { code: '8462-4', text: 'Diastolic blood pressure' },
  MDC_PULS_RATE_NON_INV: { code: '8867-4', text: 'Heart rate' },
  MDC_RESP_RATE: { code: '9279-1', text: 'Respiratory rate' },
  MDC_TEMP: { code: '8310-5', text: 'Body temperature' },
  MDC_PULS_OXIM_SAT_O2: { code: '59408-5', text: 'Oxygen saturation' },
};

/** A monitor's name as a clinician knows it, with LOINC beside its own code; anything else as it was. */
export function readable(concept: CodeableConcept | undefined): CodeableConcept | undefined {
  const known = lookUp(monitored, concept?.text ?? '');
  if (concept === undefined || known === undefined) return concept;
  const own = concept.coding ?? [];
  return { coding: [...own, { system: loinc, code: known.code, display: known.text }], text: known.text };
}

/** The category of what is measured at the bedside; undefined for anything else. */
export function vitalCategory(concept: CodeableConcept): CodeableConcept | undefined {
  const isVital = concept.coding?.some(({ system, code }) => system === loinc && vitalSigns.has(code ?? ''));
  return isVital === true ? hl7Code('observation-category', 'vital-signs', 'Vital Signs') : undefined;
}
