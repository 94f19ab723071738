import { codes, concepts, identifiers } from './elements.ts';
import { define, encounter, patient } from './define.ts';
import { dateSpan, isOver, periodSpan, timingSpan } from './spans.ts';

// Who cares, what is planned, and what everybody must know first.

export const planningDefinitions = [
  define('CareTeam', {
    date: { param: 'date', of: (r) => periodSpan(r.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/care-team-status', r.status),
      category: (r) => concepts(r.category),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('CarePlan', {
    date: { param: 'date', of: (r) => periodSpan(r.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/request-status', r.status),
      category: (r) => concepts(r.category),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Goal', {
    date: { param: 'start-date', of: (r) => dateSpan(r.startDate) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      'lifecycle-status': (r) => codes('http://hl7.org/fhir/goal-status', r.lifecycleStatus),
      category: (r) => concepts(r.category),
    },
    references: { patient: patient((r) => r.subject) },
  }),
  define('Flag', {
    date: { param: 'date', of: (r) => periodSpan(r.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/flag-status', r.status),
      category: (r) => concepts(r.category),
      code: (r) => concepts(r.code),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
    // Alerts are told apart by these.
    own: ['status', 'category', 'code'],
  }),
  define('List', {
    date: { param: 'date', of: (r) => dateSpan(r.date) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/list-status', r.status),
      code: (r) => concepts(r.code),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Device', {
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/device-status', r.status),
      type: (r) => concepts(r.type),
    },
    references: { patient: patient((r) => r.patient) },
  }),
  define('DeviceRequest', {
    date: {
      param: 'event-date',
      of: (r) =>
        dateSpan(r.occurrenceDateTime) ?? periodSpan(r.occurrencePeriod, isOver(r)) ?? timingSpan(r.occurrenceTiming),
    },
    authored: { param: 'authored-on', of: (r) => dateSpan(r.authoredOn) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/request-status', r.status),
      code: (r) => concepts(r.codeCodeableConcept),
    },
    references: { patient: patient((r) => r.subject), encounter: encounter((r) => [r.encounter]) },
  }),
  define('Consent', {
    date: { param: 'date', of: (r) => dateSpan(r.dateTime) },
    authored: { param: 'period', of: (r) => periodSpan(r.provision?.period, isOver(r)) },
    tokens: {
      identifier: (r) => identifiers(r.identifier),
      status: (r) => codes('http://hl7.org/fhir/consent-state-codes', r.status),
      category: (r) => concepts(r.category),
      scope: (r) => concepts(r.scope),
    },
    references: { patient: patient((r) => r.patient) },
  }),
];
