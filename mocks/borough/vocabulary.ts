import type { Measurement, Term } from './facts.ts';

/** A term with its SNOMED CT concept. Where the concept was not certain, the words stand alone. */
export function term(text: string, code?: string): Term {
  return code === undefined ? { text } : { text, code };
}

export const problems = {
  copd: term('Chronic obstructive pulmonary disease', '13645005'),
  copdFlare: term('Acute exacerbation of chronic obstructive pulmonary disease', '195951007'),
  asthma: term('Asthma', '195967001'),
  diabetes: term('Type 2 diabetes mellitus', '44054006'),
  hypertension: term('Hypertension', '38341003'),
  heartFailure: term('Heart failure', '84114007'),
  atrialFibrillation: term('Atrial fibrillation', '49436004'),
  depression: term('Depressive disorder', '35489007'),
  anxiety: term('Anxiety', '48694002'),
  dementia: term('Dementia', '52448006'),
  hipFracture: term('Fracture of neck of femur', '5913000'),
  osteoporosis: term('Osteoporosis', '64859006'),
  osteoarthritis: term('Osteoarthritis', '396275006'),
  cataract: term('Cataract', '193570009'),
  kidneyFailure: term('End-stage renal disease', '46177005'),
  kidneyDisease: term('Chronic kidney disease', '709044004'),
  pneumonia: term('Pneumonia', '233604007'),
  sepsis: term('Sepsis', '91302008'),
  heartAttack: term('Myocardial infarction', '22298006'),
  legUlcer: term('Ulcer of lower extremity', '95344007'),
  eczema: term('Eczema', '43116000'),
  pregnancy: term('Pregnancy', '77386006'),
  bronchiolitis: term('Bronchiolitis', '4120002'),
  appendicitis: term('Appendicitis', '74400008'),
  cellulitis: term('Cellulitis', '128045006'),
  anaemia: term('Iron deficiency anaemia', '87522002'),
  lungCancer: term('Malignant tumour of lung', '363358000'),
} as const;

export const reasons = {
  cough: term('Cough', '49727002'),
  breathless: term('Breathlessness', '267036007'),
  chestPain: term('Chest pain', '29857009'),
  fall: term('Fall', '1912002'),
  fallAtHome: term('Fall at home, cannot stand'),
  backPain: term('Back pain', '161891005'),
  soreThroat: term('Sore throat', '162397003'),
  fever: term('Fever', '386661006'),
  headache: term('Headache', '25064002'),
  abdominalPain: term('Abdominal pain', '21522001'),
  rash: term('Rash', '271807003'),
  urinary: term('Urinary tract infection', '68566005'),
  cold: term('Upper respiratory infection', '54150009'),
  chestInfection: term('Lower respiratory tract infection', '50417007'),
  vomiting: term('Diarrhoea and vomiting'),
  tired: term('Fatigue', '84229001'),
  kneePain: term('Knee pain', '30989003'),
  dizziness: term('Dizziness', '404640003'),
  insomnia: term('Insomnia', '193462001'),
  earache: term('Earache', '162356005'),
  lowMood: term('Low mood', '366979004'),
  medication: term('Medication review', '182836005'),
  bloods: term('Blood test'),
  forms: term('Letter or form requested'),
  skin: term('Skin lesion', '95324001'),
  memory: term('Memory problems'),
  wound: term('Wound care', '225358003'),
  headInjury: term('Head injury', '82271004'),
  wristInjury: term('Injury of wrist'),
} as const;

export interface Drug {
  term: Term;
  dose: string;
}

const drug = (name: string, dose: string): Drug => ({ term: term(name), dose });

export const drugs = {
  amoxicillin: drug('Amoxicillin 500 mg capsules', 'One capsule three times a day for 5 days'),
  doxycycline: drug('Doxycycline 100 mg capsules', 'Two on the first day, then one a day for 4 days'),
  nitrofurantoin: drug('Nitrofurantoin 100 mg modified-release capsules', 'One capsule twice a day for 3 days'),
  paracetamol: drug('Paracetamol 500 mg tablets', 'Two tablets up to four times a day when needed'),
  naproxen: drug('Naproxen 250 mg tablets', 'One tablet twice a day with food'),
  codeine: drug('Codeine 15 mg tablets', 'One tablet up to four times a day when needed'),
  amlodipine: drug('Amlodipine 5 mg tablets', 'One tablet a day'),
  ramipril: drug('Ramipril 5 mg capsules', 'One capsule a day'),
  atorvastatin: drug('Atorvastatin 20 mg tablets', 'One tablet at night'),
  metformin: drug('Metformin 500 mg tablets', 'One tablet twice a day with meals'),
  gliclazide: drug('Gliclazide 80 mg tablets', 'One tablet in the morning'),
  salbutamol: drug('Salbutamol 100 micrograms/dose inhaler', 'Two puffs when needed'),
  tiotropium: drug('Tiotropium 18 micrograms inhalation capsules', 'One capsule inhaled a day'),
  prednisolone: drug('Prednisolone 5 mg tablets', 'Six tablets in the morning for 5 days'),
  beclometasone: drug('Beclometasone 100 micrograms/dose inhaler', 'Two puffs twice a day'),
  apixaban: drug('Apixaban 2.5 mg tablets', 'One tablet twice a day'),
  bisoprolol: drug('Bisoprolol 2.5 mg tablets', 'One tablet in the morning'),
  furosemide: drug('Furosemide 40 mg tablets', 'One tablet in the morning'),
  sertraline: drug('Sertraline 50 mg tablets', 'One tablet a day'),
  donepezil: drug('Donepezil 5 mg tablets', 'One tablet at night'),
  alendronate: drug('Alendronic acid 70 mg tablets', 'One tablet once a week'),
  colecalciferol: drug('Colecalciferol 800 units capsules', 'One capsule a day'),
  folicAcid: drug('Folic acid 400 micrograms tablets', 'One tablet a day until week 12'),
  ferrous: drug('Ferrous fumarate 210 mg tablets', 'One tablet a day'),
  emollient: drug('Emollient cream', 'Apply when needed'),
  hydrocortisone: drug('Hydrocortisone 1% cream', 'Apply thinly twice a day for 7 days'),
  epoetin: drug('Epoetin beta 4,000 units injection', 'Three times a week at dialysis'),
  doxycyclineSti: drug('Doxycycline 100 mg capsules', 'One capsule twice a day for 7 days'),
} as const;

/** A laboratory test: name (with SNOMED CT, as a practice's system holds it, where certain), LOINC, unit and reference range. */
export type Test = Pick<Measurement, 'name' | 'loinc' | 'unit' | 'low' | 'high'>;

const test = (text: string | Term, loinc: string, unit: string, low?: number, high?: number): Test => ({
  name: typeof text === 'string' ? term(text) : text,
  loinc,
  unit,
  low,
  high,
});

export const tests = {
  haemoglobin: test('Haemoglobin', '718-7', 'g/L', 115, 165),
  sodium: test('Sodium', '2951-2', 'mmol/L', 133, 146),
  potassium: test('Potassium', '2823-3', 'mmol/L', 3.5, 5.3),
  creatinine: test('Creatinine', '14682-9', 'umol/L', 49, 92),
  egfr: test(term('eGFR', '1020291000000106'), '33914-3', 'mL/min/{1.73_m2}', 60),
  hba1c: test(term('HbA1c', '999791000000106'), '59261-8', 'mmol/mol', 20, 41),
  hba1cPercent: test('HbA1c', '4548-4', '%', 4, 6),
  crp: test('C-reactive protein', '1988-5', 'mg/L', undefined, 5),
} as const;
