import { nhsNumberSystem } from '../../../../fhir/systems.ts';

/**
 * The body of `Patient/$gpc.getstructuredrecord` that asks for everything: every clinical area, with ended allergies and every
 * issue of a medicine. Nothing is narrowed, because what is left out of an answer is withdrawn here (silent gap).
 */
export function wholeRecordParameters(nhsNumber: string): object {
  const flag = (name: string, part: string) => ({ name, part: [{ name: part, valueBoolean: true }] });
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patientNHSNumber', valueIdentifier: { system: nhsNumberSystem, value: nhsNumber } },
      flag('includeAllergies', 'includeResolvedAllergies'),
      flag('includeMedication', 'includePrescriptionIssues'),
      { name: 'includeConsultations' },
      { name: 'includeProblems' },
      { name: 'includeImmunisations' },
      { name: 'includeUncategorisedData' },
      { name: 'includeInvestigations' },
      { name: 'includeReferrals' },
      { name: 'includeDiaryEntries' },
    ],
  };
}
