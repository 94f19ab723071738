import { loinc, snomed } from '../../../fhir/systems.ts';

const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const opcs4 = 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4';

/** How British senders name their coding systems (HL7 table 0396 and habits), upper case. */
export const commonCodeSystems: Readonly<Record<string, string>> = {
  SCT: snomed,
  SNM: snomed,
  SNM3: snomed,
  'SNOMED CT': snomed,
  SNOMEDCT: snomed,
  LN: loinc,
  LOINC: loinc,
  I10: icd10,
  ICD10: icd10,
  'ICD-10': icd10,
  OPCS: opcs4,
  OPCS4: opcs4,
  'OPCS-4': opcs4,
};
