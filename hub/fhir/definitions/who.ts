import { codes, codings, concepts, identifiers, many } from './elements.ts';
import { define, patient } from './define.ts';
import { periodSpan } from './spans.ts';

// People, staff, organisations and places.

export const whoDefinitions = [
  define('Patient', { tokens: { identifier: (r) => identifiers(r.identifier) }, references: {} }),
  define('RelatedPerson', {
    tokens: { identifier: (r) => identifiers(r.identifier), relationship: (r) => concepts(r.relationship) },
    references: { patient: patient((r) => r.patient) },
  }),
  define('Practitioner', { tokens: { identifier: (r) => identifiers(r.identifier) }, references: {} }),
  define('PractitionerRole', {
    date: { param: 'date', of: (r) => periodSpan(r.period) },
    tokens: { identifier: (r) => identifiers(r.identifier), role: (r) => concepts(r.code) },
    references: {
      practitioner: { targets: ['Practitioner'], of: (r) => [r.practitioner] },
      organization: { targets: ['Organization'], of: (r) => [r.organization] },
      location: { targets: ['Location'], of: (r) => many(r.location) },
    },
  }),
  define('Organization', {
    tokens: { identifier: (r) => identifiers(r.identifier), type: (r) => concepts(r.type) },
    references: { partof: { targets: ['Organization'], of: (r) => [r.partOf] } },
  }),
  define('Location', {
    tokens: { identifier: (r) => identifiers(r.identifier), type: (r) => concepts(r.type) },
    references: {
      organization: { targets: ['Organization'], of: (r) => [r.managingOrganization] },
      partof: { targets: ['Location'], of: (r) => [r.partOf] },
    },
  }),
  define('HealthcareService', {
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      'service-category': (r) => concepts(r.category),
      'service-type': (r) => concepts(r.type),
    },
    references: {
      organization: { targets: ['Organization'], of: (r) => [r.providedBy] },
      location: { targets: ['Location'], of: (r) => many(r.location) },
    },
  }),
  define('Medication', {
    tokens: { identifier: (r) => identifiers(r.identifier), code: (r) => concepts(r.code) },
    references: {},
  }),
  define('Endpoint', {
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/endpoint-status', r.status),
      'connection-type': (r) => codings(r.connectionType),
    },
    references: {},
  }),
];
