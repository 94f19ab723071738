import { isResourceType, type ResourceType } from './resource-types.ts';

/** What of a record a resource type holds, in the words of those who read of it: `visits and stays`. */
export const informationWords: Readonly<Record<ResourceType, string>> = {
  Encounter: 'visits and stays',
  Appointment: 'bookings',
  ServiceRequest: 'social care',
  Task: 'social care',
  EpisodeOfCare: 'social care',
  DocumentReference: 'letters',
  Binary: 'letters',
  Composition: 'letters',
  DiagnosticReport: 'results and readings',
  Observation: 'results and readings',
  Specimen: 'results and readings',
  ImagingStudy: 'images',
  Procedure: 'procedures',
  Condition: 'problems',
  AllergyIntolerance: 'allergies',
  MedicationRequest: 'medicines',
  MedicationStatement: 'medicines',
  Medication: 'medicines',
  Immunization: 'vaccinations',
  Flag: 'alerts',
  CarePlan: 'plans',
  Goal: 'plans',
  CareTeam: 'care team',
  QuestionnaireResponse: 'forms',
  Communication: 'messages',
  Device: 'equipment',
  DeviceRequest: 'equipment',
  Consent: 'consents',
  AuditEvent: 'who looked',
  List: 'lists',
  Provenance: 'where it came from',
  RelatedPerson: 'relatives and carers',
  Patient: 'who the person is',
  Practitioner: 'staff',
  PractitionerRole: 'staff',
  Organization: 'organisations',
  Location: 'places',
  HealthcareService: 'services',
  Endpoint: 'sources',
};

/** Types in words, each word once, in the order of the list above; a type that nobody knows as it is called. */
export function informationOf(types: readonly string[]): string[] {
  const known = Object.entries(informationWords).flatMap(([type, words]) => (types.includes(type) ? [words] : []));
  return [...new Set([...known, ...types.filter((type) => !isResourceType(type))])];
}
