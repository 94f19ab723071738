import { codes, codings, concepts, identifiers, many } from './elements.ts';
import { define, encounter, patient } from './define.ts';
import { dateSpan, isOver, periodSpan, timingSpan } from './spans.ts';

// What happens to a person: the types that become rows of the timeline.

export const eventDefinitions = [
  define('Encounter', {
    date: { param: 'date', of: (r) => periodSpan(r.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/encounter-status', r.status),
      class: (r) => codings(r.class),
      type: (r) => concepts(r.type),
    },
    references: {
      patient: patient((r) => r.subject),
      location: { targets: ['Location'], of: (r) => many(r.location).map((place) => place.location) },
      'service-provider': { targets: ['Organization'], of: (r) => [r.serviceProvider] },
      participant: {
        targets: ['Practitioner', 'PractitionerRole', 'RelatedPerson'],
        of: (r) => many(r.participant).map((person) => person.individual),
      },
      practitioner: { targets: ['Practitioner'], of: (r) => many(r.participant).map((person) => person.individual) },
      'episode-of-care': { targets: ['EpisodeOfCare'], of: (r) => many(r.episodeOfCare) },
      'part-of': { targets: ['Encounter'], of: (r) => [r.partOf] },
      // A row says Diagnosis or Suspected only by the condition's own word (misreading 7).
      diagnosis: {
        targets: ['Condition', 'Procedure'],
        of: (r) => many(r.diagnosis).map((diagnosis) => diagnosis.condition),
      },
      'reason-reference': { targets: ['Condition', 'Observation', 'Procedure'], of: (r) => many(r.reasonReference) },
    },
  }),
  define('Appointment', {
    date: { param: 'date', of: (r) => dateSpan(r.start) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/appointmentstatus', r.status),
      'appointment-type': (r) => concepts(r.appointmentType),
      'service-category': (r) => concepts(r.serviceCategory),
      'service-type': (r) => concepts(r.serviceType),
    },
    references: {
      patient: { targets: ['Patient'], of: (r) => many(r.participant).map((person) => person.actor) },
      location: { targets: ['Location'], of: (r) => many(r.participant).map((person) => person.actor) },
      practitioner: { targets: ['Practitioner'], of: (r) => many(r.participant).map((person) => person.actor) },
      actor: {
        targets: [
          'Patient',
          'Practitioner',
          'PractitionerRole',
          'RelatedPerson',
          'Device',
          'HealthcareService',
          'Location',
        ],
        of: (r) => many(r.participant).map((person) => person.actor),
      },
    },
  }),
  define('ServiceRequest', {
    date: {
      param: 'occurrence',
      of: (r) =>
        dateSpan(r.occurrenceDateTime) ?? periodSpan(r.occurrencePeriod, isOver(r)) ?? timingSpan(r.occurrenceTiming),
    },
    authored: { param: 'authored', of: (r) => dateSpan(r.authoredOn) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/request-status', r.status),
      code: (r) => concepts(r.code),
      category: (r) => concepts(r.category),
    },
    references: {
      patient: patient((r) => r.subject),
      encounter: encounter((r) => [r.encounter]),
      requester: {
        targets: ['Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'RelatedPerson', 'Device'],
        of: (r) => [r.requester],
      },
    },
  }),
  define('Task', {
    date: { param: 'period', of: (r) => periodSpan(r.executionPeriod, isOver(r)) },
    authored: { param: 'authored-on', of: (r) => dateSpan(r.authoredOn) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/task-status', r.status),
      code: (r) => concepts(r.code),
    },
    references: {
      patient: patient((r) => r.for),
      encounter: encounter((r) => [r.encounter]),
      owner: {
        targets: [
          'Practitioner',
          'PractitionerRole',
          'Organization',
          'CareTeam',
          'HealthcareService',
          'Patient',
          'RelatedPerson',
        ],
        of: (r) => [r.owner],
      },
    },
  }),
  define('EpisodeOfCare', {
    date: { param: 'date', of: (r) => periodSpan(r.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/episode-of-care-status', r.status),
      type: (r) => concepts(r.type),
    },
    references: {
      patient: patient((r) => r.patient),
      organization: { targets: ['Organization'], of: (r) => [r.managingOrganization] },
      'care-manager': { targets: ['Practitioner', 'PractitionerRole'], of: (r) => [r.careManager] },
    },
  }),
];
