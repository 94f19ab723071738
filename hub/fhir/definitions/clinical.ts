import { codes, concepts, identifiers, many } from './elements.ts';
import { define, encounter, patient } from './define.ts';
import { dateSpan, isOver, periodSpan, timingSpan } from './spans.ts';

// What is known, found, given and done.

export const clinicalDefinitions = [
  define('Condition', {
    date: { param: 'onset-date', of: (r) => dateSpan(r.onsetDateTime) ?? periodSpan(r.onsetPeriod) },
    authored: { param: 'recorded-date', of: (r) => dateSpan(r.recordedDate) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      'clinical-status': (r) => concepts(r.clinicalStatus),
      'verification-status': (r) => concepts(r.verificationStatus),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.code),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('AllergyIntolerance', {
    date: { param: 'date', of: (r) => dateSpan(r.recordedDate) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      'clinical-status': (r) => concepts(r.clinicalStatus),
      'verification-status': (r) => concepts(r.verificationStatus),
      type: (r) => codes('http://hl7.org/fhir/allergy-intolerance-type', r.type),
      category: (r) => codes('http://hl7.org/fhir/allergy-intolerance-category', r.category),
      code: (r) => [...concepts(r.code), ...many(r.reaction).flatMap((reaction) => concepts(reaction.substance))],
    },
    references: { patient: patient((r) => r.patient) },
  }),
  define('MedicationRequest', {
    date: { param: 'authoredon', of: (r) => dateSpan(r.authoredOn) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/CodeSystem/medicationrequest-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.medicationCodeableConcept),
    },
    references: {
      patient: patient((r) => r.subject),
      encounter: encounter((r) => [r.encounter]),
      medication: { targets: ['Medication'], of: (r) => [r.medicationReference] },
    },
  }),
  define('MedicationStatement', {
    date: { param: 'effective', of: (r) => dateSpan(r.effectiveDateTime) ?? periodSpan(r.effectivePeriod, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/CodeSystem/medication-statement-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.medicationCodeableConcept),
    },
    references: {
      patient: patient((r) => r.subject),
      medication: { targets: ['Medication'], of: (r) => [r.medicationReference] },
    },
  }),
  define('Observation', {
    date: {
      param: 'date',
      of: (r) =>
        dateSpan(r.effectiveDateTime) ??
        periodSpan(r.effectivePeriod, isOver(r)) ??
        timingSpan(r.effectiveTiming) ??
        dateSpan(r.effectiveInstant),
    },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/observation-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.code),
    },
    references: {
      patient: patient((r) => r.subject),
      encounter: encounter((r) => [r.encounter]),
      performer: {
        targets: ['Patient', 'Practitioner', 'PractitionerRole', 'Organization', 'CareTeam', 'RelatedPerson'],
        of: (r) => many(r.performer),
      },
    },
  }),
  define('DiagnosticReport', {
    date: { param: 'date', of: (r) => dateSpan(r.effectiveDateTime) ?? periodSpan(r.effectivePeriod, isOver(r)) },
    authored: { param: 'issued', of: (r) => dateSpan(r.issued) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/diagnostic-report-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.code),
    },
    references: {
      patient: patient((r) => r.subject),
      encounter: encounter((r) => [r.encounter], true),
      result: { targets: ['Observation'], of: (r) => many(r.result) },
    },
  }),
  define('Procedure', {
    date: { param: 'date', of: (r) => dateSpan(r.performedDateTime) ?? periodSpan(r.performedPeriod, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/event-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.code),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Immunization', {
    date: { param: 'date', of: (r) => dateSpan(r.occurrenceDateTime) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/event-status', r.status),
      'vaccine-code': (r) => concepts(r.vaccineCode),
    },
    references: { patient: patient((r) => r.patient), encounter: encounter((r) => [r.encounter]) },
    // The details of an entry need it.
    own: ['encounter'],
  }),
  define('Specimen', {
    date: {
      param: 'collected',
      of: (r) => dateSpan(r.collection?.collectedDateTime) ?? periodSpan(r.collection?.collectedPeriod),
    },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/specimen-status', r.status),
      type: (r) => concepts(r.type),
    },
    references: { patient: patient((r) => r.subject) },
  }),
  define('ImagingStudy', {
    date: { param: 'started', of: (r) => dateSpan(r.started) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/imagingstudy-status', r.status),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
];
