import type { CodeableConcept, Observation } from 'fhir/r4';
import { hl7Code } from './concepts.ts';
import { lookUp } from './look-up.ts';
import type { Segment } from './message.ts';

/** Diagnostic service sections (HL7 table 0074) that hospitals here send, and whether a laboratory is one. */
const sections: Readonly<Record<string, { display: string; laboratory: boolean }>> = {
  LAB: { display: 'Laboratory', laboratory: true },
  CH: { display: 'Chemistry', laboratory: true },
  HM: { display: 'Hematology', laboratory: true },
  MB: { display: 'Microbiology', laboratory: true },
  VR: { display: 'Virology', laboratory: true },
  BLB: { display: 'Blood Bank', laboratory: true },
  IMM: { display: 'Immunology', laboratory: true },
  SR: { display: 'Serology', laboratory: true },
  TX: { display: 'Toxicology', laboratory: true },
  SP: { display: 'Surgical Pathology', laboratory: true },
  CP: { display: 'Cytopathology', laboratory: true },
  PAT: { display: 'Pathology (gross & histopath, not surgical)', laboratory: true },
  GE: { display: 'Genetics', laboratory: true },
  RAD: { display: 'Radiology', laboratory: false },
  RUS: { display: 'Radiology Ultrasound', laboratory: false },
  CT: { display: 'CAT Scan', laboratory: false },
  NMR: { display: 'Nuclear Magnetic Resonance', laboratory: false },
  NMS: { display: 'Nuclear Medicine Scan', laboratory: false },
  XRC: { display: 'Cineradiograph', laboratory: false },
  EC: { display: 'Electrocardiac (e.g., EKG,  EEC, Holter)', laboratory: false },
  CUS: { display: 'Cardiac Ultrasound', laboratory: false },
  EN: { display: 'Electroneuro (EEG, EMG,EP,PSG)', laboratory: false },
  PF: { display: 'Pulmonary Function', laboratory: false },
  OTH: { display: 'Other', laboratory: false },
};

/** OBR-24. The categories of a report, the laboratory among them whatever its section. Where none is stated, a report is a
 * laboratory's when all its results are (`isLaboratory`). */
export function reportCategories(obr: Segment | undefined, results: readonly Observation[]): CodeableConcept[] {
  const code = obr?.at(24).toUpperCase() ?? '';
  const section = lookUp(sections, code);
  if (section === undefined) {
    const laboratory =
      results.length > 0 && results.every(({ category }) => category?.[0]?.coding?.[0]?.code === 'laboratory');
    return laboratory ? [laboratoryReport] : [];
  }
  const own = hl7Code('v2-0074', code, section.display);
  return section.laboratory && code !== 'LAB' ? [laboratoryReport, own] : [own];
}

const laboratoryReport = hl7Code('v2-0074', 'LAB', 'Laboratory');

/**
 * Whether a result is a laboratory's, whose missing flag is told as missing (misreading 9): by the section of its report;
 * where none is stated, when both report and result come in the code list of a laboratory's own system and it is no prose.
 */
export function isLaboratory(obr: Segment, obx: Segment, isProse: boolean): boolean {
  const code = obr.at(24).toUpperCase();
  const section = lookUp(sections, code);
  if (section !== undefined) return section.laboratory;
  const lists = [obr.at(4, 3), obx.at(3, 3)].map((list) => list.toUpperCase());
  return !isProse && lists.every((list) => laboratoryLists.has(list));
}

/** Code lists of laboratory systems in London, as OBR-4.3 and OBX-3.3 name them. */
const laboratoryLists = new Set(['WINPATH']);
