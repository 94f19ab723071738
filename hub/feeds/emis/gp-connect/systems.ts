/** UK Core's code systems. */
export const ukCoreCodes = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-';
/** HL7's own code systems. */
export const hl7Codes = 'http://terminology.hl7.org/CodeSystem/';

/** CareConnect's code systems (STU3) that UK Core (R4) took over with the same codes, by their short names. */
const takenOver = new Map<string, string>([
  ['NHSNumberVerificationStatus', `${ukCoreCodes}NHSNumberVerificationStatusEngland`],
  ['SDSJobRoleName', `${ukCoreCodes}SDSJobRoleName`],
  ['PrescribingAgency', `${ukCoreCodes}MedicationPrescribingOrganization`],
  ['EthnicCategory', `${ukCoreCodes}EthnicCategoryEngland`],
  ['ConditionCategory', `${hl7Codes}condition-category`],
]);

/** A code system's address in R4, where it has moved since STU3; any other as it came, Read and EMIS codes among them. */
export function r4System(system: string): string {
  const [, version, name] = /^https?:\/\/hl7\.org\/fhir\/(v2|v3)\/(\w+)$/.exec(system) ?? [];
  // Flags of results have one system in R4, with the same letters.
  if (version === 'v2' && name === '0078') return `${hl7Codes}v3-ObservationInterpretation`;
  if (system === `${hl7Codes}v2-0078`) return `${hl7Codes}v3-ObservationInterpretation`;
  if (version !== undefined && name !== undefined) return `${hl7Codes}${version}-${name}`;
  const [, own] =
    /^https:\/\/fhir\.(?:nhs|hl7\.org)\.uk\/(?:STU3\/CodeSystem\/)?CareConnect-(\w+)-1$/.exec(system) ?? [];
  return (own === undefined ? undefined : takenOver.get(own)) ?? system;
}
