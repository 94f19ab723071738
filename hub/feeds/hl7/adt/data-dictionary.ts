import type { CodeableConcept } from 'fhir/r4';
import { ukCore } from '../concepts.ts';
import { lookUp } from '../look-up.ts';

/** One of the Data Dictionary's lists, with the UK Core CodeSystem that carries it. */
interface List {
  codeSystem: string;
  words: Readonly<Record<string, string>>;
}

/**
 * A code of such a list, by the hospital's own code where it has one. A code that the list does not have keeps its words,
 * with a doubt: it is never moved to a neighbour. Undefined when nothing is stated.
 */
export function listed(
  { codeSystem, words }: List,
  stated: { code: string; words: string },
  own: Readonly<Record<string, string>>,
  doubts: string[],
): CodeableConcept | undefined {
  const code = lookUp(own, stated.code.toUpperCase()) ?? stated.code;
  const display = lookUp(words, code);
  if (display !== undefined) return ukCore(codeSystem, code, display);
  if (stated.code === '') return stated.words === '' ? undefined : { text: stated.words };
  doubts.push(`A code that ${codeSystem} does not have: kept as words`);
  return { text: stated.words || `Code ${stated.code}` };
}

export const admissionMethods: List = {
  codeSystem: 'AdmissionMethodEngland',
  words: {
    '11': 'Elective Admission: Waiting list',
    '12': 'Elective Admission: Booked',
    '13': 'Elective Admission: Planned',
    '21': 'Emergency Admission: Emergency Care Department or dental casualty department of the Health Care Provider',
    '22': 'Emergency Admission: General Practitioner',
    '23': 'Emergency Admission: Bed bureau',
    '24': 'Emergency Admission: Consultant Clinic, of this or another Health Care Provider',
    '25': 'Emergency Admission: Admission via Mental Health Crisis Resolution Team',
    '28': 'Emergency Admission: Other means',
    '2A': 'Emergency Admission: Emergency Care Department of another provider',
    '2B': 'Emergency Admission: Transfer of an admitted Patient from another Hospital Provider in an emergency',
    '2C': 'Emergency Admission: Baby born at home as intended',
    '2D': 'Emergency Admission: Other emergency admission',
    '31': 'Maternity Admission: Admitted ante partum',
    '32': 'Maternity Admission: Admitted post partum',
    '81': 'Other Admission: Transfer of any admitted patient from other Hospital Provider other than in an emergency',
    '82': 'Other Admission: The birth of a baby in this Health Care Provider',
    '83': 'Other Admission: Baby born outside the Health Care Provider except when born at home as intended',
    '98': 'Not applicable',
    '99': 'Admission Method not known',
  },
};

const places = {
  '19': 'Usual place of residence',
  '29': 'Temporary place of residence when usually resident elsewhere',
  '49': 'NHS other Hospital Provider - high security psychiatric accommodation',
  '52': 'NHS other Hospital Provider - Ward for maternity patients or Neonates',
  '53': 'NHS other Hospital Provider - Ward for patients who are mentally ill or have Learning Disabilities',
  '54': 'NHS run Care Home',
  '65': 'Local Authority residential accommodation i.e. where care is provided',
  '66': 'Local Authority foster care',
  '85': 'Non-NHS (other than Local Authority) run Care Home',
  '87': 'Non-NHS run hospital',
  '88': 'Non-NHS (other than Local Authority) run Hospice',
};

export const admissionSources: List = {
  codeSystem: 'SourceOfAdmissionEngland',
  words: {
    ...places,
    '39': 'Penal establishment, Court, or Police Station / Police Custody Suite',
    '51': 'NHS other hospital provider: ward for general patients or the younger physically disabled or A&E department',
    '79': 'Babies born in or on the way to hospital',
    '98': 'Not applicable',
    '99': 'Source of admission not known',
  },
};

export const dischargeMethods: List = {
  codeSystem: 'DischargeMethodEngland',
  words: {
    '1': 'Patient discharged on clinical advice or with clinical consent',
    '3': 'Patient discharged by mental health review tribunal, Home Secretary or Court',
    '4': 'Patient died',
    '5': 'Stillbirth',
    '6': 'Patient discharged him/herself',
    '7': 'Patient discharged by a relative or advocate',
    '8': 'Not applicable (not discharged)',
    '9': 'Method of discharge not known',
  },
};

export const destinations: List = {
  codeSystem: 'DischargeDestinationEngland',
  words: {
    ...places,
    '30': 'Repatriation from high security psychiatric accommodation',
    '37': 'Court',
    '38': 'Penal establishment or police station',
    '48': 'High Security Psychiatric Hospital, Scotland',
    '50': 'NHS other Hospital Provider - medium secure unit',
    '51': 'NHS other Hospital Provider - Ward for general patients or the younger physically disabled',
    '79': 'Not applicable - Patient died or stillbirth',
    '84': 'Non-NHS run hospital - medium secure unit',
    '98': 'Not applicable (not discharged)',
    '99': 'Not known',
  },
};

export const outcomesOfAttendance: List = {
  codeSystem: 'OutcomeOfAttendanceEngland',
  words: {
    '1': "Discharged from consultant's care (last attendance)",
    '2': 'Another appointment given',
    '3': 'Appointment to be made at a later date',
  },
};
