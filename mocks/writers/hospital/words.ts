// Displays of the UK Core code systems for hospital stays, those this borough uses (HL7 UK, UKCore-*England).

export const admissionMethods: Record<string, string> = {
  '11': 'Elective Admission: Waiting list',
  '12': 'Elective Admission: Booked',
  '13': 'Elective Admission: Planned',
  '21': 'Emergency Admission: Emergency Care Department or dental casualty department of the Health Care Provider',
  '31': 'Maternity Admission: Admitted ante partum',
  '81': 'Other Admission: Transfer of any admitted patient from other Hospital Provider other than in an emergency',
  '82': 'Other Admission: The birth of a baby in this Health Care Provider',
};

export const sourcesOfAdmission: Record<string, string> = {
  '19': 'Usual place of residence',
  '51': 'NHS other hospital provider: ward for general patients or the younger physically disabled or A&E department',
  '79': 'Babies born in or on the way to hospital',
};

export const dischargeMethods: Record<string, string> = {
  '1': 'Patient discharged on clinical advice or with clinical consent',
  '4': 'Patient died',
  '6': 'Patient discharged him/herself',
};

export const destinations: Record<string, string> = {
  '19': 'Usual place of residence',
  '65': 'Local Authority residential accommodation i.e. where care is provided',
  '79': 'Not applicable - Patient died or stillbirth',
};

export const outcomesOfAttendance: Record<'1' | '2' | '3', string> = {
  '1': "Discharged from consultant's care (last attendance)",
  '2': 'Another appointment given',
  '3': 'Appointment to be made at a later date',
};
