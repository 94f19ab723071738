import type { CodeableConcept } from 'fhir/r4';

/** A code of an HL7 terminology CodeSystem (`condition-clinical`). */
export function hl7(codeSystem: string, code: string, display?: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${codeSystem}`, code, display }] };
}

/** A code of a UK Core CodeSystem (`EthnicCategoryEngland`). */
export function ukCore(codeSystem: string, code: string, display: string | undefined): CodeableConcept {
  const system = `https://fhir.hl7.org.uk/CodeSystem/UKCore-${codeSystem}`;
  return { coding: [{ system, code, display }], text: display };
}

/** The SNOMED CT concept of a coded word. */
export function conceptIds(concept: CodeableConcept | undefined): string[] {
  return (concept?.coding ?? []).flatMap(({ system, code }) =>
    system === 'http://snomed.info/sct' && code !== undefined ? [code] : [],
  );
}
