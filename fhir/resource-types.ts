// The resource types the hub takes in and serves; any other is refused by name.

/** Types that belong to one person and are kept in that person's compartment. */
const personTypes = [
  'Patient',
  'Encounter',
  'Appointment',
  'ServiceRequest',
  'Task',
  'EpisodeOfCare',
  'CareTeam',
  'CarePlan',
  'Goal',
  'Condition',
  'AllergyIntolerance',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'DiagnosticReport',
  'DocumentReference',
  'Composition',
  'Binary',
  'Procedure',
  'Immunization',
  'Specimen',
  'ImagingStudy',
  'Device',
  'DeviceRequest',
  'Flag',
  'List',
  'RelatedPerson',
  'Consent',
  'Provenance',
  'AuditEvent',
  'Communication',
  'QuestionnaireResponse',
] as const;

/** Types that describe services and staff, the same for everybody. */
export const directoryTypes = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Medication',
  'Endpoint',
] as const;

type PersonType = (typeof personTypes)[number];
export type DirectoryType = (typeof directoryTypes)[number];
export type ResourceType = PersonType | DirectoryType;

export const resourceTypes: readonly ResourceType[] = [...personTypes, ...directoryTypes];

export function isResourceType(value: string): value is ResourceType {
  return (resourceTypes as readonly string[]).includes(value);
}

export function isDirectoryType(value: string): value is DirectoryType {
  return (directoryTypes as readonly string[]).includes(value);
}
