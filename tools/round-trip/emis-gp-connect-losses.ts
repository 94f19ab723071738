/** Why a fact does not come back as it was; undefined for one that must. */
export function gpConnectLoss(fact: string): string | undefined {
  return reasons[fact];
}

const reasons: Readonly<Record<string, string>> = {
  'Patient: ethnic category': 'the profile has none',
  'Patient: carer or contact': 'EMIS sends no contacts',
  'Patient: relationship of the contact': 'EMIS sends no contacts',
  'Patient: phone of the contact': 'EMIS sends no contacts',
  'Patient: writing of the name': 'one name, its language not stated',
  'Patient: language': 'EMIS sends no language',
  'Encounter: class': 'EMIS has no class; the words for what was entered from a letter do not tell how it was done',
  'Encounter: end': 'EMIS states when a consultation began, and seldom when it ended',
  'Encounter: kind': 'the practice’s own word for the same kind of contact',
  'Encounter: reason': 'a problem of the problem list stands for it, by reference',
  'Encounter: reason, SNOMED CT': 'as the reason',
  'Encounter: clinician': 'who entered a letter, and who left long ago, by EMIS’s own name for them',
  'Encounter: place': 'EMIS names the surgery for every consultation',
  'Encounter: organisation':
    'EMIS names the practice for what it entered from a letter; who sent it stands in the notes',
  'Encounter: outcome': 'it stands in the notes of the consultation',
  'Encounter: visit number': 'EMIS’s own number; the hospital’s stands in the notes',
  'Appointment: reason': 'a booking has no reason',
  'Condition: problem': 'suspected and ruled out stand in the term',
  'Condition: problem, SNOMED CT': 'a term of the practice’s own has no SNOMED CT concept',
  'Condition: active': 'GP Connect knows active and inactive; when it ended is stated beside it',
  'Condition: certainty': 'GP systems do not record it',
  'Condition: consultation': 'the consultation was confidential and stayed at the practice',
  'AllergyIntolerance: reaction': 'in the words beside the code',
  'AllergyIntolerance: severity': 'in the words beside the code',
  'MedicationRequest: began': 'the same day, with the time it was authorised at',
  'MedicationStatement: prescriber': 'it stands on the plan that the statement is based on',
  'Observation: LOINC': 'laboratory tests are coded in Read and SNOMED CT',
  'Observation: parts': 'the unit is in words, without its code',
  'Observation: unit': 'the unit is in words, without its code',
  'Observation: status': 'EMIS does not say whether a result is final',
  'DiagnosticReport: name, SNOMED CT': 'GP Connect’s one code for every report stands beside the name',
  'DiagnosticReport: status': 'EMIS does not say whether a report is final',
  'DocumentReference: the letter itself': 'documents are fetched by another interaction (GP Connect Access Document)',
};
