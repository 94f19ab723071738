/** The types that key information stands on, each read whole. */
export const keyTopics = [
  'AllergyIntolerance',
  'Flag',
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'CareTeam',
  'CarePlan',
  'Consent',
  'List',
] as const;
