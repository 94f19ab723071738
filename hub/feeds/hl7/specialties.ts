import type { CodeableConcept } from 'fhir/r4';
import { ukCore } from './concepts.ts';
import { lookUp } from './look-up.ts';

/**
 * A specialty or treatment function (PV1-10, AIS…) as UKCore-PracticeSettingCode; with the sender's words as text where it
 * adds any. A hospital's own code keeps its words. Undefined when nothing is stated.
 */
export function specialtyOf(code: string, words: string): CodeableConcept | undefined {
  const display = lookUp(specialties, code);
  if (display !== undefined) {
    const concept = ukCore('PracticeSettingCode', code, display);
    return words === '' ? concept : { ...concept, text: words };
  }
  const text = words || code;
  return text === '' ? undefined : { text };
}

const specialties: Readonly<Record<string, string>> = {
  '100': 'General Surgery',
  '101': 'Urology',
  '107': 'Vascular Surgery',
  '110': 'Trauma and Orthopaedics',
  '120': 'Ear Nose and Throat',
  '130': 'Ophthalmology',
  '140': 'Oral Surgery',
  '150': 'Neurosurgery',
  '160': 'Plastic Surgery',
  '170': 'Cardiothoracic Surgery',
  '171': 'Paediatric Surgery',
  '180': 'Emergency Medicine',
  '190': 'Anaesthetics',
  '192': 'Intensive Care Medicine',
  '300': 'General Internal Medicine',
  '301': 'Gastroenterology',
  '302': 'Endocrinology and Diabetes',
  '303': 'Clinical Haematology',
  '314': 'Rehabilitation Medicine',
  '315': 'Palliative Medicine',
  '320': 'Cardiology',
  '330': 'Dermatology',
  '340': 'Respiratory Medicine',
  '350': 'Infectious Diseases',
  '360': 'Genitourinary Medicine',
  '361': 'Renal Medicine',
  '370': 'Medical Oncology',
  '400': 'Neurology',
  '410': 'Rheumatology',
  '420': 'Paediatrics',
  '430': 'Geriatric Medicine',
  '501': 'Obstetrics',
  '502': 'Gynaecology',
  '560': 'Midwifery',
  '710': 'Adult Mental Illness',
  '711': 'Child and Adolescent Psychiatry',
  '715': 'Old Age Psychiatry',
  '800': 'Clinical Oncology',
  '810': 'Radiology',
  '950': 'Nursing',
};
